"""The endpoint: structured answers and plain sentences from any OpenAI-compatible server, its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, SecretStr

from coach.errors import EngineDown, Words

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

    from coach.settings import Settings

Answer = TypeVar("Answer", bound=BaseModel)


class Endpoint:
    """One chat model behind one address; nothing is sent before the first question."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chat: ChatOpenAI | None = None

    @property
    def model(self) -> str:
        """The model's name as configured."""
        return self._settings.llm_model

    def ask(self, prompt: str, shape: type[Answer], *, temperature: float = 0.0) -> Answer:
        """The model's answer in the given shape; EngineDown when there is none, or none of that shape."""
        with _translated():
            structured = self._open().with_structured_output(shape, method="json_schema")
            answer = structured.invoke(prompt, config={"configurable": {}}, temperature=temperature)
        if not isinstance(answer, shape):
            raise _down(("模型的回答不成形。", "The model's answer has no usable shape."))
        return answer

    def say(self, prompt: str) -> str:
        """The model's answer as plain text, read to its end; EngineDown when it breaks off or is empty."""
        with _translated():
            pieces = [str(chunk.content) for chunk in self._open().stream(prompt)]
        text = "".join(pieces).strip()
        if not text:
            raise _down(("模型没有说话。", "The model said nothing."))
        return text

    def _open(self) -> ChatOpenAI:
        if self._chat is None:
            from langchain_openai import ChatOpenAI

            settings = self._settings
            self._chat = ChatOpenAI(
                base_url=settings.llm_base_url,
                model=settings.llm_model,
                api_key=settings.llm_api_key
                if settings.llm_api_key.get_secret_value()
                else SecretStr("none"),
                timeout=settings.llm_timeout,
                max_retries=2,
                temperature=0,
            )
        return self._chat


@contextmanager
def _translated() -> Iterator[None]:
    """Vendors' errors become EngineDown with one sentence."""
    import httpx
    import openai
    from langchain_core.exceptions import OutputParserException
    from pydantic import ValidationError

    try:
        yield
    except openai.AuthenticationError as error:
        raise _down(("模型服务不认这个密钥。", "The endpoint does not accept this key.")) from error
    except openai.NotFoundError as error:
        raise _down(("模型服务上没有这个模型。", "The endpoint does not know this model.")) from error
    except openai.RateLimitError as error:
        raise _down(("模型服务说太忙了。", "The endpoint says it is too busy.")) from error
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise _down(("模型服务太久没有回应。", "The endpoint took too long.")) from error
    except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError) as error:
        raise _down(("模型的回答没有说完。", "The model's answer was cut off.")) from error
    except (openai.OpenAIError, httpx.HTTPError) as error:
        raise _down(("连不上模型服务，或它出错了。", "The endpoint cannot be reached or failed.")) from error
    except (OutputParserException, ValidationError, ValueError) as error:
        raise _down(("模型的回答不成形。", "The model's answer has no usable shape.")) from error


def _down(what: Words) -> EngineDown:
    return EngineDown(
        what,
        (
            "先用离线引擎继续；`coach doctor` 会检查地址、模型名和密钥。",
            "The offline engine goes on; `coach doctor` checks address, model name and key.",
        ),
    )
