"""What to practise today: the objection that was left unanswered last, else the type practised least in two weeks.

And the daily round: one scenario for each type of objection, the same all day for one person.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from coach.practice.history import objections_of
from coach.visits.edits import Edits, key_of
from coach.visits.record import Objection, Record
from coach.visits.standing import put_right
from coach.vocabulary import OBJECTION_TYPES, Language, ObjectionType

if TYPE_CHECKING:
    from coach.store.practices import StoredPractice
    from coach.store.visits import StoredVisit
    from scenarios.schema import Scenario

LATELY: Final = dt.timedelta(days=14)
_LEVELS: Final = ("easy", "normal", "hard")

Why = Literal["visit", "practice", "least"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario to practise and why.

    `said` is the objection that stood open; with `visit_id` a drill from visit objection `number` (from 1) can
    be made of it; `times` is how often the type was practised lately.
    """

    scenario: str
    objection: ObjectionType
    why: Why
    said: str = ""
    visit_id: str = ""
    number: int = 0
    times: int = 0


def unanswered(record: Record, removed: frozenset[str] = frozenset()) -> tuple[int, Objection] | None:
    """(number from 1, objection) of the last one that no point of ours followed before the next; None when all were met."""
    standing = [
        (number, one)
        for number, one in enumerate(record.objections, 1)
        if key_of("objections", one) not in removed
    ]
    answers = sorted(point.turn for point in record.solution_points)
    for place in range(len(standing) - 1, -1, -1):
        number, one = standing[place]
        until = standing[place + 1][1].turn if place + 1 < len(standing) else None
        if not any(one.turn < turn and (until is None or turn <= until) for turn in answers):
            return number, one
    return None


def todays_drill(
    visits: Sequence[StoredVisit],
    practices: Sequence[StoredPractice],
    scenarios: Mapping[str, Scenario],
    language: Language,
    now: dt.datetime,
) -> Suggestion | None:
    """The one thing to practise; both lists newest first, `now` in UTC without a zone. None without scenarios.

    The newer of the last visit and the last finished practice is asked first: whatever stood open there.
    """
    ended = [one for one in practices if one.ended_at is not None and one.parent_id is None]
    asked: list[tuple[dt.datetime, Suggestion | None]] = []
    if visits:
        asked.append((visits[0].created_at, _from_visit(visits[0], ended, scenarios, language)))
    if ended:
        asked.append((ended[0].created_at, _from_practice(ended[0], scenarios, language)))
    for _, suggestion in sorted(asked, key=lambda pair: pair[0], reverse=True):
        if suggestion is not None:
            return suggestion
    return _least(ended, scenarios, language, now)


def daily_round(
    scenarios: Mapping[str, Scenario], language: Language, person: str, day: dt.date
) -> tuple[tuple[ObjectionType, str], ...]:
    """(type, scenario id) for each type that a published scenario of this language practises; none twice a round."""
    chosen: list[tuple[ObjectionType, str]] = []
    for type in OBJECTION_TYPES:
        taken = {id for _, id in chosen}
        able = [one for one in _open_to(scenarios, language) if type in one.objection_types]
        able = [one for one in able if one.id not in taken] or able
        if able:
            first = [one for one in able if one.objection_types[0] == type] or able
            chosen.append((type, min(first, key=lambda one: _drawn(person, day, type, one.id)).id))
    return tuple(chosen)


def fitting(scenarios: Mapping[str, Scenario], objection: str, language: Language) -> str:
    """The published scenario that practises this objection most plainly; empty when there is none."""
    able = [one for one in _open_to(scenarios, language) if objection in one.objection_types]
    able.sort(key=lambda one: (one.objection_types.index(objection), len(one.objection_types), one.id))
    return able[0].id if able else ""


def _from_visit(
    visit: StoredVisit,
    ended: Sequence[StoredPractice],
    scenarios: Mapping[str, Scenario],
    language: Language,
) -> Suggestion | None:
    """What stood open in the visit, unless its type has been held in a practice since."""
    record = put_right(visit)
    found = unanswered(record, Edits.of(visit.human).removed)
    if found is None:
        return None
    number, one = found
    since = [practice for practice in ended if practice.created_at > visit.created_at]
    if any(objections_of(practice, scenarios).get(one.type) for practice in since):
        return None
    scenario = fitting(scenarios, one.type, record.language) or fitting(scenarios, one.type, language)
    return Suggestion(scenario, one.type, "visit", one.quote, visit.id, number) if scenario else None


def _from_practice(
    practice: StoredPractice, scenarios: Mapping[str, Scenario], language: Language
) -> Suggestion | None:
    """What stood open at the end of the practice: the same scenario again, while it is there."""
    open_ones = [
        one
        for one in (practice.objections or {}).values()
        if one["state"] in ("raised", "hardened") and one["type"] in OBJECTION_TYPES
    ]
    if not open_ones:
        return None
    last = open_ones[-1]
    again = (
        practice.scenario if practice.scenario in scenarios else fitting(scenarios, last["type"], language)
    )
    return Suggestion(again, last["type"], "practice", last["said"]) if again else None


def _least(
    ended: Sequence[StoredPractice],
    scenarios: Mapping[str, Scenario],
    language: Language,
    now: dt.datetime,
) -> Suggestion | None:
    """The type that came up least in the last two weeks, in its scenario that was played longest ago or never."""
    counted = dict.fromkeys(OBJECTION_TYPES, 0)
    for practice in ended:
        if now - practice.created_at <= LATELY:
            for type in objections_of(practice, scenarios):
                counted[type] += 1
    played = {one.scenario: one.created_at for one in reversed(ended)}
    for type in sorted(OBJECTION_TYPES, key=lambda one: counted[one]):
        able = [one for one in _open_to(scenarios, language) if type in one.objection_types]
        if able:
            first = min(
                able,
                key=lambda one: (
                    played.get(one.id, dt.datetime.min),
                    one.objection_types.index(type),
                    _LEVELS.index(one.difficulty.level),
                    one.id,
                ),
            )
            return Suggestion(first.id, type, "least", times=counted[type])
    return None


def _open_to(scenarios: Mapping[str, Scenario], language: Language) -> list[Scenario]:
    return [one for one in scenarios.values() if one.language == language and one.status == "published"]


def _drawn(person: str, day: dt.date, type: str, id: str) -> str:
    return hashlib.sha256(f"{person} {day.isoformat()} {type} {id}".encode()).hexdigest()
