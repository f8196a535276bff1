"""What the other files of this room hand to each other: decoded sound, heard segments, and the result."""

from __future__ import annotations

import mmap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from coach.conversation import Conversation
from coach.errors import Words

RATE: Final = 16_000
"""Samples a second of all decoded sound."""

Channel = NDArray[np.float32]
"""Samples of one channel in [-1, 1] at RATE."""

Speakers = Literal["named", "channels", "suggested", "unknown"]
"""How speakers are known: named in a transcript, one a channel, suggested by voice, or not told apart."""

Progress = Callable[[float, float], None]
"""Called with (seconds of sound done, seconds in all)."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A decoded recording: `samples` is (n, channels) int16 at RATE, possibly still on disk.

    `promised` is the duration that the container announced, `recorded` the day that it names; either may be
    None.
    """

    samples: NDArray[np.int16]
    promised: float | None = None
    recorded: date | None = None

    @property
    def seconds(self) -> float:
        """Duration of what could be decoded."""
        return len(self.samples) / RATE

    def part(self, start: float, end: float) -> NDArray[np.float32]:
        """The samples between two moments, (n, channels), as floats in [-1, 1]."""
        part = self.samples[round(start * RATE) : round(end * RATE)]
        floats = part.astype(np.float32) / np.float32(32768)
        self.let_go()
        return floats

    def let_go(self) -> None:
        """Give the memory of samples that lie on disk back; they are read again when needed.

        Three hours are 345 MB that the system would count as ours.
        """
        mapped = getattr(self.samples, "_mmap", None)
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech with its words; `start` and `end` are seconds from the beginning."""

    start: float
    end: float
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came through the door: the conversation, the seconds of sound, and warnings as (zh, en) pairs.

    `duration` is None for a transcript; `model` names who listened, empty for a transcript. `speaker_confidence`
    (0 to 1) stands beside suggested speakers only.
    """

    conversation: Conversation
    duration: float | None = None
    warnings: tuple[Words, ...] = ()
    model: str = ""
    speakers: Speakers = "named"
    speaker_confidence: float | None = None
