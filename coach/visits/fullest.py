"""Each thing once, where it is said most fully: candidates that speak of the same thing are one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from coach.reading.engine import Reading
from coach.reading.offline.view import dense

SAME: Final = 0.5
"""Share of the shorter quote's character pairs that two quotes of one thing have in common."""


def similarity(one: str, other: str) -> float:
    """How much of the shorter text's character pairs stands in the longer one, 0..1."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 1.0 if one == other else 0.0
    return len(first & second) / min(len(first), len(second))


def once(
    candidates: Sequence[Reading], *, most: int, strength: Callable[[Reading], float] | None = None
) -> list[Reading]:
    """At most `most` candidates, the strongest of each group that says one thing, in the order they were spoken."""
    weigh = strength or _strength
    kept: list[Reading] = []
    for reading in sorted(candidates, key=lambda r: (-weigh(r), r.turn, r.start)):
        if len(kept) == most:
            break
        if not any(_same(reading, other) for other in kept):
            kept.append(reading)
    return sorted(kept, key=lambda r: (r.turn, r.start))


def _strength(reading: Reading) -> float:
    """Sure and full before unsure and short: a long clause says more than its echo."""
    return reading.p + min(len(reading.quote), 60) / 300


def _same(one: Reading, other: Reading) -> bool:
    if one.turn == other.turn and one.start < other.end and other.start < one.end:
        return True
    return similarity(one.quote, other.quote) >= SAME


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(char for char in dense(text).plain if char.isalnum())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset(plain)
