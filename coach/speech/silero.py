"""Where somebody speaks: Silero's voice detector, as faster-whisper ships it, run once for words and for voices.

Whisper wants long windows with the pauses left out, telling voices apart wants short stretches: both come from one
pass, because the detector costs as much as a tenth of the listening.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

import numpy as np

from coach.quiet import keep_quiet
from coach.speech.recording import RATE, Channel

PAUSE: Final = 0.3
"""Seconds of quiet that end a stretch: people who take turns seldom leave less."""
LONG_PAUSE: Final = 2.0
"""Seconds of quiet that Whisper is spared."""
LEAST: Final = 0.2
"""Seconds of speech that must be near each other: a click or a plucked string takes the detector in for less."""
MARGIN: Final = 0.4
"""Seconds of surroundings that Whisper hears with a window."""
SHORT: Final = 60
"""Seconds up to which the detector hears a sound in one go."""
SEARCH: Final = 10
"""Seconds before and after the middle in which a longer one may be cut."""
_STEP: Final = 512


class Stretch(NamedTuple):
    """Samples from `start` to before `end`."""

    start: int
    end: int


def stretches(samples: Channel) -> list[Stretch]:
    """Every stretch of speech that no pause of PAUSE seconds interrupts."""
    if not len(samples):
        return []
    keep_quiet()
    cuts = [0, *_middle(samples), len(samples)]
    # The detector keeps one core busy and leaves the other idle: two halves take little more than half the time.
    with ThreadPoolExecutor(2) as both:
        halves = both.map(lambda part: _detected(samples, *part), pairwise(cuts))
        return _words_long(_joined(chain.from_iterable(halves), int(PAUSE * RATE)))


def _detected(samples: Channel, start: int, end: int) -> list[Stretch]:
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(min_silence_duration_ms=int(PAUSE * 1000), speech_pad_ms=0)
    found = get_speech_timestamps(samples[start:end], options)
    return [Stretch(start + one["start"], min(start + one["end"], end)) for one in found]


def _middle(samples: Channel) -> list[int]:
    """Where a long sound is cut in two: at the quietest half second near its middle; a short one is not."""
    if len(samples) < SHORT * RATE:
        return []
    half = RATE // 2
    first = len(samples) // 2 - SEARCH * RATE
    near = samples[first : first + 2 * SEARCH * RATE].reshape(-1, half)
    return [first + int(np.argmin((near * near).mean(axis=1))) * half + half // 2]


def _joined(found: Iterable[Stretch], pause: int) -> list[Stretch]:
    """The stretches, those put together that fewer than `pause` samples part."""
    joined: list[Stretch] = []
    for stretch in found:
        if joined and stretch.start - joined[-1].end < pause:
            joined[-1] = Stretch(joined[-1].start, stretch.end)
        else:
            joined.append(stretch)
    return joined


def _words_long(found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches but those that stand alone and are shorter than any word."""
    kept: list[Stretch] = []
    near: list[Stretch] = []
    for stretch in found:
        if near and stretch.start - near[-1].end >= LONG_PAUSE * RATE:
            kept += _if_long(near)
            near = []
        near.append(stretch)
    return kept + _if_long(near)


def _if_long(near: list[Stretch]) -> list[Stretch]:
    return near if sum(one.end - one.start for one in near) >= LEAST * RATE else []


def windows(speech: Sequence[Stretch], length: int) -> list[Stretch]:
    """The stretches joined over shorter pauses than LONG_PAUSE, with their margins; `length` is all samples."""
    joined = _joined(speech, int(LONG_PAUSE * RATE) + _STEP)
    margin = int(MARGIN * RATE)
    # Between two windows that are close the quiet is shared, so that none of it is heard twice.
    cuts = [0, *((one.end + two.start) // 2 for one, two in pairwise(joined)), length]
    return [
        Stretch(max(cuts[number], one.start - margin), min(cuts[number + 1], one.end + margin))
        for number, one in enumerate(joined)
    ]


def without_pauses(samples: Channel, parts: Sequence[Stretch]) -> Channel:
    """The samples of the parts, one after the other."""
    if not parts:
        return np.zeros(0, np.float32)
    return np.concatenate([samples[part.start : part.end] for part in parts])


class Clock:
    """From seconds in the sound without pauses to seconds in the sound as it was recorded."""

    def __init__(self, parts: Sequence[Stretch]) -> None:
        self._parts = parts
        self._ends = list(accumulate(part.end - part.start for part in parts))

    def span(self, start: float, end: float) -> tuple[float, float]:
        """Where a stretch that begins and ends in the joined sound really lies."""
        first = min(bisect_right(self._ends, round(start * RATE)), len(self._ends) - 1)
        # What ends exactly where a part ends is still inside it.
        last = min(bisect_left(self._ends, round(end * RATE)), len(self._ends) - 1)
        return self._moment(start, first), self._moment(end, max(first, last))

    def _moment(self, seconds: float, part: int) -> float:
        skipped = self._parts[part].end - self._ends[part]
        return round(seconds + skipped / RATE, 2)
