"""The endpoint: shaped answers and spoken sentences from any OpenAI-compatible server, within limits, failing plainly.

Every call passes the budget and the breaker; a busy or failing server is asked again by the openai client as the
settings say, unless it wants to be left alone for longer than anybody would wait.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from coach.reading.llm.breaker import Breaker
from coach.reading.llm.budget import Budget, tokens_in
from coach.reading.llm.failures import EndpointFailed, retry_after, translated
from coach.reading.llm.prompts import Prompt
from coach.reading.llm.structured import Structured
from coach.reading.llm.tape import Tape, key_of

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_openai import ChatOpenAI

    from coach.settings import Settings

Answer = TypeVar("Answer", bound=BaseModel)
Hooks = Mapping[str, Sequence[Callable[[Any], None]]]
"""Functions by `request` and `response` that see what the HTTP client sends and gets."""
PATIENCE: Final = 5.0
"""Seconds that a Retry-After may ask for and still be waited for."""
CONNECTING: Final = 5.0
"""Seconds to wait for a connection."""
ANSWER_TOKENS: Final = 2_000
"""Most tokens of one answer, thinking included."""


class Endpoint:
    """One chat model behind one address; nothing is sent before the first question. Safe to share between threads."""

    def __init__(self, settings: Settings, tape: Tape | None = None, hooks: Hooks | None = None) -> None:
        """`hooks` see every request and response of the HTTP client, for measurements."""
        self._settings = settings
        self._hooks = hooks or {}
        self._tape = tape
        self._lock = threading.Lock()
        self._chat: ChatOpenAI | None = None
        self._structured = Structured(settings.llm_structured)
        self.breaker = Breaker()
        self.budget = Budget(
            settings.home / "llm-tokens.json", settings.llm_tokens_per_call, settings.llm_tokens_per_day
        )
        weakref.finalize(self, self.budget.write_down)

    @property
    def model(self) -> str:
        """The model's name as configured."""
        return self._settings.llm_model

    @property
    def masked(self) -> bool:
        """Whether private words are masked in what is sent."""
        return self._settings.llm_masks

    @property
    def parallel(self) -> int:
        """How many questions may be asked at once."""
        return self._settings.llm_parallel

    def room_for(self, prompt: Prompt) -> int:
        """How many tokens more a prompt may have within the limit of one call."""
        return self.budget.per_call - ANSWER_TOKENS - tokens_in(prompt.text)

    def ask(
        self, prompt: Prompt, shape: type[Answer], *, temperature: float = 0.0, ballot: int = 0
    ) -> Answer:
        """The model's answer in the given shape; `ballot` tells repeated questions apart. Raises EndpointFailed."""
        key = key_of(self.model, prompt.rules, prompt.material, shape.__name__, f"{temperature} {ballot}")
        if (kept := self._replayed(key)) is not None:
            return shape.model_validate_json(kept)
        with self._guarded(prompt) as call:
            answer, used = self._structured.ask(self._open(), _messages(prompt), shape, temperature)
            call.took(used or tokens_in(prompt.text) + tokens_in(answer.model_dump_json()))
        if self._tape is not None:
            self._tape.keep(key, answer.model_dump_json())
        return answer

    def stream(self, prompt: Prompt, *, temperature: float = 0.7, ballot: int = 0) -> Iterator[str]:
        """The model's words as they come, its thinking aloud left out. Raises EndpointFailed, also on the way."""
        key = key_of(self.model, prompt.rules, prompt.material, "words", f"{temperature} {ballot}")
        if (kept := self._replayed(key)) is not None:
            yield kept
            return
        said: list[str] = []
        with self._guarded(prompt) as call:
            reason = ""
            try:
                for text, ended in _spoken(self._open(), _messages(prompt), temperature):
                    reason = ended or reason
                    if text:
                        said.append(text)
                        yield text
            finally:  # also where the listener has heard enough
                call.took(tokens_in(prompt.text) + tokens_in("".join(said)))
            if reason in ("length", "content_filter"):
                raise EndpointFailed("cut_off" if reason == "length" else "refused")
            if not reason:
                raise EndpointFailed("unreachable")  # a stream that ends without saying so was dropped
            if not "".join(said).strip():
                raise EndpointFailed("shape")
        if self._tape is not None:
            self._tape.keep(key, "".join(said))

    def say(self, prompt: Prompt) -> str:
        """The model's answer as plain text, read to its end. Raises EndpointFailed."""
        return "".join(self.stream(prompt, temperature=0.0)).strip()

    def _replayed(self, key: str) -> str | None:
        if self._tape is None or self._tape.mode == "record":
            return None
        kept = self._tape.find(key)
        if kept is None:
            raise EndpointFailed("unreachable")
        return kept

    def _guarded(self, prompt: Prompt) -> _Call:
        self.breaker.check()
        self.budget.check(tokens_in(prompt.text) + ANSWER_TOKENS)
        return _Call(self)

    def _open(self) -> ChatOpenAI:
        with self._lock:
            if self._chat is None:
                self._chat, close = _chat(self._settings, self._hooks)
                weakref.finalize(self, close)
        return self._chat


