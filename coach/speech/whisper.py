"""faster-whisper: samples to timed words. The only file of the product that touches it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from coach.errors import ModelMissing
from coach.quiet import keep_quiet
from coach.speech.models import faults
from coach.speech.recording import Channel, Segment
from coach.vocabulary import Language

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

Device = Literal["auto", "cpu", "cuda"]
CHINESE: Final = ("zh", "yue")


@dataclass(frozen=True, slots=True)
class Utterance(Segment):
    """A segment with Whisper's own doubt: the mean log probability of its tokens."""

    confidence: float = 0.0


class Whisper:
    """One loaded model. Use `load`, which keeps it."""

    def __init__(self, model: WhisperModel) -> None:
        self._model = model

    def language(self, samples: Channel) -> Language:
        """Chinese or English, whichever Whisper finds more likely in the first half minute of speech."""
        _, _, likely = self._model.detect_language(samples, vad_filter=True)
        weights = dict(likely)
        return "zh" if sum(weights.get(code, 0.0) for code in CHINESE) >= weights.get("en", 0.0) else "en"

    def utterances(self, samples: Channel, language: Language, *, hotwords: str = "") -> Iterator[Utterance]:
        """What is said in one channel, sentence by sentence, as Whisper gets to it; simplified Chinese."""
        segments, _ = self._model.transcribe(
            samples,
            language=language,
            vad_filter=True,
            beam_size=5,
            # With it one misheard sentence is repeated until the end.
            condition_on_previous_text=False,
            hotwords=hotwords or None,
        )
        for segment in segments:
            text = segment.text.strip()
            if text:
                words = _simplified(text) if language == "zh" else text
                yield Utterance(segment.start, segment.end, words, "", segment.avg_logprob)


@lru_cache(maxsize=2)
def load(folder: Path, device: Device = "auto") -> Whisper:
    """The model in a folder; raises ModelMissing when the folder is not complete or cannot be used here.

    Nothing is ever fetched: the folder is checked first, because faster-whisper answers a missing tokenizer
    with a download and a missing folder with a riddle.
    """
    if found := faults(folder):
        raise ModelMissing(
            (f"Whisper 模型文件夹不完整：{found[0][0]}", f"The Whisper folder is incomplete: {found[0][1]}"),
            (
                "运行 coach models list 查看，或用 coach models pull small 重新下载。",
                "See coach models list, or fetch it again: coach models pull small.",
            ),
        )
    keep_quiet()
    from faster_whisper import WhisperModel

    try:
        # "auto" takes what is fastest on the device: int8 on the CPU, where float16 fails.
        return Whisper(WhisperModel(str(folder), device=device, compute_type="auto", local_files_only=True))
    except (RuntimeError, ValueError) as error:
        raise ModelMissing(
            (f"Whisper 模型打不开：{error}", f"The Whisper model cannot be opened: {error}"),
            (
                "换一个模型，或设 COACH_WHISPER_DEVICE=cpu。",
                "Take another model, or set COACH_WHISPER_DEVICE=cpu.",
            ),
        ) from error


@lru_cache(maxsize=1)
def _converter() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(text: str) -> str:
    converter = _converter()
    return str(converter.convert(text))  # type: ignore[attr-defined]
