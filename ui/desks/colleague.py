"""The desk of a practice with a colleague: two seats, one dialogue, the same rubric."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from coach.practice.calibration.advice import advice_on
from coach.vocabulary import EndReason, Language, name
from ui.desks.report import advice_words
from ui.desks.session import brief_view
from ui.views.drills import ForkLine, SeatCheck, Seats
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach

Seat = Literal["rep", "customer"]
_SHOWN = 8


class ColleagueRoom:
    """Asks the coach for dialogues of two people; one lock a dialogue, so that no line is lost."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def begin(self, scenario_id: str) -> str:
        """A new dialogue; its id."""
        return self._coach.seats.begin(self._coach.scenario(scenario_id))

    def seats(self, id: str, seat: Seat, language: Language) -> Seats:
        """The dialogue as this seat sees it: only the customer's has the card."""
        from coach.practice.card import customer_card

        now = self._coach.seats.load(id)
        result = now.score() if now.rep_spoke else None
        ended = now.dialogue.ended
        checks = sorted(result.checks, key=lambda one: -one.item.weight) if result else []
        shown = ("yes", "no") if ended else ("yes",)
        told = advice_on(result, now.scenario, self._coach.database, result.engine) if result else None
        rows = [
            SeatCheck(
                one.item.name, verdict == "yes", advice_words(told, one.item.id, language) if told else ""
            )
            for verdict in shown
            for one in checks
            if one.verdict == verdict
        ]
        tone: Tone = "good" if result and result.outcome == "pass" else "bad"
        return Seats(
            id=id,
            title=now.scenario.title,
            seat=seat,
            lines=tuple(
                ForkLine(
                    line.role,
                    say("you", language) if line.role == seat else name(line.role, language),
                    line.text,
                )
                for line in now.dialogue.lines
            ),
            brief=brief_view(now.scenario),
            card=tuple(
                (head[0 if language == "zh" else 1], lines) for head, lines in customer_card(now.scenario)
            )
            if seat == "customer"
            else (),
            score=result.total if result else None,
            checks=tuple(rows[:_SHOWN]),
            over=name(ended, language) if ended else "",
            outcome=name(result.outcome if result else "not_scored", language) if ended else "",
            tone=tone if ended and result and result.outcome != "not_scored" else "",
        )

    def say(self, id: str, seat: Seat, text: str) -> None:
        """One of the two says a line."""
        with self._locks[id]:
            self._coach.seats.save(id, self._coach.seats.load(id).said(seat, text))

    def end(self, id: str, reason: EndReason) -> None:
        """It is over."""
        with self._locks[id]:
            self._coach.seats.save(id, self._coach.seats.load(id).left(reason))

    def length(self, id: str) -> str:
        """How far it is: changes with every line and with the end."""
        now = self._coach.seats.load(id).dialogue
        return f"{len(now.lines)}{'.' if now.ended else ''}"
