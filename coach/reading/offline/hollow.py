"""Hollow words: clauses of a rep that say nothing, so that talking longer neither earns nor costs a verdict.

A clause is hollow when nothing useful or harmful was read in it, no word of what is asked about stands in it and it
names no figure: hesitations, throat-clearing, the weather, the traffic. Dictation to the record says nothing either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from coach.conversation import Conversation
from coach.reading.dictated import is_dictated
from coach.reading.engine import Check
from coach.reading.offline import concepts
from coach.reading.offline.evidence import Evidence
from coach.vocabulary import REPLY_ACTS

NOTHING_READ: Final = 0.4
"""Every telling act must stay below this; where the reader sees an act, the clause is none of ours."""
LIKE_NOTHING: Final = 0.2
"""A clause with less than this of everything is hollow even when nothing tells that it is."""
SAYS_SO: Final = 0.25
"""From this on small talk or stalling tells that a clause is hollow."""
SAYS_BACK: Final = 0.05
"""Share of the customer's word pairs below which nothing of theirs is said back."""
_TELLING: Final = frozenset(REPLY_ACTS) - {"evade", "small_talk", "dismiss", "solution_point"}
_FIGURES: Final = frozenset({"number", "money", "percent"})


def hushed(
    conversation: Conversation,
    heard: Sequence[tuple[Evidence, Mapping[str, float]]],
    checks: Sequence[Check],
) -> Conversation:
    """The conversation with the hollow clauses of the rep turns in `heard` blanked, every offset kept.

    A turn of nothing else stays as it is.
    """
    empty: dict[int, list[Evidence]] = {}
    solid: set[int] = set()
    for clause, scores in heard:
        if clause.role != "rep":
            continue
        if _hollow(clause, conversation.turn(clause.clause.turn).text, scores, checks):
            empty.setdefault(clause.clause.turn, []).append(clause)
        else:
            solid.add(clause.clause.turn)
    blanked = {number: gone for number, gone in empty.items() if number in solid}
    if not blanked:
        return conversation
    turns = tuple(
        replace(turn, text=_blanked(turn.text, blanked[turn.number])) if turn.number in blanked else turn
        for turn in conversation.turns
    )
    return replace(conversation, turns=turns)


def _hollow(clause: Evidence, turn: str, scores: Mapping[str, float], checks: Sequence[Check]) -> bool:
    if is_dictated(turn, clause.clause.start, clause.clause.end):
        return True
    if clause.cues & _FIGURES or "grader_talk" in clause.around:
        return False
    most = max(scores.get(act, 0.0) for act in _TELLING - _groundless(clause))
    nothing = max(scores.get("small_talk", 0.0), scores.get("evade", 0.0))
    if most >= NOTHING_READ or (nothing < SAYS_SO and most >= LIKE_NOTHING):
        return False
    return not any(concepts.hits(check.concepts, clause.clause.text) for check in checks if check.concepts)


def _groundless(clause: Evidence) -> set[str]:
    """Acts that such a clause cannot carry, however it sounds: a tag ("right?") says nothing back, no sum gives nothing away."""
    acts = set()
    if clause.overlap < SAYS_BACK and "restate_open" not in clause.cues:
        acts.add("restate")
    if not clause.cues & {"price_word", "price_cut", "price_accept"}:
        acts.add("concede_price")
    return acts


def _blanked(text: str, gone: Sequence[Evidence]) -> str:
    for one in gone:
        start, end = one.clause.start, one.clause.end
        text = text[:start] + " " * (end - start) + text[end:]
    return text
