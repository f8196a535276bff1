"""The chat itself, through the openai client: whole answers and streams, and what a model will not be told.

Some models refuse `temperature`: they are asked again without it, once, and then never told it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from coach.reading.llm.failures import retry_after

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletion, ChatCompletionChunk

    from coach.settings import Settings

Message = Mapping[str, str]
"""One message of a chat: its `role` and `content`."""
Hooks = Mapping[str, Sequence[Callable[[Any], None]]]
"""Functions by `request` and `response` that see what the HTTP client sends and gets."""
PATIENCE: Final = 5.0
"""Seconds that a Retry-After may ask for and still be waited for."""
CONNECTING: Final = 5.0
"""Seconds to wait for a connection."""
ANSWER_TOKENS: Final = 2_000
"""Most tokens of one answer, thinking included."""


class Chat:
    """One model behind one address; its connections are kept. Safe to share between threads. Vendors' errors pass."""

    def __init__(self, settings: Settings, hooks: Hooks) -> None:
        from openai import DefaultHttpxClient, OpenAI, Timeout

        timeout = Timeout(settings.llm_timeout, connect=min(CONNECTING, settings.llm_timeout))
        self._http = DefaultHttpxClient(
            timeout=timeout,
            event_hooks={
                "request": [*hooks.get("request", ())],
                "response": [_not_worth_waiting, *hooks.get("response", ())],
            },
        )
        self._client: OpenAI = OpenAI(
            base_url=settings.llm_base_url,
            api_key=settings.llm_api_key.get_secret_value() or "none",
            timeout=timeout,
            max_retries=settings.llm_retries,
            http_client=self._http,
        )
        at_openai = (urlsplit(settings.llm_base_url).hostname or "").endswith("openai.com")
        # compatible servers know the older name of the limit, OpenAI's newer models only the newer one
        limit = "max_completion_tokens" if at_openai else "max_tokens"
        self._always: dict[str, Any] = {"model": settings.llm_model, limit: ANSWER_TOKENS}
        self._takes_temperature = True

    def whole(self, messages: Sequence[Message], temperature: float, **wanted: Any) -> ChatCompletion:
        """A whole answer; `wanted` asks for its shape."""
        answer: ChatCompletion = self._create(messages, temperature, wanted)
        return answer

    def pieces(self, messages: Sequence[Message], temperature: float) -> Iterator[ChatCompletionChunk]:
        """An answer as it comes. The stream is closed when nobody listens any more."""
        with self._create(messages, temperature, {"stream": True}) as stream:
            yield from stream

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _create(self, messages: Sequence[Message], temperature: float, wanted: Mapping[str, Any]) -> Any:
        from openai import APIStatusError

        asked = {**self._always, **wanted, "messages": list(messages)}
        create: Any = self._client.chat.completions.create
        if not self._takes_temperature:
            return create(**asked)
        try:
            return create(**asked, temperature=temperature)
        except APIStatusError as error:
            if not _about_temperature(error):
                raise
            answer = create(**asked)
            self._takes_temperature = False
            return answer


def _about_temperature(error: Any) -> bool:
    """Whether a refusal is one of the temperature that was asked for."""
    return error.status_code in (400, 422) and "temperature" in f"{error.param} {error.message}".casefold()


def _not_worth_waiting(response: Any) -> None:
    """Tell the client not to try again where the server wants to be left alone for long."""
    if response.status_code >= 400 and retry_after(response.headers) > PATIENCE:
        response.headers["x-should-retry"] = "false"
