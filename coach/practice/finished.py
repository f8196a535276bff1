"""Scores a finished dialogue that was not played here: a transcript of a role play, or an exported practice.

What the customer raised, told and provoked with is recognised from the customer's words: the words that
give a fact away, the authored lines, and the engine's reading of objections. The rep's turns go through the
same judging as live.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from coach.conversation import Conversation, Turn
from coach.practice.checks import Ledger, Scene, items_of
from coach.practice.composure import composure
from coach.practice.judging import Before, judge
from coach.practice.score import Score, score
from coach.practice.state import Fired, Heard, State
from coach.reading.engine import Engine, Reading
from scenarios.rubric import Rubric
from scenarios.schema import Scenario
from scenarios.wording import nearest, says_any

SAME_LINE: Final = 0.8
"""Nearness from which a customer's words are taken to be an authored line."""
SAME_FACT: Final = 0.5
"""Nearness to a fact's statement or lines from which the customer is taken to have told it in own words."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the customer's turns have brought so far."""

    facts: tuple[str, ...] = ()
    raised: frozenset[str] = frozenset()
    fired: tuple[Fired, ...] = ()
    lines: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = field(default=())

    @property
    def scene(self) -> Scene:
        """What a rep turn meets now."""
        return Scene(frozenset(self.facts), bool(self.raised))


def score_dialogue(scenario: Scenario, rubric: Rubric, talk: Conversation, engine: Engine) -> Score:
    """The score of a whole dialogue. Raises the engine's errors; a dialogue without a rep is not scored."""
    items = items_of(scenario, rubric)
    sides = engine.read(talk).roles
    ledger = Ledger()
    told = _Told()
    so_far = Conversation((), scenario.language, source=talk.source)
    own: list[str] = []
    for turn in talk.turns:
        if sides.get(turn.speaker) == "rep":
            before = Before(so_far, ledger, told.scene, told.lines, own)
            heard, _, ledger = judge(engine, scenario, items, before, turn.speaker, turn.text, turn.start)
            told = replace(told, heard=(*told.heard, heard), lines=())
            own.append(turn.text)
            # What was void is not heard by the customer either, as in a live session.
            turn = replace(turn, text=heard.text)
        so_far = replace(so_far, turns=(*so_far.turns, turn))
        if sides.get(turn.speaker) != "rep":
            told = _listen(scenario, told, turn, engine.read(so_far, turn.number).of(turn.number))
    state = State({}, {}, facts=told.facts, heard=told.heard, fired=told.fired)
    return score(
        scenario,
        rubric,
        items,
        ledger,
        composure(scenario, state, rubric.composure),
        facts=told.facts,
        engine=engine.name,
        rep_turns=len(own),
    )


def _listen(scenario: Scenario, told: _Told, turn: Turn, readings: tuple[Reading, ...]) -> _Told:
    """What one customer turn adds."""
    text = turn.text
    facts = [
        fact.id
        for fact in scenario.private_facts
        if fact.id not in told.facts
        and (
            says_any(text, fact.leak_words)
            or nearest(text, [fact.statement, *(line.text for line in fact.lines)]) >= SAME_FACT
        )
    ]
    types = {reading.type for reading in readings if reading.label == "objection"}
    raised = {
        objection.id
        for objection in scenario.objections
        if objection.id not in told.raised
        and (
            objection.starts == "raised"
            or objection.type in types
            or nearest(text, [line.text for pool in objection.lines.values() for line in pool]) >= SAME_LINE
        )
    }
    known = {one.id for one in told.fired}
    fired = tuple(
        Fired(provocation.id, len(told.heard))
        for provocation in scenario.provocations
        if provocation.id not in known and nearest(text, [provocation.line.text]) >= SAME_LINE
    )
    return replace(
        told,
        facts=(*told.facts, *facts),
        raised=told.raised | raised,
        fired=(*told.fired, *fired),
        lines=(*told.lines, text),
    )
