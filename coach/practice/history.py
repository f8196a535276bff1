"""What came of earlier practices: one line each, and for each type of objection how the scores have moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach.vocabulary import OBJECTION_TYPES, ObjectionType

if TYPE_CHECKING:
    from coach.store.practices import StoredPractice
    from scenarios.schema import Scenario

WINDOW: Final = 3
"""Attempts whose mean is held against the attempts before them."""
HELD: Final = frozenset({"acknowledged", "explored", "answered", "resolved"})
"""States of an objection in which it no longer stands open."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One finished practice in which a type of objection came up; `total` is 0-100 or None when not scored."""

    id: str
    scenario: str
    at: dt.datetime
    total: int | None
    passed: bool
    exam: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """All attempts at one type, oldest first; `change` is None before there are two scores to compare."""

    type: ObjectionType
    attempts: tuple[Attempt, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """The scores there were, oldest first."""
        return tuple(one.total for one in self.attempts if one.total is not None)

    @property
    def change(self) -> int | None:
        """The mean of the last three scores less the mean of up to three before them."""
        scores = self.totals
        if len(scores) < 2:
            return None
        late = scores[-WINDOW:] if len(scores) > WINDOW else scores[-1:]
        early = scores[: -len(late)][-WINDOW:]
        return round(sum(late) / len(late) - sum(early) / len(early))


def trends(practices: Sequence[StoredPractice], scenarios: Mapping[str, Scenario]) -> tuple[Trend, ...]:
    """One trend for each of the six types, practised or not. Branches are left out: they begin with a score."""
    done = sorted(
        (one for one in practices if one.ended_at is not None and one.parent_id is None),
        key=lambda one: one.created_at,
    )
    found: dict[ObjectionType, list[Attempt]] = {type: [] for type in OBJECTION_TYPES}
    for practice in done:
        held = objections_of(practice, scenarios)
        for type in OBJECTION_TYPES:
            if type in held:
                found[type].append(_attempt(practice, held[type]))
    return tuple(Trend(type, tuple(found[type])) for type in OBJECTION_TYPES)


def objections_of(
    practice: StoredPractice, scenarios: Mapping[str, Scenario]
) -> Mapping[ObjectionType, bool]:
    """Types that came up in a practice -> whether each was held at the end; its scenario's types when it did not end."""
    if practice.objections:
        stood: dict[ObjectionType, bool] = {}
        for one in practice.objections.values():
            type: ObjectionType = one["type"]
            stood[type] = stood.get(type, True) and one["state"] in HELD
        return stood
    scenario = scenarios.get(practice.scenario)
    return dict.fromkeys(scenario.objection_types, False) if scenario else {}


def _attempt(practice: StoredPractice, held: bool) -> Attempt:
    return Attempt(
        practice.id,
        practice.scenario,
        practice.created_at,
        None if practice.total is None else round(practice.total),
        practice.outcome == "pass",
        practice.mode == "exam",
        held,
    )
