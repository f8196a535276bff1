"""Hollow words: pieces of a rep's talk that say nothing, so that talking longer neither earns nor costs a verdict.

How hollow a piece sounds is told from its own words alone, by a head that was taught on what people say when they say
nothing: hesitations, throat-clearing, the weather, the traffic. Idle talk comes in runs, and so does talk of the deal: a
chain of two states over the pieces of a turn decides what they are together. A piece with a figure or a word of what is
asked about must be hollow beyond doubt. Dictation to the record says nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
STAYS: Final = (0.95, 0.75)
"""How often talk that tells something goes on telling, and idle talk idle, from one piece to the next."""
_AS_AFTER_IDLE: Final = (0.0, 1.0)
"""A turn begins as if idle talk had gone before it: then idle talk that does go before it changes nothing."""
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
        replace(turn, text=telling(judge, turn.text, conversation.language, checks))
        if first <= turn.number < (before or turn.number + 1) and roles.get(turn.speaker) == "rep"
        else turn
        for turn in conversation.turns
    )
    return conversation if turns == conversation.turns else replace(conversation, turns=turns)


def telling(judge: Judge, text: str, language: Language, checks: Sequence[Check]) -> str:
    """The text with its hollow pieces blanked; as it is where nothing else would be left."""
    told = _alone(judge, text, language)
    asked = tuple(dict.fromkeys(phrase for check in checks for group in check.concepts for phrase in group))
    hollow = in_runs([_hollow(one, text, asked) for one in told], NEITHER[language])
    left = text
    before = True
    for one, p in zip(told, hollow, strict=True):
        idle = p >= HOLDS and (before or not one.asks_back)
        if idle:
            left = left[: one.piece.start] + " " * (one.piece.end - one.piece.start) + left[one.piece.end :]
        before = idle
    return left if any(char.isalnum() for char in left) else text


@dataclass(frozen=True, slots=True)
class _Alone:
    """A piece as if nothing had been said around it: how hollow it sounds, the cues in it, whether it asks back."""

    piece: Clause
    nothing: float
    cues: frozenset[str]
    asks_back: bool


@lru_cache(maxsize=512)
def _alone(judge: Judge, text: str, language: Language) -> tuple[_Alone, ...]:
    """Every piece of a turn by itself; remembered, since a turn is asked about kind by kind and stays as context."""
    told = [(piece, by_itself(piece.text, language)) for piece in pieces(text)]
    worded = [evidence for _, evidence in told if evidence is not None]
    sounds = iter(judge.nothing(worded))
    return tuple(
        _Alone(piece, 1.0, frozenset(), False)
        if evidence is None
        else _Alone(piece, next(sounds), evidence.cues, _asks_back(evidence))
        for piece, evidence in told
    )


def in_runs(alone: Sequence[float], neither: float) -> list[float]:
    """How likely each piece is hollow given all of its turn: forward and backward over a chain of two states.

    `neither` is the probability of a piece by itself that speaks neither way.
    """
    seen = [((1 - p) / (1 - neither), p / neither) for p in (min(max(p, 0.005), 0.995) for p in alone)]
    tells, idles = STAYS
    ahead: list[tuple[float, float]] = []
    state = _AS_AFTER_IDLE
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


def _asks_back(alone: Evidence) -> bool:
    """Whether a piece asks if something was understood, in more than a tag: 我理解得对吗？ but not 对吧？"""
    return "restate_check" in alone.cues and len(words(alone.plain)) > _TAG


def _hollow(one: _Alone, turn: str, asked: Sequence[str]) -> float:
    """How likely the piece says nothing; little where a doubt is enough to leave it."""
    if is_dictated(turn, one.piece.start, one.piece.end):
        return 1.0
    if "grader_talk" in one.cues:
        return 0.0
    if not HARDLY < one.nothing < SURELY:
        return one.nothing
    telling = one.cues & _TELLING or _DIGIT.search(one.piece.text) or concepts.occurs(asked, one.piece.text)
    return HARDLY if telling else one.nothing
