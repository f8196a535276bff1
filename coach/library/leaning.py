"""What the nearest cases were stuck on tells what a deal may be stuck on, also where its own words do not.

Every case votes for its obstacles, the nearest ones far more than the others; what is left after taking away what all
of them have is the leaning. No training, any embedder.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.library.search import Hit
from coach.vocabulary import OBJECTION_TYPES, ObjectionType
from knowledge.schema import Case

_SHARPNESS: Final = 8.0
"""A case half as near as the nearest has about a fiftieth of its vote."""
_BESIDE_THE_FIRST: Final = 0.7
"""What an obstacle counts that is not a case's first."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """By obstacle: how much of it all cases found have, and how much more of it the nearest ones have."""

    usual: Mapping[ObjectionType, float]
    more: Mapping[ObjectionType, float]

    def agrees(self, case: Case) -> float | None:
        """How well a case's obstacles go with the leaning, 0..1; None for a case that names none."""
        if not case.objection_types:
            return None
        own = _held(case)
        apart = {kind: own[kind] - self.usual[kind] for kind in OBJECTION_TYPES}
        lengths = _length(apart) * _length(self.more)
        shared = sum(apart[kind] * self.more[kind] for kind in OBJECTION_TYPES)
        return 0.5 + 0.5 * shared / lengths if lengths > 1e-9 else 0.5


def leaning(hits: Sequence[Hit], cases: Sequence[Case]) -> Leaning:
    """The leaning of the cases found; `hits` say how near each is."""
    nearest = max((hit.alike for hit in hits), default=0.0)
    if nearest <= 0:
        nothing: dict[ObjectionType, float] = dict.fromkeys(OBJECTION_TYPES, 0.0)
        return Leaning(nothing, nothing)
    votes = [math.exp(_SHARPNESS * (max(0.0, hit.alike) / nearest - 1.0)) for hit in hits]
    held = [_held(case) for case in cases]
    usual = {kind: sum(one[kind] for one in held) / len(held) for kind in OBJECTION_TYPES}
    voted = {
        kind: sum(vote * one[kind] for vote, one in zip(votes, held, strict=True)) / sum(votes)
        for kind in OBJECTION_TYPES
    }
    return Leaning(usual, {kind: voted[kind] - usual[kind] for kind in OBJECTION_TYPES})


def _held(case: Case) -> dict[ObjectionType, float]:
    held: dict[ObjectionType, float] = dict.fromkeys(OBJECTION_TYPES, 0.0)
    held |= dict.fromkeys(case.objection_types, _BESIDE_THE_FIRST)
    return held | dict.fromkeys(case.objection_types[:1], 1.0)


def _length(values: Mapping[ObjectionType, float]) -> float:
    return math.sqrt(sum(value * value for value in values.values()))
