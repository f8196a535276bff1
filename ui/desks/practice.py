"""The practice desk: the shelf, a session from start to end, its report."""

from __future__ import annotations

import threading
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from coach.vocabulary import Language, name
from ui.desks import kept
from ui.desks.report import report_view
from ui.desks.session import brief_view, session_view
from ui.views.practice import Brief, Report, ScenarioCard, Session
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from scenarios.schema import Scenario

_ZERO_GRACE = 2.0
"""Seconds by which a browser's clock may run ahead of ours when it says that time is up."""


class PracticeRoom:
    """Asks the coach for everything around a practice; one lock a session, so that lines come one by one."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def shelf(self, language: Language) -> list[ScenarioCard]:
        """The published scenarios of one language, easiest first."""
        last = self._last_totals()
        order = ("easy", "normal", "hard")
        chosen = [
            one
            for one in self._coach.scenarios.values()
            if one.language == language and one.status == "published"
        ]
        chosen.sort(key=lambda one: (order.index(one.difficulty.level), one.id))
        return [_card(one, language, last.get(one.id)) for one in chosen]

    def brief(self, scenario_id: str, language: Language) -> tuple[ScenarioCard, Brief]:
        """One scenario before its start (NotFound)."""
        scenario = self._coach.scenario(scenario_id)
        return _card(scenario, language, self._last_totals().get(scenario.id)), brief_view(scenario)

    def start(self, scenario_id: str) -> str:
        """Open a session and return its id."""
        return kept.begin(self._coach, self._coach.start(scenario_id))

    def session(self, id: str, language: Language) -> Session:
        """The session as it stands."""
        return session_view(kept.load(self._coach, id), language)

    def say(self, id: str, text: str) -> None:
        """The rep says a line; the time it took is what the clock says."""
        with self._locks[id]:
            now = kept.load(self._coach, id)
            clock = now.clock.running()
            now.session.say(text, max(0.5, clock.elapsed - now.session.state.elapsed))
            kept.save(self._coach, id, now.session, clock)

    def hint(self, id: str) -> None:
        """Buy the next rung of the ladder."""
        with self._locks[id]:
            now = kept.load(self._coach, id)
            now.session.hint()
            kept.save(self._coach, id, now.session, now.clock)

    def pause(self, id: str, *, stop: bool) -> None:
        """Stop the clock, or let it go on."""
        with self._locks[id]:
            now = kept.load(self._coach, id)
            kept.save(self._coach, id, now.session, now.clock.stopped() if stop else now.clock.running())

    def end(self, id: str, *, time_up: bool = False) -> None:
        """The rep ends the session; `time_up` counts only when our clock agrees with the browser's."""
        with self._locks[id]:
            now = kept.load(self._coach, id)
            if time_up and now.left > _ZERO_GRACE:
                return
            now.session.end("time_up" if time_up else "rep_left")
            kept.save(self._coach, id, now.session, now.clock)

    def listen(self, path: Path, language: Language) -> str:
        """A recorded line as text; empty when no words could be made out."""
        heard = self._coach.hear(path, language=language)
        between = "" if heard.conversation.language == "zh" else " "
        return between.join(turn.text for turn in heard.conversation.turns).strip()

    def report(self, id: str, language: Language) -> Report | None:
        """The report; None while the session is still running."""
        now = kept.load(self._coach, id)
        if now.session.ended is None:
            return None
        return report_view(self._coach, now, language)

    def branch(self, id: str, turn: int) -> str:
        """A new session that stands just before the rep's turn `turn` of this one."""
        return kept.begin(self._coach, kept.load(self._coach, id).session.branch(turn))

    def _last_totals(self) -> dict[str, int]:
        totals: dict[str, int] = {}
        for one in self._coach.practices.newest(200):
            if one.ended_at is not None and one.total is not None:
                totals.setdefault(one.scenario, round(one.total))
        return totals


def _card(scenario: Scenario, language: Language, last: int | None) -> ScenarioCard:
    main = scenario.main
    who = say("dot", language).join(part for part in (main.title, scenario.segment) if part)
    return ScenarioCard(
        id=scenario.id,
        title=scenario.title,
        teaser=scenario.teaser,
        customer=say("who_and_role", language, name=main.name, role=who) if who else main.name,
        level=say(f"level_{scenario.difficulty.level}", language),
        minutes=round(scenario.time_limit_minutes),
        objections=tuple(name(kind, language) for kind in scenario.objection_types),
        people=len(scenario.cast),
        last_score=last,
    )
