"""Cut a long recording at its quiet places: Whisper needs gigabytes for an hour in one piece."""

from __future__ import annotations

from typing import Final

import numpy as np

from coach.speech.channels import STEP, Levels

LONGEST: Final = 600.0
"""Seconds of one slice."""
SEARCH: Final = 60.0
"""The cut is made somewhere in the last so many seconds of a slice."""


def slices(power: Levels, seconds: float, *, longest: float = LONGEST) -> list[tuple[float, float]]:
    """(start, end) of each slice, without gaps or overlap, none longer than `longest` seconds."""
    loudness = power.max(axis=1) if len(power) else np.zeros(0)
    # Half a second of quiet, not the gap inside a word.
    calm = np.convolve(loudness, np.ones(5) / 5, mode="same") if len(loudness) >= 5 else loudness
    cuts = [0.0]
    while seconds - cuts[-1] > longest:
        last = int((cuts[-1] + longest) / STEP)
        first = int((cuts[-1] + longest - min(SEARCH, longest / 2)) / STEP)
        cuts.append((first + int(np.argmin(calm[first:last]))) * STEP)
    return list(zip(cuts, [*cuts[1:], seconds], strict=True))
