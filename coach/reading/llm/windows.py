"""Windows: a talk too long for one call is read in stretches that overlap, so that no turn loses its context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from coach.reading.llm.budget import tokens_in
from coach.reading.llm.failures import EndpointFailed

OVERLAP: Final = 6
"""Turns that a window repeats from the one before."""


def windows(lines: Sequence[str], room: int) -> list[range]:
    """Index ranges that cover all lines, each within `room` tokens; EndpointFailed when one line alone is over it."""
    sizes = [tokens_in(line) + 1 for line in lines]
    if any(size > room for size in sizes):
        raise EndpointFailed("too_long")
    found: list[range] = []
    begin = 0
    while begin < len(lines):
        end, taken = begin, 0
        while end < len(lines) and taken + sizes[end] <= room:
            taken += sizes[end]
            end += 1
        found.append(range(begin, end))
        if end == len(lines):
            break
        begin = max(begin + 1, end - OVERLAP)
    return found
