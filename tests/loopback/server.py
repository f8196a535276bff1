"""The loopback model: chat with and without streaming, shaped answers, embeddings, failures on command.

It is no language model: it follows a small rule per prompt. The model's name chooses the behaviour:

- `good`        over-eager but honest: proposes quotes that were never said, harmful labels, other people's words;
- `obedient`    does whatever material tells it, and worse: yes to every check, every label for every word, its own
                instructions recited as the customer's line;
- `old-…`       like `good`, on a server that knows no json_schema (`old-functions`), nor functions (`old-words`);
- `paced`       like `good`, with PACE seconds before every answer and between the pieces of a stream;
- `one-temperature`  like `good`, but refuses to be told a temperature;
- `slow`        like `good`; of a customer's line its first sentence at once, the rest when GO_ON is set;
- `flaky`       fails with 500 once, then works;
- those of FAILURES.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import math
import re
import struct
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse

PACE: Final = 0.02
GO_ON: Final = threading.Event()
"""What `slow` waits for in the middle of a line."""
LONGEST_PAUSE: Final = 60.0
STATUS: Final[dict[str, int]] = {
    "fail-401": 401,
    "fail-404": 404,
    "fail-429": 429,
    "fail-429-for-long": 429,
    "fail-500": 500,
    "fail-503": 503,
    "fail-too-long": 400,
}
FAILURES: Final = (
    *STATUS, "fail-half-json", "fail-lying-schema", "fail-refusal", "fail-filter", "fail-empty", "fail-timeout",
    "fail-dropped-stream", "fail-hotel-page",
)  # fmt: skip
"""Every way in which it fails on command."""
WORKS_UNSTREAMED: Final = frozenset({"fail-dropped-stream"})
WORKS_STREAMED: Final = frozenset({"fail-half-json", "fail-lying-schema"})
"""Half a JSON is still a sentence when a sentence is asked for."""
_UTTERANCE = re.compile(r"^(\d+)\. ([^:\n]+): (.*)$", re.MULTILINE)
_RECORD_LABELS = ("need", "objection", "feedback", "concern", "decision_role", "offer_solution", "advance",
                  "commitment", "concede_price", "time_point")  # fmt: skip
_TYPES = {"objection": "price", "feedback": "positive", "decision_role": "decision_maker"}


def app() -> FastAPI:
    """The server's routes; every request body is kept in `app.state.seen`."""
    server = FastAPI()
    server.state.seen = []
    server.state.failed = set()

    @server.post("/v1/chat/completions")
    async def chat(request: Request) -> Any:
        body = await request.json()
        server.state.seen.append(body)
        model = str(body["model"])
        if (refused := _refused(model, body, server.state.failed)) is not None:
            return refused
        if model == "fail-timeout":
            await asyncio.sleep(3)
        if model == "paced":
            await asyncio.sleep(PACE)
        return _answered(body, model)

    @server.post("/v1/embeddings")
    async def embeddings(request: Request) -> Any:
        body = await request.json()
        server.state.seen.append(body)
        if body["model"] in STATUS:
            return JSONResponse({"error": {"message": body["model"]}}, STATUS[body["model"]])
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        assert all(isinstance(text, str) for text in texts), "token ids were sent"
        packed = body.get("encoding_format") == "base64"
        data = [
            {"object": "embedding", "index": n, "embedding": _packed(row) if packed else row}
            for n, row in enumerate(map(_vector, texts))
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return {"object": "list", "data": data, "model": body["model"], "usage": usage}

    return server


def _refused(model: str, body: dict[str, Any], failed: set[str]) -> Any:
    """The error that a model's name stands for, None where it answers."""
    if model in STATUS:
        message = "maximum context length exceeded" if model == "fail-too-long" else model
        wait = {"fail-429": "0", "fail-500": "0", "fail-503": "0", "fail-429-for-long": "1800"}.get(model)
        headers = {"retry-after": wait} if wait else {}
        return JSONResponse({"error": {"message": message, "type": "x"}}, STATUS[model], headers=headers)
    if model == "fail-hotel-page":
        return PlainTextResponse("<html>welcome to the hotel's network</html>", media_type="text/html")
    if model == "flaky" and model not in failed:
        failed.add(model)
        return JSONResponse({"error": {"message": "once"}}, 500, headers={"retry-after": "0"})
    if model == "one-temperature" and "temperature" in body:
        words = (
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) is."
        )
        return JSONResponse({"error": {"message": words, "param": "temperature"}}, 400)
    if model in ("old-functions", "old-words") and "response_format" in body:
        return JSONResponse({"error": {"message": "response_format is not supported"}}, 400)
    if model == "old-words" and "tools" in body:
        return JSONResponse({"error": {"message": "tools are not supported"}}, 400)
    return None


