"""Every way an endpoint can fail, in our words: what happened, whether it is the wrong question or the wrong time.

Vendors' errors stop here; the rest of the house knows `EndpointFailed` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from coach.errors import EngineDown, Words

FailureKind = Literal[
    "key", "model", "busy", "broken", "unreachable", "timeout", "shape", "refused", "cut_off", "too_long",
    "unsupported", "resting", "day_spent",
]  # fmt: skip
WORDS: Final[dict[FailureKind, Words]] = {
    "key": ("模型服务不认这个密钥。", "The endpoint does not accept this key."),
    "model": ("模型服务上没有这个模型。", "The endpoint does not know this model."),
    "busy": ("模型服务说太忙了。", "The endpoint says it is too busy."),
    "broken": ("模型服务出错了。", "The endpoint failed."),
    "unreachable": ("连不上模型服务，或它中途断了。", "The endpoint cannot be reached, or it broke off."),
    "timeout": ("模型服务太久没有回应。", "The endpoint took too long."),
    "shape": ("模型的回答不成形。", "The model's answer has no usable shape."),
    "refused": ("模型不肯回答。", "The model declined to answer."),
    "cut_off": ("模型的回答没有说完。", "The model's answer was cut off."),
    "too_long": ("送去的内容超过了单次上限。", "What was to be sent is over the limit of one call."),
    "unsupported": ("模型服务不支持这种问法。", "The endpoint does not support this kind of question."),
    "resting": ("模型服务刚才连着出错，先歇一会儿再问。", "The endpoint failed again and again; it is left alone for a while."),
    "day_spent": ("今天的模型用量到上限了。", "Today's limit of tokens is used up."),
}  # fmt: skip
LASTING: Final = frozenset({"key", "model", "timeout"})
"""Failures after which asking again at once is pointless: the first one is enough."""
OF_THE_QUESTION: Final = frozenset({"refused", "too_long", "cut_off", "unsupported", "resting", "day_spent"})
"""Failures that say nothing about the endpoint's health."""
_WAY_ON: Final[Words] = (
    "先用离线引擎继续；`coach doctor` 会检查地址、模型名和密钥。",
    "The offline engine goes on; `coach doctor` checks address, model name and key.",
)
_DAY_WAY_ON: Final[Words] = (
    "明天会自动恢复；也可以调高 COACH_LLM_TOKENS_PER_DAY。",
    "It comes back tomorrow; or raise COACH_LLM_TOKENS_PER_DAY.",
)
_TOO_LONG: Final = ("context length", "context_length", "maximum context", "too long", "too many tokens")


class EndpointFailed(EngineDown):
    """The endpoint did not deliver; `rest` is how many seconds it asked to be left alone (0: it did not say)."""

    def __init__(self, kind: FailureKind, rest: float = 0.0) -> None:
        super().__init__(WORDS[kind], _DAY_WAY_ON if kind == "day_spent" else _WAY_ON)
        self.kind: FailureKind = kind
        self.rest = rest


def retry_after(headers: object) -> float:
    """Seconds that an answer's Retry-After header names; 0 where it names none (a date counts as none)."""
    value = headers.get("retry-after", "") if hasattr(headers, "get") else ""
    try:
        return max(0.0, float(str(value).strip() or 0.0))
    except ValueError:
        return 0.0


@contextmanager
def translated() -> Iterator[None]:
    """Vendors' errors become EndpointFailed."""
    import httpx
    import openai
    from pydantic import ValidationError

    try:
        yield
    except EndpointFailed:
        raise
    except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
        raise EndpointFailed("key") from error
    except openai.NotFoundError as error:
        raise EndpointFailed("model") from error
    except openai.RateLimitError as error:
        raise EndpointFailed("busy", retry_after(error.response.headers)) from error
    except openai.APIStatusError as error:
        raise EndpointFailed(_by_status(error), retry_after(error.response.headers)) from error
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise EndpointFailed("timeout") from error
    except openai.LengthFinishReasonError as error:
        raise EndpointFailed("cut_off") from error
    except openai.ContentFilterFinishReasonError as error:
        raise EndpointFailed("refused") from error
    except (ValidationError, openai.APIResponseValidationError) as error:
        raise EndpointFailed("shape") from error
    except (openai.OpenAIError, httpx.HTTPError, ConnectionError) as error:
        raise EndpointFailed("timeout" if _timed_out(error) else "unreachable") from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        # a body of a shape that nobody expected (null choices, text for an object) is met with these
        raise EndpointFailed("shape") from error
    except Exception as error:
        if _of_the_wire(error):
            raise EndpointFailed("timeout" if _timed_out(error) else "unreachable") from error
        raise


def _by_status(error: object) -> FailureKind:
    status = int(getattr(error, "status_code", 500))
    if status == 413 or (status == 400 and any(word in str(error).casefold() for word in _TOO_LONG)):
        return "too_long"
    return "unsupported" if status in (400, 422, 501) else "broken"


def _of_the_wire(error: BaseException) -> bool:
    """Whether an error came from the HTTP library that openai sits on, whatever its name there."""
    return type(error).__module__.partition(".")[0] in ("httpx", "httpx2", "httpcore", "httpcore2", "openai")


def _timed_out(error: BaseException) -> bool:
    return "Timeout" in type(error).__name__
