"""Where a missed check was due: the rep's turn from which it is worth doing again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.practice.checks import Item
    from coach.practice.session import Session as Talk


def redo_turn(talk: Talk, item: Item) -> int | None:
    """The rep's turn at which the check was due; None when no single turn can be named.

    What takes an objection in or asks about it was due in the turn that began to answer it; what rests on a fact, in
    the first turn after that fact was out.
    """
    from coach.practice.checks import ANSWERS

    first = item.after_objection and not set(item.check.acts) & ANSWERS
    facts = {said.fact for said in talk.log.opening if said.fact}
    for exchange in talk.log.exchanges:
        out = item.requires_fact is None or item.requires_fact in facts
        if out and item.requires_fact is not None:
            return exchange.heard.turn
        if out and first and exchange.heard.acts & ANSWERS:
            return exchange.heard.turn
        facts |= {said.fact for said in exchange.said if said.fact}
    return None
