"""How a rep turn moves trust, patience and willingness. Our own starting values; a scenario scales
them.

Good acts help most when they earn something (a key point, an answer); saying the same kind thing
again helps less, and bare acknowledgement twice in a row helps nobody. Losses weigh more than gains
(`trust_loss`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.practice.state import Heard, State, Temper
from scenarios.schema import Difficulty

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
IDLE: Final = 3.0
"""Patience lost when a turn brings nothing: no question, no answer, no step."""
_HARM: Final = frozenset({"overpromise", "disparage", "pressure", "dismiss", "concede_price"})


@dataclass(frozen=True, slots=True)
class Earned:
    """What the turn achieved beside its acts."""

    points: int = 0
    facts: int = 0
    dodged: bool = False


def after_turn(
    temper: Temper, heard: Heard, state: State, easy: Difficulty, earned: Earned, *, to_them: bool
) -> Temper:
    """A person's temper after a rep turn; those who were not addressed feel half of it.

    Acts that crossed a declared red line are left out: the red line's own effect says what they cost.
    """
    acts = heard.acts - (_HARM if heard.crossed else frozenset())
    fresh = 1.0 if earned.points or earned.facts else 0.6
    last = state.heard[-1].acts if state.heard else frozenset[str]()
    gain = sum(max(0.0, TRUST.get(act, 0)) * (0.5 if act in last else 1.0) for act in acts) * fresh
    if acts <= {"acknowledge", "small_talk"} and "acknowledge" in last:
        gain = 0.0
    gain = (gain + 2.0 * earned.points + 1.0 * earned.facts) * min(1.0, (100 - temper.trust) / FULL_UP_TO)
    loss = sum(min(0.0, TRUST.get(act, 0)) for act in acts)
    trust = min(MOST_GAIN, gain) * easy.trust_gain + loss * easy.trust_loss
    patience = sum(PATIENCE.get(act, 0) for act in acts) + sum(SLIPS[slip] for slip in heard.slips)
    patience += 1.5 * min(2, earned.points) + 1.0 * earned.facts
    if earned.dodged:
        patience -= 3.0
        trust -= 1.0 * easy.trust_loss
    if not acts - {"small_talk", "evade"} and not heard.slips & {"silence", "out_of_role"}:
        patience -= IDLE
    willingness = 3.0 * earned.points + 0.4 * min(0.0, trust)
    share = 1.0 if to_them else 0.5
    moved = temper.moved(trust * share, patience * share, willingness * share)
    return moved.moved(patience=-easy.patience_per_turn)
