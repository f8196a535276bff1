"""The endpoint: shaped answers and spoken sentences from any OpenAI-compatible server, within limits, failing plainly.

Every call passes the budget and the breaker; a busy or failing server is asked again by the openai client as the
settings say, unless it wants to be left alone for longer than anybody would wait.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from coach.reading.llm.breaker import Breaker
from coach.reading.llm.budget import Budget, tokens_in
from coach.reading.llm.chat import ANSWER_TOKENS, Chat, Hooks, Message
from coach.reading.llm.failures import EndpointFailed, translated
from coach.reading.llm.prompts import Prompt
from coach.reading.llm.structured import Structured
from coach.reading.llm.tape import Tape, key_of

if TYPE_CHECKING:
    from coach.settings import Settings

Answer = TypeVar("Answer", bound=BaseModel)
Result = TypeVar("Result")


class Endpoint:
    """One chat model behind one address; nothing is sent before the first question. Safe to share between threads."""

    def __init__(self, settings: Settings, tape: Tape | None = None, hooks: Hooks | None = None) -> None:
        """`hooks` see every request and response of the HTTP client, for measurements."""
        self._settings = settings
        self._hooks = hooks or {}
        self._tape = tape
        self._lock = threading.Lock()
        self._chat: Chat | None = None
        self._pool: ThreadPoolExecutor | None = None
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
    def customers(self) -> tuple[str, ...]:
        """Customers of the team's glossary, whose names are masked wherever they stand."""
        from knowledge.glossary import load_glossary

        return load_glossary((self._settings.home / "library",)).customers

    def beside(self, question: Callable[[], Result]) -> Future[Result]:
        """Put a question while the caller goes on; so many at once as the settings allow, the others wait."""
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(self._settings.llm_parallel, thread_name_prefix="llm")
                weakref.finalize(self, self._pool.shutdown, wait=False, cancel_futures=True)
            return self._pool.submit(question)

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

    def _open(self) -> Chat:
        with self._lock:
            if self._chat is None:
                self._chat = Chat(self._settings, self._hooks)
                weakref.finalize(self, self._chat.close)
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


def _messages(prompt: Prompt) -> list[Message]:
    return [{"role": "system", "content": prompt.rules}, {"role": "user", "content": prompt.material}]


def _spoken(chat: Chat, messages: list[Message], temperature: float) -> Iterator[tuple[str, str]]:
    """(words, reason of the end or nothing) as they come; what stands before </think> is nobody's words."""
    with translated():
        held, thinking = "", True
        for chunk in chat.pieces(messages, temperature):
            if not chunk.choices:  # some servers count tokens in a piece of its own
                continue
            ended = str(chunk.choices[0].finish_reason or "")
            text = chunk.choices[0].delta.content or ""
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