class _Call:
    """One call's bookkeeping: failures are told to the breaker, tokens to the budget."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def took(self, tokens: int) -> None:
        self._endpoint.budget.spend(tokens)

    def __enter__(self) -> _Call:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._endpoint.breaker.worked()
        elif isinstance(error, EndpointFailed):
            self._endpoint.breaker.failed(error)


def _chat(settings: Settings, hooks: Hooks) -> tuple[ChatOpenAI, Callable[[], None]]:
    """The client, and what closes its connections."""
    from langchain_openai import ChatOpenAI
    from openai import DefaultHttpxClient, Timeout

    timeout = Timeout(settings.llm_timeout, connect=min(CONNECTING, settings.llm_timeout))
    at_openai = (urlsplit(settings.llm_base_url).hostname or "").endswith("openai.com")
    # compatible servers know the older name of the limit, OpenAI's newer models only the newer one
    limit: dict[str, Any] = (
        {"max_completion_tokens": ANSWER_TOKENS} if at_openai else {"max_tokens": ANSWER_TOKENS}
    )
    client = DefaultHttpxClient(
        timeout=timeout,
        event_hooks={
            "request": [*hooks.get("request", ())],
            "response": [_not_worth_waiting, *hooks.get("response", ())],
        },
    )
    chat = ChatOpenAI(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key if settings.llm_api_key.get_secret_value() else SecretStr("none"),
        timeout=timeout,
        max_retries=settings.llm_retries,
        http_client=client,
        extra_body=limit,
        temperature=0,
    )
    return chat, client.close


def _not_worth_waiting(response: Any) -> None:
    """Tell the client not to try again where the server wants to be left alone for long."""
    if response.status_code >= 400 and retry_after(response.headers) > PATIENCE:
        response.headers["x-should-retry"] = "false"


def _messages(prompt: Prompt) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(prompt.rules), HumanMessage(prompt.material)]


def _spoken(chat: ChatOpenAI, messages: list[BaseMessage], temperature: float) -> Iterator[tuple[str, str]]:
    """(words, reason of the end or nothing) as they come; what stands before </think> is nobody's words."""
    with translated():
        held, thinking = "", True
        for chunk in chat.stream(messages, temperature=temperature):
            ended = str(chunk.response_metadata.get("finish_reason") or "")
            text = chunk.content if isinstance(chunk.content, str) else ""
            if thinking:
                held += text
                if held.lstrip().startswith("<think>"):
                    text = held.partition("</think>")[2]
                    thinking = "</think>" not in held
                elif len(held.lstrip()) >= len("<think>") or not "<think>".startswith(held.lstrip()) or ended:
                    text, thinking = held, False
                else:
                    text = ""
            yield text, ended
