"""Trials: talks with the customer of a draft. They live in this server's memory only, no history ever sees them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from coach.errors import NotFound
from coach.vocabulary import Language, name
from ui.views.practice import Line
from ui.views.scenarios import Trial
from ui.words import WORDS, say

if TYPE_CHECKING:
    from coach.practice.session import Session
    from coach.practice.transcript import Exchange
    from coach.reading.engine import Engine
    from scenarios.schema import Scenario

AT_HAND: Final = 64
Key = tuple[str, str]
"""(person, scenario id)"""


class Trials:
    """The trials that go on; the one not touched longest goes when there are too many."""

    def __init__(self) -> None:
        self._talks: OrderedDict[Key, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, key: Key, scenario: Scenario, engine: Engine) -> None:
        """Open a talk; an earlier one of this key is gone."""
        from coach.practice.session import Session

        talk = Session(scenario, engine, seed=1)
        talk.open()
        with self._lock:
            self._talks[key] = talk
            self._talks.move_to_end(key)
            while len(self._talks) > AT_HAND:
                self._talks.popitem(last=False)

    def say(self, key: Key, words: str) -> None:
        """One line of the rep's (NotFound when the talk is gone)."""
        with self._lock:
            talk = self._talks.get(key)
            if talk is None:
                raise NotFound(WORDS["scenario_trial_gone"])
            if talk.ended is None:
                talk.say(words)

    def shown(self, key: Key, language: Language) -> Trial | None:
        """The talk as it stands."""
        with self._lock:
            talk = self._talks.get(key)
            return _shown(talk, language) if talk else None


def _shown(talk: Session, language: Language) -> Trial:
    scenario = talk.scenario
    temper = talk.state.people[scenario.main.id]
    total = talk.score().total
    gauges = [
        (say("scenario_trust", language), f"{temper.trust:.0f}"),
        (say("scenario_patience", language), f"{temper.patience:.0f}"),
        (say("scenario_score", language), "–" if total is None else str(total)),
    ]
    gauges += [
        (
            say("scenario_objection", language, type=name(one.type, language)),
            name(talk.state.objections[one.id].state, language),
        )
        for one in scenario.objections
    ]
    lines: list[Line] = [Line("customer", one.text, one.name) for one in talk.log.opening]
    for exchange in talk.log.exchanges:
        lines.append(Line("rep", exchange.text, move=_read(exchange, talk, language)))
        lines += [Line("customer", one.text, one.name) for one in exchange.said]
    lines += [Line("customer", one.text, one.name) for one in talk.log.closing]
    over = say("scenario_trial_over", language, reason=name(talk.ended, language)) if talk.ended else ""
    return Trial(scenario.main.called, tuple(gauges), tuple(lines), over)


def _read(exchange: Exchange, talk: Session, language: Language) -> str:
    """What was read in a line, and what it brought: the author's own ids, because the author reads it."""
    heard = exchange.heard
    acts = list(dict.fromkeys(name(one.label, language) for one in heard.readings))
    comma = say("list_comma", language)
    told = [one.fact for one in exchange.said if one.fact]
    earned = [
        one.check for one in exchange.findings if one.verdict == "yes" and one.check not in heard.crossed
    ]
    parts = [comma.join(acts) or say("scenario_nothing", language)]
    for key, ids in (("earned", earned), ("told", told), ("crossed", heard.crossed)):
        if ids:
            parts.append(say(f"scenario_{key}", language, what=comma.join(ids)))
    return say("dot", language).join(parts)
