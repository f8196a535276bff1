"""Is there a case like this already? The library's own search finds candidates, rapidfuzz and the embedder judge them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from coach.library.library import Library
from knowledge.schema import Case

ALIKE: Final = 0.64
"""From here on somebody should look: the nearest two of the shipped cases reach 0.56 (124 zh, 40 en; 2026-11-22)."""
_DEPTH: Final = 8
_TELLING: Final = 1200


@dataclass(frozen=True, slots=True)
class Twin:
    """A case that tells nearly the same; `likeness` is 0..1, `live` whether it is on the shelf."""

    case_id: str
    title: str
    likeness: float
    live: bool


def twins(case: Case, library: Library, waiting: Iterable[Case] = ()) -> list[Twin]:
    """The cases of the shelf and those still waiting that are nearly this one, the nearest first."""
    told = telling(case)
    hits = library.search(told[:_TELLING], case.language, depth=_DEPTH)
    shelf = [library.case(hit.entry) for hit in hits if hit.entry != case.id]
    others = [(one, True) for one in shelf]
    others += [(one, False) for one in waiting if one.id != case.id and one.language == case.language]
    if not others:
        return []
    cosines = library.similarity([told[:400]], [telling(one)[:400] for one, _ in others])[0]
    found = {
        one.id: Twin(one.id, one.title, likeness(case, one, cosine), live)
        for (one, live), cosine in zip(others, cosines, strict=True)
    }
    near = [one for one in found.values() if one.likeness >= ALIKE]
    return sorted(near, key=lambda one: (-one.likeness, one.case_id))


def likeness(one: Case, other: Case, cosine: float) -> float:
    """How much of the telling is the same words, or the same title, or lies at the same place of the vector space."""
    from rapidfuzz import fuzz

    mine, theirs = telling(one), telling(other)
    words = fuzz.ratio(mine, theirs) / 100
    # A short telling that is part of a longer one is the same story told shorter.
    part = fuzz.partial_ratio(mine, theirs) / 100 if min(len(mine), len(theirs)) >= 40 else 0.0
    title = fuzz.ratio(one.title, other.title) / 100
    return round(max(words, 0.9 * part, 0.85 * title, 0.6 * words + 0.4 * max(0.0, cosine)), 3)


def telling(case: Case) -> str:
    """What a case tells, in a few hundred characters."""
    return "\n".join(part for part in (case.title, case.one_line, case.background[:600]) if part)
