"""The home desk: what was going on last, practices and visits together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.visits.form import deadline
from coach.vocabulary import Language, name
from ui.desks.today import due_view, trend_views
from ui.desks.visit import due_clock, title_of
from ui.desks.visits import visit_row
from ui.shell import path
from ui.views.drills import Due
from ui.views.home import Last, Recent, Standing, TrainerWork, Wait, Waits
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.library.freshness import Item
    from coach.store.practices import StoredPractice

_EACH = 6
_SHOWN = 6
_WAITING = 4
_HISTORY = 200
_MEAN = 3


class HomeRoom:
    """Asks the coach for the latest of everything."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def standing(self, language: Language) -> Standing:
        """What waits, the last scores, what was going on; for trainers also their work."""
        trains = "trainer" in self._coach.roles
        still = self._coach.curation.still_due()
        return Standing(
            visits=self._waiting(language),
            last=replace(
                _last(self._coach.practices.newest(_HISTORY)), trends=trend_views(self._coach, language)
            ),
            recent=tuple(self._recent(language)),
            trainer=TrainerWork(self._review(language), self._stale(language)) if trains else None,
            month=still[0 if language == "zh" else 1] if still else "",
        )

    def _waiting(self, language: Language) -> Waits:
        """Visits that nobody confirmed yet, the least time left first."""
        waiting = [one for one in self._coach.visits.newest(_HISTORY) if one.confirmed_at is None]
        waiting.sort(key=lambda one: deadline(one.created_at, one.visit.visited_on))
        clocks = [(one, due_clock(one, language)) for one in waiting]
        # What is still in time comes first: it can be saved.
        clocks.sort(key=lambda pair: pair[1].tone == "bad")
        rows = [
            Wait(path(language, "form", id=one.id), title_of(one), "", clock.words, clock.tone)
            for one, clock in clocks
        ]
        return _shown(rows)

    def _review(self, language: Language) -> Waits:
        """Cases that wait for a trainer."""
        return _shown(
            [
                Wait(path(language, "trainer", id=one.case_id), str(one.body.get("title") or one.case_id))
                for one in self._coach.curation.pending()
            ]
        )

    def _stale(self, language: Language) -> Waits:
        """Own cases and handbooks that are late or soon due; nobody is asked to keep the shipped samples."""
        from coach.library.freshness import items

        today, library = dt.date.today(), self._coach.library
        found = [
            one
            for one in items(library.cases(language), library.shelf.handbooks(), library.looks())
            if not one.sample and one.due is not None and one.state(today) in ("soon", "late", "aside")
        ]
        found.sort(key=lambda one: (one.due or today, one.id))
        return _shown([_ageing(one, today, language) for one in found])

    def _recent(self, language: Language) -> list[Recent]:
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


def _shown(rows: list[Wait]) -> Waits:
    return Waits(tuple(rows[:_WAITING]), max(0, len(rows) - _WAITING))


def _last(practices: Sequence[StoredPractice]) -> Last:
    """The scores of finished practices, oldest first; branches are left out, because they begin with a score."""
    done = [one for one in practices if one.ended_at is not None and one.parent_id is None]
    scores = tuple(round(one.total) for one in reversed(done) if one.total is not None)[-12:]
    if not scores:
        return Last()
    late, early = scores[-_MEAN:], scores[:-_MEAN][-_MEAN:]
    mean = sum(late) / len(late)
    return Last(scores, round(mean), round(mean - sum(early) / len(early)) if early else None)


def _ageing(one: Item, today: dt.date, language: Language) -> Wait:
    late, left = one.late_by(today), ((one.due or today) - today).days
    words = (
        say("home_stale_late", language, n=late)
        if late
        else say("home_stale_soon", language, n=left)
        if left
        else say("home_stale_today", language)
    )
    page = "handbook" if one.kind == "handbook" else "trainer"
    key = "book" if one.kind == "handbook" else "id"
    return Wait(path(language, page, **{key: one.id}), one.title, "", words, "bad" if late else "warn")


def _local(moment: dt.datetime) -> str:
    """A moment of the store (UTC without a zone) as the clock on the wall showed it."""
    return moment.replace(tzinfo=dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
