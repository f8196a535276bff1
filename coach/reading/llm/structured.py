"""Answers of a given shape: by JSON schema, else by function calling, else asked for in words, parsed and repaired once.

Which of them an endpoint understands is found out once and remembered.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from coach.reading.llm.failures import EndpointFailed, translated

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from coach.reading.llm.chat import Chat, Message

Way = Literal["json_schema", "function_calling", "prompt"]
WAYS: Final[tuple[Way, ...]] = ("json_schema", "function_calling", "prompt")
Answer = TypeVar("Answer", bound=BaseModel)
_SHAPE: Final = (
    "Answer with one JSON object of this JSON schema, without any other words:\n{schema}",
    "Your last answer could not be used ({fault}). Give the same answer again as one JSON object of the schema.",
)


class Structured:
    """Asks for shaped answers in the way that is set, or in the best one that works."""

    def __init__(self, way: Literal["auto", "json_schema", "function_calling", "prompt"]) -> None:
        self._ways: list[Way] = list(WAYS) if way == "auto" else [way]

    @property
    def way(self) -> Way:
        """The way in use."""
        return self._ways[0]

    def ask(
        self, chat: Chat, messages: list[Message], shape: type[Answer], temperature: float
    ) -> tuple[Answer, int]:
        """The answer and the tokens it took (0: not told). Raises EndpointFailed."""
        while True:
            way = self.way
            try:
                return _asked(chat, messages, shape, temperature, way)
            except EndpointFailed as failure:
                if failure.kind != "unsupported" or len(self._ways) == 1:
                    raise
                if self._ways[0] == way:  # another thread may have found out as well
                    self._ways = self._ways[1:]


def _asked(
    chat: Chat, messages: list[Message], shape: type[Answer], temperature: float, way: Way
) -> tuple[Answer, int]:
    """One question and, where its answer has no usable shape, one more for a repair."""
    asked = [*messages, _human(_SHAPE[0].format(schema=_schema(shape)))] if way == "prompt" else messages
    raw, answer, fault = _once(chat, asked, shape, temperature, way)
    used = _used(raw)
    if answer is None:
        said: Message = {"role": "assistant", "content": _words(raw) or "…"}
        again = [*asked, said, _human(_SHAPE[1].format(fault=fault[:300]))]
        raw, answer, _ = _once(chat, again, shape, temperature, way)
        used += _used(raw)
    if answer is None:
        raise EndpointFailed("shape")
    return answer, used


def _once(
    chat: Chat, messages: list[Message], shape: type[Answer], temperature: float, way: Way
) -> tuple[ChatCompletion, Answer | None, str]:
    """(raw answer, the answer in shape or None, what was wrong with it)."""
    with translated():
        raw = chat.whole(messages, temperature, **_wanted(shape, way))
        first = raw.choices[0]
        called = first.message.tool_calls if way == "function_calling" else None
        if called and called[0].type == "function":
            parsed, error = _parsed(called[0].function.arguments, shape)
        else:  # some answer in words although a function was asked
            parsed, error = _parsed(_words(raw), shape)
        refused, reason = first.message.refusal, first.finish_reason
    if refused:
        raise EndpointFailed("refused")
    if reason == "content_filter":
        raise EndpointFailed("refused")
    if not isinstance(parsed, shape):
        if reason == "length":
            raise EndpointFailed("cut_off")
        return raw, None, error or "no answer"
    return raw, parsed, ""


@cache
def _wanted(shape: type[BaseModel], way: Way) -> dict[str, Any]:
    """What asks for a shape; made once, since making it takes longer than the rest of a question."""
    from openai import pydantic_function_tool

    function: dict[str, Any] = dict(pydantic_function_tool(shape)["function"])
    function.pop("strict", None)  # not every compatible server knows the word there
    if way == "json_schema":
        named = {"name": shape.__name__, "schema": function["parameters"], "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}
    if way == "function_calling":
        chosen = {"type": "function", "function": {"name": shape.__name__}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}
    return {}


def _parsed(text: str, shape: type[Answer]) -> tuple[Answer | None, str]:
    """The first JSON object of a text in the given shape, or why there is none."""
    begin, end = text.find("{"), text.rfind("}")
    try:
        return shape.model_validate_json(text[begin : end + 1] if begin >= 0 else text), ""
    except ValidationError as error:
        return None, str(error)


def _words(raw: ChatCompletion) -> str:
    """What the model said, without its thinking aloud."""
    return (raw.choices[0].message.content or "").rpartition("</think>")[2].strip()


def _used(raw: ChatCompletion) -> int:
    return raw.usage.total_tokens if raw.usage else 0


def _schema(shape: type[BaseModel]) -> str:
    return json.dumps(shape.model_json_schema(), ensure_ascii=False)


def _human(text: str) -> Message:
    return {"role": "user", "content": text}
