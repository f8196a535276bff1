"""Trust and patience along a session, and the at most three moments where they turned."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from coach.vocabulary import HARMFUL_ACTS, REP_ACTS, Language, name
from ui.views.practice import Moment, Turning
from ui.words import say

if TYPE_CHECKING:
    from coach.practice.session import Session as Talk
    from coach.practice.state import Heard

FELT: Final = 5.0
"""A change of trust or patience, of 100, from which a moment counts as a turning point."""
MOST: Final = 3


def moments(talk: Talk) -> tuple[Moment, ...]:
    """The two curves, one point after each exchange; they begin at 0 as the customer came in."""
    points = [Moment(point.seconds, point.trust, point.patience) for point in talk.curve]
    if points and points[0].at > 0:
        points.insert(0, Moment(0.0, points[0].trust, points[0].patience))
    return tuple(points)


def turnings(talk: Talk, language: Language) -> tuple[Turning, ...]:
    """The biggest turns, in the order of time; patience drains by itself, only what exceeds that counts."""
    drain = talk.scenario.difficulty.patience_per_turn
    found: list[tuple[float, Turning]] = []
    for (before, after), exchange in zip(pairwise(talk.curve), talk.log.exchanges, strict=False):
        trust, patience = after.trust - before.trust, after.patience - before.patience + drain
        curve = "trust" if abs(trust) >= abs(patience) else "patience"
        change = trust if curve == "trust" else patience
        if abs(change) < FELT:
            continue
        what = _what(exchange.heard, change, language)
        effect = say(f"{curve}_{'up' if change > 0 else 'down'}", language)
        tone = "good" if change > 0 else "bad"
        at = after.seconds
        found.append(
            (
                abs(change),
                Turning(
                    at,
                    what,
                    effect,
                    "trust" if curve == "trust" else "patience",
                    "good" if tone == "good" else "bad",
                ),
            )
        )
    biggest = sorted(found, key=lambda pair: -pair[0])[:MOST]
    return tuple(sorted((turning for _, turning in biggest), key=lambda turning: turning.at))


def _what(heard: Heard, change: float, language: Language) -> str:
    """What the rep did there, in the field's words."""
    if change > 0:
        act = next((act for act in REP_ACTS if act in heard.acts), None)
        return name(act, language) if act else say("hit_a_point", language)
    if heard.crossed:
        return say("crossed", language)
    act_done = next((act for act in (*HARMFUL_ACTS, "evade") if act in heard.acts), None)
    return name(act_done, language) if act_done else say("turn_missed", language)
