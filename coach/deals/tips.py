"""The tip sheet for the meeting: what to do and to say about each obstacle, every line with its source.

Lines come word for word from the handbooks and from the cases that were matched; nothing is written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.library.handbook import advice
from coach.library.library import Library
from coach.library.rerank import Similarity, Trouble
from coach.vocabulary import name
from knowledge.schema import Case, Phrase

MOST: Final = 8
_OBSTACLES: Final = 3
_PHRASES: Final = 2


@dataclass(frozen=True, slots=True)
class Tip:
    """When to say or do it, the words, and where they stand: `case:<id>` or `handbook:<id>#<anchor>`."""

    head: str
    words: str
    source: str


def tip_sheet(trouble: Trouble, chosen: Sequence[Similarity], library: Library) -> list[Tip]:
    """At most eight lines: handbook advice on each obstacle, phrases that can be said, what to do first."""
    tips = []
    for kind, said in list(trouble.obstacles.items())[:_OBSTACLES]:
        if found := advice(library, kind, f"{said} {trouble.text}", trouble.language):
            tips.append(Tip(name(kind, trouble.language), found.text, f"handbook:{found.link}"))
    for one in chosen:
        phrases = _nearest_phrases(one.case, trouble, library)
        tips.extend(Tip(phrase.when, f"“{phrase.say}”", f"case:{one.case.id}") for phrase in phrases)
    if chosen and (first := chosen[0].case.first_15_minutes):
        head = "开场先做" if trouble.language == "zh" else "First of all"
        tips.append(Tip(head, first[0], f"case:{chosen[0].case.id}"))
    return list({tip.words: tip for tip in tips}.values())[:MOST]


def _nearest_phrases(case: Case, trouble: Trouble, library: Library) -> list[Phrase]:
    """The case's phrases whose occasion is nearest to the deal, in the case's order."""
    phrases = case.reusable_phrases
    if len(phrases) <= _PHRASES:
        return list(phrases)
    near = library.similarity([trouble.whole], [f"{phrase.when} {phrase.say}" for phrase in phrases])[0]
    best = sorted(range(len(phrases)), key=lambda n: (-near[n], n))[:_PHRASES]
    return [phrases[n] for n in sorted(best)]
