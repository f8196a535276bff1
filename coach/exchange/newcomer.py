"""What a newcomer reads first: three handbooks, a dozen cases that show every obstacle, a drill for each, the words.

Chosen by rule, so that the same library gives the same pack: handbooks by their `read_first`, cases so that each one
adds what the others lack (obstacle, outcome, trade, stage), drills the easiest for each obstacle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coach.vocabulary import OBJECTION_TYPES, Language, ObjectionType
from knowledge.glossary import Glossary, Term
from knowledge.handbook import Handbook
from knowledge.industries import Industries
from knowledge.schema import Case
from scenarios.schema import Scenario

BOOKS: Final = 3
CASES: Final = 12
_LEVELS: Final = ("easy", "normal", "hard")


@dataclass(frozen=True, slots=True)
class Drill:
    """One scenario to play, for one obstacle."""

    obstacle: ObjectionType
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class NewcomerPack:
    """The pack in one language, each part in the order of reading."""

    language: Language
    handbooks: tuple[Handbook, ...]
    cases: tuple[Case, ...]
    drills: tuple[Drill, ...]
    terms: tuple[Term, ...]


def newcomer_pack(
    language: Language,
    handbooks: Iterable[Handbook],
    cases: Iterable[Case],
    scenarios: Iterable[Scenario],
    glossary: Glossary,
    industries: Industries,
) -> NewcomerPack:
    """The pack out of what is published; customers' names stay out of it."""
    return NewcomerPack(
        language,
        first_handbooks([one for one in handbooks if one.language == language]),
        chosen_cases([one for one in cases if one.language == language], industries),
        tuple(_drills([one for one in scenarios if one.language == language])),
        tuple(term for term in glossary.terms(language) if term.kind != "customer"),
    )


def first_handbooks(handbooks: Sequence[Handbook], most: int = BOOKS) -> tuple[Handbook, ...]:
    """Those that say when they are to be read, a team's own before a sample; then whatever there is."""
    shelf = [one for one in handbooks if one.status == "published" and one.sections]
    return tuple(sorted(shelf, key=lambda one: (one.read_first or 99, one.sample, one.id))[:most])


def chosen_cases(cases: Sequence[Case], industries: Industries, most: int = CASES) -> tuple[Case, ...]:
    """A dozen that together show most: each next one is the one that adds most to those before.

    An obstacle that was shown least counts most, then an outcome, a trade and a stage that was shown least; a
    team's own case goes before a sample that adds as much.
    """
    left = [one for one in cases if one.status == "published" and one.objection_types]
    shown: dict[str, Counter[str]] = {part: Counter() for part in ("obstacle", "outcome", "trade", "stage")}
    chosen: list[Case] = []
    while left and len(chosen) < most:
        parts = {one.id: _parts(one, industries) for one in left}
        best = min(
            left, key=lambda one: (*(shown[name][value] for name, value in parts[one.id]), one.sample, one.id)
        )
        for name, value in parts[best.id]:
            shown[name][value] += 1
        chosen.append(best)
        left.remove(best)
    order = {kind: number for number, kind in enumerate(OBJECTION_TYPES)}
    return tuple(sorted(chosen, key=lambda one: (order[one.objection_types[0]], one.outcome, one.id)))


def _parts(case: Case, industries: Industries) -> tuple[tuple[str, str], ...]:
    place = industries.place(case.industry) if case.industry else None
    trade = place.sector if place is not None else ""
    return (
        ("obstacle", case.objection_types[0]),
        ("outcome", case.outcome),
        ("trade", trade),
        ("stage", case.stage or ""),
    )


def _drills(scenarios: Sequence[Scenario]) -> Iterable[Drill]:
    """For each obstacle the easiest scenario that is about it first of all, none twice."""
    taken: set[str] = set()
    for kind in OBJECTION_TYPES:
        about = [
            one
            for one in scenarios
            if one.status == "published" and kind in one.objection_types and one.id not in taken
        ]
        if about:
            easiest = min(about, key=lambda one: (one.objection_types[0] != kind, _level(one), one.id))
            taken.add(easiest.id)
            yield Drill(kind, easiest)


def _level(scenario: Scenario) -> int:
    level = scenario.difficulty.level
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
