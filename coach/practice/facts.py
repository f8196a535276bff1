"""What the customer tells when asked: one fact a question, only to the right question, only from some trust
on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach.practice.asked import fits
from coach.practice.state import Heard, State
from scenarios.schema import Fact, Scenario


@dataclass(frozen=True, slots=True)
class Reply:
    """How the customer takes a question: `told` frees the fact, else it was asked too early (or is never
    told).
    """

    fact: Fact
    told: bool


def may_tell(fact: Fact, state: State, who: str) -> bool:
    """Whether the fact's person would tell it to the right question now."""
    unlock = fact.unlock
    return (
        not unlock.never
        and set(unlock.after) <= set(state.facts)
        and state.people[who].trust >= unlock.trust_at_least + state.trust_extra
    )


def replies(scenario: Scenario, state: State, heard: Heard, listeners: Mapping[str, bool]) -> list[Reply]:
    """What the questions of this turn get out of each person who is listening: at most one fact a person.

    `listeners` says who may answer and whether they were spoken to. Facts that may be told come before
    those asked too early; then the best match (topics met, nearness), then the lowest threshold.
    """
    found: list[Reply] = []
    for who in listeners:
        asked = [
            (fact, fit)
            for fact in scenario.private_facts
            if owner(scenario, fact) == who
            and fact.id not in state.facts
            and (fit := fits(scenario, heard, fact)) > 0
        ]
        if not asked:
            continue
        ready = [(fact, fit) for fact, fit in asked if may_tell(fact, state, who)]
        best = max(ready or asked, key=lambda pair: (round(pair[1], 1), -pair[0].unlock.trust_at_least))
        if ready or best[0].guarded:
            found.append(Reply(best[0], bool(ready)))
    return found


def known_already(scenario: Scenario, state: State, heard: Heard) -> bool:
    """Whether the turn asks, in nearly the author's words, for something that was told before."""
    return any(
        fact.id in state.facts and fits(scenario, heard, fact) >= 1.5 for fact in scenario.private_facts
    )


def owner(scenario: Scenario, fact: Fact) -> str:
    """Who can tell it."""
    return fact.who or scenario.main.id
