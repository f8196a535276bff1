"""The hint ladder: a direction, then which check is open, then an example. Each rung costs more; none in an
exam.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.practice.checks import Item, Ledger, Scene, open_items
from scenarios.rubric import Rubric

Rung = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Hint:
    """A bought hint: `check` is the item it is about, `cost` the points it takes off."""

    rung: Rung
    check: str
    text: str
    cost: float


def next_rung(taken: Sequence[Hint], ledger: Ledger) -> Rung:
    """The rung that the next hint stands on: the ladder of the last target goes on until that target is
    done.
    """
    if not taken or ledger.proved(taken[-1].check) or taken[-1].rung == 3:
        return 1
    return 2 if taken[-1].rung == 1 else 3


def next_hint(
    items: Sequence[Item], ledger: Ledger, scene: Scene, rubric: Rubric, taken: Sequence[Hint]
) -> Hint | None:
    """The next hint; None when everything that can be helped is done or was helped already.

    Offered are only items that the rep could earn with the next sentence; the heaviest first, key points
    before generic checks.
    """
    rung = next_rung(taken, ledger)
    cost = rubric.hint_costs[rung - 1]
    if rung != 1:
        item = next(item for item in items if item.id == taken[-1].check)
    else:
        done = {hint.check for hint in taken}
        able = [
            item
            for item in open_items(items, ledger, scene)
            if item.kind != "red_line" and item.id not in done
        ]
        able = [item for item in able if item.hint]
        if not able:
            return None
        item = max(able, key=lambda one: (one.kind == "key_point", one.weight))
    text = item.hint if rung == 1 else item.check.statement if rung == 2 else item.check.examples[0]
    return Hint(rung, item.id, text, cost)
