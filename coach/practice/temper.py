"""How a rep turn moves trust, patience and willingness. Our own starting values; a scenario scales
them.

Good acts help most when they earn something (a key point, an answer); saying the same kind thing
again helps less, and bare acknowledgement twice in a row helps nobody. Losses weigh more than gains
(`trust_loss`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from coach.practice.objections import Moved, dodges, owner
from coach.practice.state import Heard, State, Temper
from scenarios.schema import Difficulty, Scenario

TRUST: Final = {
    "acknowledge": 3.0,
    "explore": 2.5,
    "map_decision": 2.0,
    "restate": 4.0,
    "offer_solution": 1.0,
    "quantify": 1.5,
    "prove": 2.0,
    "trade": 1.5,
    "advance": 0.5,
    "overpromise": -8.0,
    "disparage": -6.0,
    "pressure": -8.0,
    "dismiss": -7.0,
    "concede_price": -4.0,
    "evade": -4.0,
}
PATIENCE: Final = {
    "acknowledge": 0.5,
    "restate": 1.0,
    "evade": -5.0,
    "dismiss": -6.0,
    "pressure": -6.0,
    "small_talk": -2.0,
}
SLIPS: Final = {
    "silence": -8.0,
    "out_of_role": -6.0,
    "parroting": -5.0,
    "repeated": -5.0,
    "too_long": -5.0,
    "too_many": -3.0,
    "farewell": 0.0,
}
MOST_GAIN: Final = 6.0
"""Trust that one turn can win."""
FULL_UP_TO: Final = 50.0
"""The more somebody trusts already, the less a turn adds: below half it counts fully, towards 100 nothing
does.
"""
TOLD: Final = 1.0
"""Trust and patience that come with having told something."""
DODGE: Final = 3.0
"""Patience lost when a raised objection is walked past."""
IDLE: Final = 3.0
"""Patience lost when a turn brings nothing: no question, no answer, no step."""
_HARM: Final = frozenset({"overpromise", "disparage", "pressure", "dismiss", "concede_price"})


def felt(scenario: Scenario, state: State, heard: Heard, before: State) -> State:
    """Everybody's temper after a rep turn; those who were not spoken to feel half of it.

    `state` already holds the turn and its red lines' effects, `before` is how things stood when it began.
    """
    people = {
        id: _after_turn(
            temper, heard, before, scenario.difficulty, share=1.0 if heard.to in (id, "") else 0.5
        )
        for id, temper in state.people.items()
    }
    return replace(state, people=people)


def after_telling(state: State, tellers: Sequence[str]) -> State:
    """Having told something eases: a little trust and patience for whoever told it."""
    people = dict(state.people)
    for who in tellers:
        people[who] = people[who].moved(trust=TOLD, patience=TOLD)
    return replace(state, people=people)


def after_objections(scenario: Scenario, state: State, moved: Moved) -> State:
    """An objection that moved moves the temper of its owner."""
    people = dict(state.people)
    for objection in scenario.objections:
        who = owner(scenario, objection)
        if objection.id in moved.resolved:
            people[who] = people[who].moved(3, 3, 8)
        elif objection.id in moved.softened:
            people[who] = people[who].moved(1, 1, 3)
        elif objection.id in moved.hardened:
            people[who] = people[who].moved(-2, -4, -6)
    return replace(state, people=people)


def _after_turn(temper: Temper, heard: Heard, before: State, easy: Difficulty, *, share: float) -> Temper:
    """One person's temper. Acts that crossed a red line are left out: its own effect says what they cost."""
    acts = heard.acts - (_HARM if heard.crossed else frozenset())
    last = before.heard[-1] if before.heard else None
    gain = _gain(acts, last.acts if last else frozenset(), len(heard.won), temper.trust)
    trust = min(MOST_GAIN, gain) * easy.trust_gain + _loss(acts) * easy.trust_loss
    patience = sum(PATIENCE.get(act, 0) for act in acts) + sum(SLIPS[slip] for slip in heard.slips)
    patience += 1.5 * min(2, len(heard.won))
    open_before = any(now.state == "raised" for now in before.objections.values())
    if open_before and heard.text.strip() and dodges(heard, last):
        patience -= DODGE
        trust -= easy.trust_loss
    if not acts - {"small_talk", "evade"} and not heard.slips & {"silence", "out_of_role"}:
        patience -= IDLE
    willingness = 3.0 * len(heard.won) + 0.4 * min(0.0, trust)
    moved = temper.moved(trust * share, patience * share, willingness * share)
    return moved.moved(patience=-easy.patience_per_turn)


def _gain(acts: frozenset[str], last: frozenset[str], points: int, trust: float) -> float:
    """Trust won by acts (less when nothing came of them or they repeat the turn before) and by key points."""
    if acts <= {"acknowledge", "small_talk"} and "acknowledge" in last and not points:
        return 0.0
    acted = sum(max(0.0, TRUST.get(act, 0)) * (0.5 if act in last else 1.0) for act in acts)
    return (acted * (1.0 if points else 0.6) + 2.0 * points) * min(1.0, (100 - trust) / FULL_UP_TO)


def _loss(acts: frozenset[str]) -> float:
    return sum(min(0.0, TRUST.get(act, 0)) for act in acts)
