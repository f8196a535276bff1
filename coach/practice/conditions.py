"""Evaluates the scenario's conditions against where the conversation stands. Pure; see
scenarios.condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.practice.asked import asks_about
from coach.practice.state import Heard, State, Temper
from scenarios.condition import Condition
from scenarios.schema import Scenario


@dataclass(frozen=True, slots=True)
class View:
    """From where a condition is read: acts, questions and red lines count after rep turn `since`, `who` is
    meant where the condition names nobody."""

    scenario: Scenario
    state: State
    who: str
    since: int = 0

    def rep_turns(self) -> tuple[Heard, ...]:
        """The rep turns that count."""
        return self.state.heard[self.since :]

    def temper(self, who: str | None) -> Temper:
        """The temper of the person who is meant."""
        return self.state.people[who or self.who]


def holds(condition: Condition, view: View) -> bool:
    """Whether every part of `condition` holds."""
    return (
        all(holds(part, view) for part in condition.all_of or ())
        and (condition.any_of is None or any(holds(part, view) for part in condition.any_of))
        and not any(holds(part, view) for part in condition.none_of or ())
        and _facts_hold(condition, view)
        and _counts_hold(condition, view)
        and _tempers_hold(condition, view)
    )


def _facts_hold(condition: Condition, view: View) -> bool:
    state = view.state
    if condition.fact is not None and condition.fact not in state.facts:
        return False
    if condition.key_point is not None and condition.key_point not in state.won:
        return False
    if condition.objection is not None:
        standing = state.objections[condition.objection]
        words = condition.state or ()
        if condition.times == 1:
            return any(standing.is_in(word) for word in words)
        return sum(standing.times(word) for word in words) >= condition.times
    return True


def _counts_hold(condition: Condition, view: View) -> bool:
    turns = view.rep_turns()
    if condition.act is not None:
        done = sum(condition.act in one.acts and condition.to in (None, one.to) for one in turns)
        if done < condition.times:
            return False
    if condition.asked is not None:
        asked = condition.asked
        if sum(asks_about(view.scenario, one, asked) for one in turns) < condition.times:
            return False
    if condition.red_line is not None:
        crossed = [id for one in turns for id in one.crossed if condition.red_line in ("any", id)]
        if len(crossed) < condition.times:
            return False
    return True


def _tempers_hold(condition: Condition, view: View) -> bool:
    temper = view.temper(condition.who)
    if condition.trust_at_least is not None and temper.trust < condition.trust_at_least:
        return False
    if condition.patience_at_most is not None and temper.patience > condition.patience_at_most:
        return False
    if condition.willingness_at_least is not None and temper.willingness < condition.willingness_at_least:
        return False
    return condition.turns_at_least is None or view.state.turns >= condition.turns_at_least
