"""The home desk: what was going on last, practices and visits together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from coach.vocabulary import Language, name
from ui.desks.today import due_view
from ui.desks.visits import visit_row
from ui.shell import path
from ui.views.drills import Due
from ui.views.home import Recent
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.practices import StoredPractice

_EACH = 6
_SHOWN = 8


class HomeRoom:
    """Asks the coach for the latest of everything."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def recent(self, language: Language) -> list[Recent]:
        """The latest practices and visits, newest first."""
        rows = [
            (one.created_at, self._practice(one, language)) for one in self._coach.practices.newest(_EACH)
        ]
        rows += [(one.created_at, visit_row(one, language)) for one in self._coach.visits.newest(_EACH)]
        rows.sort(key=lambda pair: pair[0], reverse=True)
        return [row for _, row in rows[:_SHOWN]]

    def due(self, language: Language) -> Due | None:
        """The one thing to practise today, and why."""
        return due_view(self._coach, language)

    def drill(self, wanted: str) -> str:
        """The scenario made from a visit's objection, named "visit/number"; its id."""
        visit, _, number = wanted.partition("/")
        return self._coach.drill(visit, int(number) if number.isdecimal() else None).id

    def _practice(self, one: StoredPractice, language: Language) -> Recent:
        scenario = self._coach.scenarios.get(one.scenario)
        ended = one.ended_at is not None
        outcome = one.outcome or "not_scored"
        tone: Tone = (
            "accent" if not ended else "good" if outcome == "pass" else "bad" if outcome == "fail" else ""
        )
        score = f" {round(one.total)}" if one.total is not None else ""
        page = "colleague" if one.mode == "colleague" else "report" if ended else "session"
        modes = {"exam": say("exam", language), "colleague": say("colleague", language)}
        notes = [
            modes.get(one.mode, ""),
            say("branch_of", language, n=one.from_turn) if one.from_turn else "",
        ]
        return Recent(
            href=path(language, page, id=one.id),
            kind="practice",
            title=scenario.title if scenario else one.scenario,
            note=say("dot", language).join(part for part in (_local(one.created_at), *notes) if part),
            chip=f"{name(outcome, language)}{score}" if ended else say("running", language),
            tone=tone,
        )


def _local(moment: dt.datetime) -> str:
    """A moment of the store (UTC without a zone) as the clock on the wall showed it."""
    return moment.replace(tzinfo=dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
