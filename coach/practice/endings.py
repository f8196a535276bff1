"""How a talk ends: one named reason, from the scenario's conditions, the clock, patience or nothing left to
say.
"""

from __future__ import annotations

import random
from dataclasses import replace

from coach.practice.conditions import View, holds
from coach.practice.state import Heard, State
from coach.vocabulary import EndReason
from scenarios.condition import Condition
from scenarios.schema import Scenario


def ending(scenario: Scenario, state: State, heard: Heard, dice: random.Random) -> EndReason | None:
    """The reason the talk ends after this rep turn; None when it goes on.

    Walking away is always reachable: patience at zero, or the hazard below the scenario's patience line.
    """
    if _wants(scenario, "advanced", state):
        return "advanced"
    temper = state.people[scenario.main.id]
    hazard = scenario.difficulty.exit_hazard
    thrown = dice.random()
    helped = bool(heard.won)
    if _wants(scenario, "walked_away", state) or temper.patience <= 0:
        return "walked_away"
    if temper.patience < hazard.below_patience and thrown < hazard.per_turn and not helped:
        return "walked_away"
    if "farewell" in heard.slips:
        return "deferred" if _wants(scenario, "deferred", state) else "rep_left"
    if state.elapsed >= scenario.time_limit_minutes * 60:
        return "time_up"
    return "deferred" if _wants(scenario, "deferred", state) else None


def _wants(scenario: Scenario, reason: EndReason, state: State) -> bool:
    """Whether the scenario's condition for this ending holds.

    Here an act or a question without a count means the last rep turn, so that a vague "I'll send it" of
    long ago does not end a talk that has moved on.
    """
    chosen = scenario.endings.get(reason)
    if chosen is None or chosen.when is None:
        return False
    return _holds(chosen.when, scenario, state)


def _holds(condition: Condition, scenario: Scenario, state: State) -> bool:
    """`holds`, with single acts and questions read from the last rep turn."""
    if condition.all_of or condition.any_of or condition.none_of:
        plain = condition.model_copy(update={"all_of": None, "any_of": None, "none_of": None})
        return (
            all(_holds(part, scenario, state) for part in condition.all_of or ())
            and (not condition.any_of or any(_holds(part, scenario, state) for part in condition.any_of))
            and not any(_holds(part, scenario, state) for part in condition.none_of or ())
            and _atom(plain, scenario, state)
        )
    return _atom(condition, scenario, state)


def _atom(condition: Condition, scenario: Scenario, state: State) -> bool:
    recent = (condition.act is not None or condition.asked is not None) and condition.times == 1
    since = max(0, state.turns - 1) if recent else 0
    return holds(condition, View(scenario, state, scenario.main.id, since))


def ended(state: State, reason: EndReason) -> State:
    """The state after the end."""
    return replace(state, ended=reason)
