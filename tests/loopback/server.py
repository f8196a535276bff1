"""The loopback model: chat with and without streaming, answers by JSON schema, failures on command.

It is no language model: it follows a small rule per prompt and is *obedient to a fault*, so that what the coach
must refuse (quotes that were never said, harmful labels, other people's words) really arrives.
The model's name chooses the behaviour: `good`, or one of the failures in `FAILURES`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse

FAILURES = {
    "fail-401": 401,
    "fail-404": 404,
    "fail-429": 429,
    "fail-500": 500,
    "fail-half-json": 200,
    "fail-empty": 200,
    "fail-dropped-stream": 200,
}
_UTTERANCE = re.compile(r"^(\d+)\. ([^:\n]+): (.+)$", re.MULTILINE)


def app() -> FastAPI:
    """The server's routes; every request body is kept in `app.state.seen`."""
    server = FastAPI()
    server.state.seen = []

    @server.post("/v1/chat/completions")
    async def chat(request: Request) -> Any:
        body = await request.json()
        server.state.seen.append(body)
        model = body["model"]
        status = FAILURES.get(model, 200)
        if status != 200:
            headers = {"retry-after": "0"} if status in (429, 500) else {}
            return JSONResponse({"error": {"message": model, "type": "x"}}, status, headers=headers)
        text = _content(body)
        if model == "fail-half-json":
            text = text[: len(text) // 2]
        if model == "fail-empty":
            text = ""
        if body.get("stream"):
            dropped = model == "fail-dropped-stream"
            return StreamingResponse(_stream(text, model, dropped=dropped), media_type="text/event-stream")
        message = {"role": "assistant", "content": text}
        return {
            "id": "chat-1",
            "object": "chat.completion",
            "created": 0,
            "model": model,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }

    return server


def _stream(text: str, model: str, *, dropped: bool) -> Iterator[str]:
    pieces = [text[at : at + 4] for at in range(0, len(text), 4)]
    for number, piece in enumerate(pieces):
        if dropped and number >= 1:
            raise ConnectionResetError("the stream ends here, on command")
        chunk = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
        yield _event(
            {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": [chunk]}
        )
    last = {"index": 0, "delta": {}, "finish_reason": "stop"}
    yield _event(
        {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": [last]}
    )
    yield "data: [DONE]\n\n"


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _content(body: dict[str, Any]) -> str:
    prompt = str(body["messages"][-1]["content"])
    schema = body.get("response_format", {}).get("json_schema", {}).get("name", "")
    utterances = [(int(n), who, words) for n, who, words in _UTTERANCE.findall(prompt)]
    if schema == "ProposedReadings":
        return json.dumps({"readings": [r for u in utterances for r in _proposals(*u)]}, ensure_ascii=False)
    if schema == "Vote":
        return json.dumps(_vote(prompt, utterances), ensure_ascii=False)
    meaning = re.search(r"<(?:意思|meaning)>(.*?)</", prompt, re.DOTALL)
    return f"“{meaning.group(1)}”" if meaning else "好。"


def _proposals(number: int, who: str, words: str) -> list[dict[str, Any]]:
    """What an over-eager model proposes: one sound reading, one never-said quote, one harmful act, one wrong side."""
    first = re.split(r"[，。？！,.?!]", words)[0]
    customer = "客户" in who or "Customer" in who
    label = "need" if customer else "offer_solution"
    return [
        {"turn": number, "label": label, "type": None, "quote": first},
        {"turn": number, "label": label, "type": None, "quote": "这句话谁也没说过 nobody said this"},
        {"turn": number, "label": "concede_price", "type": None, "quote": first},
        {"turn": number, "label": "acknowledge" if customer else "need", "type": None, "quote": first},
        {"turn": number + 1000, "label": "need", "type": None, "quote": first},
    ]


def _vote(prompt: str, utterances: list[tuple[int, str, str]]) -> dict[str, Any]:
    """Yes to everything it is told to say yes to: evidence is the whole of the rep's last utterance."""
    rep = [(number, words) for number, who, words in utterances if who in ("销售", "Rep")]
    if not rep:
        return {"verdict": "no", "turn": None, "quote": ""}
    number, words = rep[-1]
    return {"verdict": "yes", "turn": number, "quote": words}


@contextmanager
def serving() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(base URL, requests seen so far) of a server on a free loopback port."""
    server_app = app()
    server = uvicorn.Server(uvicorn.Config(server_app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/v1", server_app.state.seen
    finally:
        server.should_exit = True
        thread.join(10)
