"""The post-visit form (访后跟进表): due 24 hours after the visit, filled from the record, completed and handed in by the rep."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from coach.reading.offline.view import view
from coach.visits.empty_phrases import empty_phrase
from coach.visits.record import FIVE_ACTIONS, NextStep
from coach.visits.standing import Standing

HOURS: Final = 24
"""Hours after the visit by which the form is to be handed in."""
NOTES: Final = ("agreed", "support", "note")
"""What only the rep knows: the use they agreed to try, help needed from others, anything else."""
FILLABLE: Final = (*FIVE_ACTIONS, *NOTES)

GapKind = Literal["missing", "no_due", "empty_phrase"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that keeps the record from being a valid one: `about` is a field, or the words of a step."""

    kind: GapKind
    about: str


def deadline(created_at: dt.datetime, visited_on: dt.date | None) -> dt.datetime:
    """When the form is due, as a moment with the local zone; `created_at` is the store's (UTC without a zone).

    24 hours after the visit came in; of an earlier day only the day is known, and its end counts.
    """
    came = created_at.replace(tzinfo=dt.UTC).astimezone()
    due = came + dt.timedelta(hours=HOURS)
    if visited_on is None:
        return due
    end_of_day = dt.datetime.combine(visited_on + dt.timedelta(days=1), dt.time()).astimezone()
    return min(due, end_of_day + dt.timedelta(hours=HOURS))


def hours_left(due: dt.datetime, now: dt.datetime) -> int:
    """Whole hours until then, rounded away from zero: 1 in the last hour, -1 in the first hour after."""
    seconds = (due - now).total_seconds()
    hours, rest = divmod(abs(seconds), 3600)
    whole = int(hours) + (rest > 0)
    return whole if seconds >= 0 else -whole


def gaps(standing: Standing) -> tuple[Gap, ...]:
    """What is still missing: an action that neither the record nor the form has, a step without a day, an empty phrase."""
    form, record = standing.edits.form, standing.record
    found = [
        Gap("missing", field)
        for field in FIVE_ACTIONS
        if not getattr(record, field) and not form.get(field, "").strip()
    ]
    for step in record.next_steps:
        if step.due is None:
            found.append(Gap("no_due", step.action))
    for words in (*(step.action for step in record.next_steps), form.get("next_steps", "")):
        if phrase := empty_phrase(view(words).plain):
            found.append(Gap("empty_phrase", phrase))
    return tuple(found)


def steps_with_a_day(standing: Standing) -> tuple[NextStep, ...]:
    """The next steps that fall on a day, soonest first."""
    dated = [step for step in standing.record.next_steps if step.due is not None]
    return tuple(sorted(dated, key=lambda step: (step.due or dt.date.max, step.turn)))
