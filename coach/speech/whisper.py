"""faster-whisper: samples to timed words. The only file of the product that loads a Whisper."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import ModelMissing
from coach.quiet import keep_quiet
from coach.settings import ComputeType, Device
from coach.speech.listener import Utterance
from coach.speech.models import verify
from coach.speech.recording import Channel
from coach.speech.silero import Clock, Stretch, windows, without_pauses
from coach.vocabulary import Language

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

CHINESE: Final = ("zh", "yue")
HALF_MINUTE: Final = 30 * 16_000
BEAM: Final = 5


class Whisper:
    """One loaded model. Use `load`, which keeps it."""

    def __init__(self, model: WhisperModel) -> None:
        self._model = model

    @property
    def runs_on(self) -> str:
        """Device and number format, as they were chosen: "cpu, int8_float32"."""
        return f"{self._model.model.device}, {self._model.model.compute_type}"

    def language(self, speech: Channel) -> Language:
        """Chinese or English, whichever Whisper finds more likely in the first half minute of speech."""
        if self._model.model.is_multilingual is False:
            return "en"
        _, _, likely = self._model.detect_language(speech[:HALF_MINUTE])
        weights = dict(likely)
        return "zh" if sum(weights.get(code, 0.0) for code in CHINESE) >= weights.get("en", 0.0) else "en"

    def utterances(
        self, samples: Channel, speech: Sequence[Stretch], language: Language, *, hotwords: str = ""
    ) -> Iterator[Utterance]:
        """What is said in one channel, sentence by sentence, as Whisper gets to it; simplified Chinese."""
        parts = windows(speech, len(samples))
        if not parts:
            return
        clock = Clock(parts)
        segments, _ = self._model.transcribe(
            without_pauses(samples, parts),
            language=language,
            # The pauses are out already: its own detector would be a second pass over the same sound.
            vad_filter=False,
            beam_size=BEAM,
            # With it one misheard sentence is repeated until the end.
            condition_on_previous_text=False,
            hotwords=hotwords or None,
        )
        for segment in segments:
            text = segment.text.strip()
            if text:
                words = simplified(text) if language == "zh" else text
                start, end = clock.span(segment.start, segment.end)
                yield Utterance(start, end, words, "", segment.avg_logprob, segment.no_speech_prob)


@lru_cache(maxsize=2)
def load(folder: Path, device: Device = "auto", compute_type: ComputeType = "auto") -> Whisper:
    """The model in a folder; raises ModelMissing when the folder is not whole or cannot be used here.

    Nothing is ever fetched: every file is checked first, because faster-whisper answers a missing tokenizer
    with a download and a missing folder with a riddle. "auto" takes the graphics card where there is one and
    what is fastest there (int8 on the CPU, where float16 fails); a card that cannot be used gives way to the CPU.
    """
    if found := verify(folder):
        raise ModelMissing(
            (f"Whisper 模型文件夹不完整：{found[0][0]}", f"The Whisper folder is incomplete: {found[0][1]}"),
            (
                "运行 coach models list 查看，或用 coach models pull small 重新下载。",
                "See coach models list, or fetch it again: coach models pull small.",
            ),
        )
    try:
        return _open(folder, device, compute_type)
    except (RuntimeError, ValueError) as error:
        if device == "auto":
            try:
                whisper = _open(folder, "cpu", "auto")
            except (RuntimeError, ValueError):
                pass
            else:
                logging.getLogger(__name__).warning("Whisper runs on the CPU: %s", error)
                return whisper
        raise ModelMissing(
            (f"Whisper 模型打不开：{error}", f"The Whisper model cannot be opened: {error}"),
            (
                "换一个模型，或设 COACH_WHISPER_DEVICE=cpu、COACH_WHISPER_COMPUTE_TYPE=auto。",
                "Take another model, or set COACH_WHISPER_DEVICE=cpu and COACH_WHISPER_COMPUTE_TYPE=auto.",
            ),
        ) from error


def _open(folder: Path, device: Device, compute_type: ComputeType) -> Whisper:
    keep_quiet()
    from faster_whisper import WhisperModel

    return Whisper(WhisperModel(str(folder), device=device, compute_type=compute_type, local_files_only=True))


@lru_cache(maxsize=1)
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """The text in simplified Chinese characters."""
    converter = _converter()
    return str(converter.convert(text))  # type: ignore[attr-defined]