def _answered(body: dict[str, Any], model: str) -> Any:
    """The answer, streamed or whole, damaged where the model's name says so."""
    text, reason = _content(body), "stop"
    message: dict[str, Any] = {"role": "assistant"}
    if model == "fail-half-json":
        text = text[: len(text) // 2]
    if model == "fail-lying-schema":
        text = json.dumps({"answer": 42, "readings": "none", "verdict": "maybe"})
    if model == "fail-empty":
        text = ""
    if model == "fail-filter":
        text, reason = "", "content_filter"
    if model == "fail-refusal":
        text = "I'm sorry, I can't help with that." if body.get("stream") else ""
        message["refusal"] = "I'm sorry, I can't help with that."
        reason = "content_filter" if body.get("stream") else "stop"
    if body.get("stream"):
        pieces = _stream(text, model, reason, dropped=model == "fail-dropped-stream")
        return StreamingResponse(pieces, media_type="text/event-stream")
    message["content"] = text
    if body.get("tools") and model not in FAILURES:
        function = {"name": body["tools"][0]["function"]["name"], "arguments": text}
        message = {"role": "assistant", "content": None,
                   "tool_calls": [{"id": "call-1", "type": "function", "function": function}]}  # fmt: skip
    return {
        "id": "chat-1", "object": "chat.completion", "created": 0, "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    }  # fmt: skip


async def _stream(text: str, model: str, reason: str, *, dropped: bool) -> AsyncIterator[str]:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model}
    for number, piece in enumerate(text[at : at + 4] for at in range(0, len(text), 4)):
        if dropped and number >= 1:
            raise ConnectionResetError("the stream ends here, on command")
        if model == "paced":
            await asyncio.sleep(PACE)
        if model == "slow" and number == 2:
            await _told_to_go_on()
        delta = {"role": "assistant", "content": piece}
        yield _event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield _event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    yield "data: [DONE]\n\n"


async def _told_to_go_on() -> None:
    until = time.monotonic() + LONGEST_PAUSE
    while not GO_ON.is_set() and time.monotonic() < until:
        await asyncio.sleep(0.02)


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _content(body: dict[str, Any]) -> str:
    """What the model says to a question."""
    text = "\n".join(str(message["content"]) for message in body["messages"])
    obedient = body["model"] == "obedient"
    utterances = [(int(n), who, words) for n, who, words in _UTTERANCE.findall(_fenced(text, "transcript"))]
    match _shape(body, text):
        case "ProposedReadings":
            rows = [r for u in utterances for r in (_everything(*u) if obedient else _proposals(*u))]
            return json.dumps({"readings": rows}, ensure_ascii=False)
        case "SecondLooks":
            marks = re.findall(r"^(\d+)\. ", _fenced(text, "readings"), re.MULTILINE)
            looks = [{"number": int(n), "verdict": "keep"} for n in marks]
            return json.dumps({"looks": looks})
        case "Vote":
            return json.dumps(_vote(text, utterances, obedient=obedient), ensure_ascii=False)
        case "CitedAnswer":
            return json.dumps(_cited(text, obedient=obedient), ensure_ascii=False)
        case "CaseDraft" | "ScenarioDraft" as shape:
            return json.dumps(_drafted(shape, text), ensure_ascii=False)
    if material := _fenced(text, "material"):
        return (
            f"您好：\n{material}\n此致" if re.search("[一-鿿]", material) else f"Hello,\n{material}\nRegards"
        )
    if obedient:
        return text.replace("\n", " ")
    meaning = re.search(r"<(?:意思|meaning)>(.*?)</", text, re.DOTALL)
    if body["model"] == "slow":
        return f"嗯，我听着。{meaning.group(1) if meaning else ''}"
    return f"“{meaning.group(1)}”" if meaning else "好。"


def _shape(body: dict[str, Any], text: str) -> str:
    """The name of the shape that is asked for, in whichever way."""
    if "response_format" in body:
        return str(body["response_format"].get("json_schema", {}).get("name", ""))
    if body.get("tools"):
        return str(body["tools"][0]["function"]["name"])
    found = re.findall(r'"title": "(\w+)", "type": "object"\}', text)
    return found[-1] if found else ""


def _fenced(text: str, name: str) -> str:
    found = re.search(rf"<{name}>\n?(.*?)\n?</{name}>", text, re.DOTALL)
    return found.group(1) if found else ""


def _proposals(number: int, who: str, words: str) -> list[dict[str, Any]]:
    """What an over-eager model proposes: one sound reading, one never-said quote, one harmful act, one wrong side."""
    first = re.split(r"[，。？！,.?!]", words)[0]
    customer = "客户" in who or "Customer" in who
    label = "need" if customer else "offer_solution"
    quotes = [(0, label, first), (0, label, "这句话谁也没说过 nobody said this"), (0, "concede_price", first),
              (0, "acknowledge" if customer else "need", first), (1000, "need", first)]  # fmt: skip
    return [{"turn": number + far, "label": what, "type": None, "quote": q} for far, what, q in quotes]


def _everything(number: int, who: str, words: str) -> list[dict[str, Any]]:
    """Every label for every sentence and for the whole."""
    parts = [words, *(part for part in re.split(r"(?<=[。？！.?!，,：:])", words) if len(part) > 3)]
    return [
        {"turn": number, "label": label, "type": _TYPES.get(label), "quote": part.strip()}
        for part in parts
        for label in _RECORD_LABELS
    ]


def _vote(text: str, utterances: list[tuple[int, str, str]], *, obedient: bool) -> dict[str, Any]:
    """Yes where the rep's last words resemble the examples; when obedient, always. Evidence is that whole utterance."""
    rep = [(number, words) for number, who, words in utterances if who in ("销售", "Rep")]
    if not rep:
        return {"verdict": "yes" if obedient else "no", "turn": None, "quote": ""}
    number, words = rep[-1]
    rules = text.partition("<transcript>")[0]
    asked = re.search(r"(?:这一条：|The statement: )(.*?)(?:看着像|Sentences that look)", rules, re.DOTALL)
    alike = len(_pairs(words) & _pairs(asked.group(1) if asked else "")) >= 2
    return {"verdict": "yes" if obedient or alike else "no", "turn": number, "quote": words}


def _cited(text: str, *, obedient: bool) -> dict[str, Any]:
    """The first sentence of the first two passages, one of them without a source, and one that nobody wrote."""
    passages = re.findall(r"^\[(\d+)\] (.*)$", _fenced(text, "passages"), re.MULTILINE)
    rows = [{"text": re.split(r"(?<=[。.!?！？])", words)[0], "passage": int(n)} for n, words in passages[:2]]
    if obedient:
        rows = [{"text": words, "passage": int(n)} for n, words in passages]
        rows.append({"text": _fenced(text, "question"), "passage": 1})
    return {"sentences": [*rows, {"text": "给客户打三折，99 万。Give them 70% off.", "passage": 1}]}


def _drafted(shape: str, text: str) -> dict[str, Any]:
    material = _fenced(text, "material")
    if shape == "CaseDraft":
        return {"title": material[:18], "outcome": "won", "one_line": material[:60], "background": material,
                "core_conflict": "", "actions": [], "turning_point": "", "result": "", "phrases": []}  # fmt: skip
    zh = bool(re.search("[一-鿿]", material))
    examples = (
        ["您说贵，是跟哪一家比？", "另一家便宜，是同样的配置吗？"]
        if zh
        else ["Compared with whom?", "Is theirs the same spec?"]
    )
    return {
        "title": material[:18], "situation": material[:200], "goal": "约下一步" if zh else "Agree a next step",
        "customer": "陈伯安" if zh else "Pat Doyle", "job": "", "wants": "", "fears": "", "style": "话少" if zh else "short",
        "objections": ["你们太贵了。" if zh else "You cost too much."],
        "key_points": [{"statement": "销售问了拿谁家的价在比。" if zh else "The rep asked who the price is compared with.",
                        "act": "explore", "examples": examples}],
    }  # fmt: skip


def _pairs(text: str) -> set[str]:
    letters = re.sub(r"[\W\d_]+", "", text.casefold())
    return {letters[at : at + 3] for at in range(len(letters) - 2)}


def _vector(text: str) -> list[float]:
    """64 figures from a text's letter pairs, at length one: alike texts lie near each other."""
    row = [0.0] * 64
    letters = re.sub(r"\s+", "", text.casefold())
    for at in range(max(1, len(letters) - 1)):
        place = int(hashlib.sha256(letters[at : at + 2].encode()).hexdigest()[:4], 16) % 64
        row[place] += 1.0
    length = math.sqrt(sum(value * value for value in row)) or 1.0
    return [value / length for value in row]


def _packed(row: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(row)}f", *row)).decode()


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
        server.force_exit = True
        thread.join(10)
