"""What listening costs: seconds and memory of the product, beside faster-whisper alone with the same model and options."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from coach.settings import Settings
from coach.speech.models import find
from coach.speech.recording import RATE
from coach.speech.silero import stretches
from coach.speech.whisper import BEAM, load

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall, seconds of processor (child processes too), and the peak of memory while it ran."""

    wall: float
    processor: float
    peak_mb: int | None

    def least(self, other: Cost) -> Cost:
        """The lesser of two runs of the same work, figure by figure; the peak is this one's."""
        return Cost(min(self.wall, other.wall), min(self.processor, other.processor), self.peak_mb)


def cost_of(work: Callable[[], T]) -> tuple[T, Cost]:
    """Do the work and say what it took."""
    watched = _forget_peak()
    before, began = _processor(), time.perf_counter()
    result = work()
    wall, processor = time.perf_counter() - began, _processor() - before
    return result, Cost(wall, processor, _peak_mb() if watched else None)


def warm(settings: Settings) -> None:
    """Load the model on both sides, and the voice detector."""
    model = find(settings)
    load(model.folder, settings.whisper_device, settings.whisper_compute_type)
    _bare_model(model.folder, settings.whisper_device, settings.whisper_compute_type)
    stretches(np.zeros(RATE, np.float32))


def bare(path: Path, settings: Settings, *, split: bool) -> None:
    """What somebody with faster-whisper and nothing else would run; `split` hears each channel of a stereo call."""
    from faster_whisper import decode_audio

    model = _bare_model(find(settings).folder, settings.whisper_device, settings.whisper_compute_type)
    tracks = decode_audio(str(path), split_stereo=True) if split else (decode_audio(str(path)),)
    language = None
    for track in tracks:
        segments, info = model.transcribe(
            track, language=language, vad_filter=True, beam_size=BEAM, condition_on_previous_text=False
        )
        language = info.language
        for _ in segments:
            pass


@lru_cache(maxsize=1)
def _bare_model(folder: Path, device: str, compute_type: str) -> WhisperModel:
    from faster_whisper import WhisperModel

    return WhisperModel(str(folder), device=device, compute_type=compute_type, local_files_only=True)


def _processor() -> float:
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def _forget_peak() -> bool:
    """Begin the kernel's high-water mark anew, where there is one to begin (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return False
    return True


def _peak_mb() -> int | None:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) >> 10
    return None
