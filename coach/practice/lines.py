"""Which authored line is said: seeded, never the same line twice, and rather one that fits what the rep
just said.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coach.practice.state import State
from scenarios.piece import Line
from scenarios.schema import ANYBODY, GenericKind, Scenario
from scenarios.wording import bare, borrowed


def seeded(scenario: Scenario, seed: int, turn: int) -> random.Random:
    """The dice of one rep turn: the same scenario, seed and turn always throw the same."""
    return random.Random(f"{scenario.id}/{seed}/{turn}")


def choose(pool: Sequence[Line], state: State, dice: random.Random, said: str = "") -> Line | None:
    """A line of `pool` that was not said before and whose facts are out; None when there is none left.

    Lines that lean on facts the rep dug up come first, then those that share words with `said`; else chance
    decides.
    """
    free = [
        line for line in pool if bare(line.text) not in state.said and set(line.needs) <= set(state.facts)
    ]
    if not free:
        return None
    order = list(range(len(free)))
    dice.shuffle(order)
    best = max(
        order, key=lambda i: (len(free[i].needs), round(2 * borrowed(free[i].text, said)) if said else 0)
    )
    return free[best]


def generic_pool(scenario: Scenario, who: str, kind: GenericKind, state: State) -> Sequence[Line]:
    """A person's own generic lines of a kind while there are any left, then the stock ones."""
    own = scenario.generic_lines.get(who, {}).get(kind, ())
    if any(bare(line.text) not in state.said for line in own):
        return own
    return scenario.generic_lines.get(ANYBODY, {}).get(kind, ())


def spoken(state: State, lines: Iterable[str], who: str) -> State:
    """The state after these lines were said by `who`."""
    return replace(state, said=state.said | {bare(line) for line in lines}, last_speaker=who)
