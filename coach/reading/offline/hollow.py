"""Hollow words: pieces of a rep's talk that say nothing, so that talking longer neither earns nor costs a verdict.

How hollow a piece sounds is told from its own words alone, by a head that was taught on what people say when they say
nothing: hesitations, throat-clearing, the weather, the traffic. Idle talk comes in runs, and so does talk of the deal: a
chain of two states over the pieces of a turn decides what they are together. A piece with a figure or a word of what is
asked about must be hollow beyond doubt. Dictation to the record says nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from coach.conversation import Conversation, Turn
from coach.reading.dictated import is_dictated
from coach.reading.engine import Check
from coach.reading.offline import concepts
from coach.reading.offline.clauses import Clause, pieces
from coach.reading.offline.evidence import Evidence, gather, words
from coach.reading.offline.judge import HOLDS, Judge
from coach.reading.offline.roles import roles_of
from coach.vocabulary import Language

SURELY: Final = 0.8
"""From here on a piece is hollow even with a figure or a word of what is asked about in it: 一路过来, 今天这天儿."""
STAYS: Final = (0.95, 0.85)
"""How often talk that tells something goes on telling, and idle talk idle, from one piece to the next."""
NEITHER: Final[Mapping[Language, float]] = {"zh": 0.65, "en": 0.8}
"""The head's probability that speaks neither way, by language: it takes many a plain English clause for chat."""
HARDLY: Final = 0.25
"""The most that a piece with a figure or a word of what is asked about can sound hollow below that."""
_TELLING: Final = frozenset({"money", "percent", "time_day", "title"})
_TAG: Final = 3
"""Up to so many words (Chinese characters) a question back is a mere tag."""
_DIGIT: Final = re.compile(r"\d|[二两三四五六七八九十百千万]")


def hushed(
    judge: Judge,
    conversation: Conversation,
    first: int,
    checks: Sequence[Check] = (),
    *,
    before: int | None = None,
) -> Conversation:
    """The conversation with the hollow pieces of the rep's turns from `first` on blanked, every offset kept.

    Turns from `before` on are left as they are, and so is a turn of nothing else.
    """
    roles = roles_of(conversation, judge)
    turns = tuple(
        replace(turn, text=_telling(judge, turn.text, conversation.language, checks))
        if first <= turn.number < (before or turn.number + 1) and roles.get(turn.speaker) == "rep"
        else turn
        for turn in conversation.turns
    )
    return conversation if turns == conversation.turns else replace(conversation, turns=turns)


def _telling(judge: Judge, text: str, language: Language, checks: Sequence[Check]) -> str:
    """The text with its hollow pieces blanked; as it is where nothing else would be left."""
    told = pieces(text)
    hollow = in_runs([_hollow(judge, piece, text, language, checks) for piece in told], NEITHER[language])
    left = text
    before = True
    for piece, p in zip(told, hollow, strict=True):
        idle = p >= HOLDS and (before or not _asks_back(piece.text, language))
        if idle:
            left = left[: piece.start] + " " * (piece.end - piece.start) + left[piece.end :]
        before = idle
    return left if any(char.isalnum() for char in left) else text


def in_runs(alone: Sequence[float], neither: float) -> list[float]:
    """How likely each piece is hollow given all of its turn: forward and backward over a chain of two states.

    `neither` is the probability of a piece by itself that speaks neither way.
    """
    seen = [((1 - p) / (1 - neither), p / neither) for p in (min(max(p, 0.005), 0.995) for p in alone)]
    tells, idles = STAYS
    ahead: list[tuple[float, float]] = []
    state = (0.5, 0.5)
    for telling, idle in seen:
        state = _scaled(
            telling * (state[0] * tells + state[1] * (1 - idles)),
            idle * (state[0] * (1 - tells) + state[1] * idles),
        )
        ahead.append(state)
    result: list[float] = []
    behind = (0.5, 0.5)
    for (telling, idle), (before_tells, before_idle) in zip(reversed(seen), reversed(ahead), strict=True):
        result.append(_scaled(before_tells * behind[0], before_idle * behind[1])[1])
        told, hollow = telling * behind[0], idle * behind[1]
        behind = _scaled(told * tells + hollow * (1 - tells), told * (1 - idles) + hollow * idles)
    return result[::-1]


def _scaled(telling: float, idle: float) -> tuple[float, float]:
    return telling / (telling + idle), idle / (telling + idle)


def by_itself(text: str, language: Language) -> Evidence | None:
    """A clause as if nothing had been said around it; None when it has no words."""
    found = gather((Turn(1, "rep", text),), {"rep": "rep"}, language)
    return found[0] if found else None


def _asks_back(text: str, language: Language) -> bool:
    """Whether a piece asks if something was understood, in more than a tag: 我理解得对吗？ but not 对吧？"""
    alone = by_itself(text, language)
    return alone is not None and "restate_check" in alone.cues and len(words(alone.plain)) > _TAG


def _hollow(judge: Judge, piece: Clause, turn: str, language: Language, checks: Sequence[Check]) -> float:
    """How likely the piece by itself says nothing; little where a doubt is enough to leave it."""
    alone = by_itself(piece.text, language)
    if alone is None or is_dictated(turn, piece.start, piece.end):
        return 1.0
    nothing = _says_nothing(judge, alone)
    if "grader_talk" in alone.cues:
        return 0.0
    if nothing >= SURELY:
        return nothing
    named = any(concepts.hits(check.concepts, piece.text) for check in checks if check.concepts)
    telling = named or alone.cues & _TELLING or _DIGIT.search(piece.text)
    return min(nothing, HARDLY) if telling else nothing


@lru_cache(maxsize=4096)
def _says_nothing(judge: Judge, alone: Evidence) -> float:
    return judge.nothing(alone)
