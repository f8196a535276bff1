"""Which scenarios to practise next, and why: what is due, what was lost, what was never tried, a step harder.

Pure and the same for the same history; the most pressing first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from coach.practice.history import objections_of
from coach.vocabulary import OBJECTION_TYPES, ObjectionType

if TYPE_CHECKING:
    from coach.practice.today import Suggestion
    from coach.store.practices import StoredPractice
    from scenarios.schema import Scenario

MOST: Final = 6
_LEVELS: Final = ("easy", "normal", "hard")

Why = Literal["due", "open", "low", "new", "up", "untried"]


@dataclass(frozen=True, slots=True)
class Pick:
    """A scenario and the reason; `score` is the last one where the reason is that it was not passed."""

    scenario: str
    why: Why
    score: int | None = None


def recommended(
    scenarios: Mapping[str, Scenario],
    practices: Sequence[StoredPractice],
    due: Suggestion | None,
    most: int = MOST,
) -> tuple[Pick, ...]:
    """At most `most` picks among `scenarios` (the ones that can be shown); `practices` newest first."""
    done = [one for one in practices if one.ended_at is not None and one.parent_id is None]
    chosen: dict[str, Pick] = {}
    for pick in _candidates(scenarios, done, due):
        if pick.scenario in scenarios:
            chosen.setdefault(pick.scenario, pick)
        if len(chosen) == most:
            break
    return tuple(chosen.values())


def _candidates(
    scenarios: Mapping[str, Scenario], done: Sequence[StoredPractice], due: Suggestion | None
) -> Iterator[Pick]:
    if due is not None and not due.visit_id:
        yield Pick(due.scenario, "due")
    last: dict[str, StoredPractice] = {}
    for one in done:
        last.setdefault(one.scenario, one)
    for id, one in last.items():
        if one.outcome == "fail" and one.total is not None:
            yield Pick(id, "low", round(one.total))
        elif one.outcome != "pass":
            yield Pick(id, "open")
    tried = {type for one in done for type in objections_of(one, scenarios)}
    for type in OBJECTION_TYPES:
        if type not in tried and (first := _of_type(scenarios, type, last)):
            yield Pick(first[0].id, "new")
    for type in OBJECTION_TYPES:
        passed = [
            _LEVELS.index(scenarios[id].difficulty.level)
            for id, one in last.items()
            if one.outcome == "pass" and id in scenarios and scenarios[id].objection_types[0] == type
        ]
        harder = [
            one
            for one in _of_type(scenarios, type, last)
            if passed and _LEVELS.index(one.difficulty.level) > max(passed)
        ]
        if harder:
            yield Pick(harder[0].id, "up")
    for type in OBJECTION_TYPES:
        yield from (Pick(one.id, "untried") for one in _of_type(scenarios, type, last)[:1])


def _of_type(
    scenarios: Mapping[str, Scenario], type: ObjectionType, tried: Mapping[str, object]
) -> list[Scenario]:
    """The scenarios that practise a type above all and were not tried yet, the easiest first."""
    fitting = [one for one in scenarios.values() if one.objection_types[0] == type and one.id not in tried]
    return sorted(fitting, key=lambda one: (_LEVELS.index(one.difficulty.level), one.id))
