"""The loopback ear: an OpenAI-compatible transcription endpoint that really listens, with the demo Whisper.

The model's name chooses the behaviour: `demo` answers with segments and their times, `demo-no-times` with the text
alone, `demo-traditional` in old characters, the others are the failures of `FAILURES`.
"""

from __future__ import annotations

import io
import threading
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import uvicorn
from fastapi import FastAPI, File, Form, UploadFile
from fastapi.responses import JSONResponse, PlainTextResponse

from coach.speech.models import DEMO_FOLDER

FAILURES = {"fail-401": 401, "fail-404": 404, "fail-429": 429, "fail-500": 500}


@dataclass(frozen=True)
class Asked:
    """One request: its fields, and the seconds of sound that came with it."""

    model: str
    language: str | None
    prompt: str | None
    seconds: float


def app(seen: list[Asked]) -> FastAPI:
    """The server's one route."""
    server = FastAPI()

    @server.post("/v1/audio/transcriptions")
    def transcribe(
        file: Annotated[UploadFile, File()],
        model: Annotated[str, Form()],
        language: Annotated[str | None, Form()] = None,
        prompt: Annotated[str | None, Form()] = None,
    ) -> Any:
        with wave.open(io.BytesIO(file.file.read())) as sound:
            assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16000, 1, 2)
            raw = sound.readframes(sound.getnframes())
        samples = np.frombuffer(raw, np.int16).astype(np.float32) / np.float32(32768)
        seen.append(Asked(model, language, prompt, len(samples) / 16000))
        if model in FAILURES:
            return JSONResponse(
                {"error": {"message": model, "type": "x"}}, FAILURES[model], {"retry-after": "0"}
            )
        if model == "fail-rubbish":
            return PlainTextResponse("<html>welcome to the hotel's network</html>")
        return _answer(samples, language, model)

    return server


def _answer(
    samples: np.ndarray[Any, np.dtype[np.float32]], language: str | None, model: str
) -> dict[str, Any]:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(DEMO_FOLDER), device="cpu", local_files_only=True)
    found, info = whisper.transcribe(samples, language=language, condition_on_previous_text=False)
    segments = list(found)
    text = "".join(segment.text for segment in segments)
    if model == "demo-no-times":
        return {"text": text}
    if model == "demo-traditional":
        from opencc import OpenCC

        old = OpenCC("s2t")
        return {"text": "", "language": "chinese", "segments": [
            {"id": 0, "start": one.start, "end": one.end, "text": old.convert(one.text)} for one in segments
        ]}  # fmt: skip
    return {
        "task": "transcribe",
        "language": {"zh": "chinese", "en": "english"}.get(info.language, info.language),
        "duration": info.duration,
        "text": text,
        "segments": [
            {
                "id": number, "start": one.start, "end": one.end + 60.0 * (number == len(segments) - 1),
                "text": one.text, "avg_logprob": one.avg_logprob, "no_speech_prob": one.no_speech_prob,
            }
            for number, one in enumerate(segments)
        ],
    }  # fmt: skip


@contextmanager
def listening() -> Iterator[tuple[str, list[Asked]]]:
    """(base URL, requests seen so far) of a server on a free loopback port."""
    seen: list[Asked] = []
    server = uvicorn.Server(uvicorn.Config(app(seen), host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1", seen
    finally:
        server.should_exit = True
        thread.join(10)
