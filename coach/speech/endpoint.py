"""An OpenAI-compatible transcription endpoint as listener. The sound leaves this machine, because a setting says so.

Only what the voice detector took for speech is worth sending; where an endpoint tells no times, each stretch of
speech is sent alone and has the times of that stretch.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import EngineDown, Words
from coach.settings import Settings
from coach.speech.listener import Utterance
from coach.speech.recording import RATE, Channel
from coach.speech.silero import Clock, Stretch, windows, without_pauses
from coach.speech.whisper import HALF_MINUTE, simplified
from coach.vocabulary import Language

if TYPE_CHECKING:
    from openai import OpenAI

CHINESE: Final = frozenset({"zh", "yue", "chinese", "mandarin", "cantonese"})
TRIES: Final = 2


class _Segment(BaseModel):
    """A segment of `verbose_json`; what else a server sends does not matter."""

    model_config = ConfigDict(extra="ignore")

    start: float
    end: float
    text: str
    avg_logprob: float = 0.0
    no_speech_prob: float = 0.0


class _Answer(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: str = ""
    language: str | None = None
    segments: list[_Segment] | None = None


class TranscriptionEndpoint:
    """Hears by asking the endpoint of the settings; raises EngineDown when it does not answer as it should."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: OpenAI | None = None

    def language(self, speech: Channel) -> Language:
        """What the endpoint takes the first half minute for; by its words where it names no language."""
        answer = self._ask(speech[:HALF_MINUTE], None, "")
        if answer.language:
            return "zh" if answer.language.casefold() in CHINESE else "en"
        from coach.conversation import language_of

        return language_of([answer.text])

    def utterances(
        self, samples: Channel, speech: Sequence[Stretch], language: Language, *, hotwords: str = ""
    ) -> Iterator[Utterance]:
        """What the endpoint understands, in order of time; its silence is believed, its times are checked."""
        parts = windows(speech, len(samples))
        if not parts:
            return
        joined = without_pauses(samples, parts)
        answer = self._ask(joined, language, hotwords)
        if answer.segments is None:
            yield from self._stretch_by_stretch(samples, parts, language, hotwords)
            return
        clock, seconds = Clock(parts), len(joined) / RATE
        for segment in sorted(answer.segments, key=lambda one: one.start):
            begin = min(max(segment.start, 0.0), seconds)
            start, end = clock.span(begin, min(max(segment.end, begin), seconds))
            if text := _text(segment.text, language):
                yield Utterance(start, end, text, "", segment.avg_logprob, segment.no_speech_prob)

    def _stretch_by_stretch(
        self, samples: Channel, parts: Sequence[Stretch], language: Language, hotwords: str
    ) -> Iterator[Utterance]:
        for part in parts:
            answer = self._ask(samples[part.start : part.end], language, hotwords)
            if text := _text(answer.text, language):
                yield Utterance(round(part.start / RATE, 2), round(part.end / RATE, 2), text)

    def _ask(self, samples: Channel, language: Language | None, hotwords: str) -> _Answer:
        """One request. `hotwords` go along as its prompt."""
        from openai import omit

        with _translated():
            answer = self._open().audio.transcriptions.with_raw_response.create(
                file=("speech.wav", _wav(samples), "audio/wav"),
                model=self._settings.transcribe_model,
                response_format="verbose_json",
                timestamp_granularities=["segment"],
                language=language or omit,
                prompt=hotwords or omit,
                temperature=0,
            )
            return _Answer.model_validate_json(answer.content)

    def _open(self) -> OpenAI:
        if self._client is None:
            from openai import OpenAI

            settings = self._settings
            self._client = OpenAI(
                base_url=settings.transcribe_base_url,
                api_key=settings.transcribe_api_key.get_secret_value() or "none",
                timeout=settings.transcribe_timeout,
                max_retries=TRIES,
            )
        return self._client


def _wav(samples: Channel) -> bytes:
    """The samples as a 16-bit WAV file: ten minutes are 19 MB, below the 25 MB that endpoints take."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def _text(words: str, language: Language) -> str:
    words = words.strip()
    return simplified(words) if language == "zh" else words


@contextmanager
def _translated() -> Iterator[None]:
    """Vendors' errors become EngineDown with one sentence."""
    import openai

    try:
        yield
    except openai.AuthenticationError as error:
        raise _down(
            ("听写接口不认这个密钥。", "The transcription endpoint does not accept this key.")
        ) from error
    except openai.NotFoundError as error:
        raise _down(
            ("听写接口没有这个模型或地址。", "The transcription endpoint has no such model or address.")
        ) from error
    except openai.APITimeoutError as error:
        raise _down(
            ("听写接口太久没有回答。", "The transcription endpoint took too long to answer.")
        ) from error
    except openai.APIStatusError as error:
        raise _down(
            (
                f"听写接口报错 {error.status_code}。",
                f"The transcription endpoint failed with {error.status_code}.",
            )
        ) from error
    except openai.OpenAIError as error:
        raise _down(("连不上听写接口。", "The transcription endpoint cannot be reached.")) from error
    except ValidationError as error:
        raise _down(
            ("听写接口的回答不成形。", "The answer of the transcription endpoint has no usable shape.")
        ) from error


def _down(what: Words) -> EngineDown:
    return EngineDown(
        what,
        (
            "录音留着；检查 COACH_TRANSCRIBE_BASE_URL、_MODEL、_API_KEY，或清空它改用本机模型。",
            "The recording is kept: check COACH_TRANSCRIBE_BASE_URL, _MODEL and _API_KEY, or clear it to listen here.",
        ),
    )
