"""Was that a question about this? Decides from the act, the topic and nearness to example questions.

A question counts by its sentence and the one before it, so that "你们测过吧？结果怎么样？" holds together
while a heap of key words in one breath does not reach across a whole speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coach.practice.harm import acts_of
from coach.practice.state import Heard
from scenarios.condition import Asked
from scenarios.schema import Fact, Scenario
from scenarios.wording import borrowed, length, nearest, nearness, says_all, says_any, sentences, without

NEAR: Final = 0.62
"""Nearness to an example question from which the wording alone counts as that question."""
REST_ALIKE: Final = 0.13
"""Likeness of the rest of the sentence that makes up for a topic that was put in other words."""
NEARER_TO_WRONG: Final = 0.5
"""Nearness to an `unlike` sentence from which it may veto."""

MOST_QUESTIONS: Final = 3
"""Questions in one breath above which the customer picks one and minds."""

_ASKING: Final = frozenset({"explore", "map_decision", "restate"})
_SPOILING: Final = frozenset({"dismiss", "pressure", "evade", "disparage"})
_MARKED: Final = re.compile(
    r"[?？]|[吗呢]\s*[。！]?$|(?:对不对|是不是|行不行|好不好|可不可以|能不能)\s*[。！]?$"
)
_UNMARKED: Final = re.compile(
    r"什么时候|怎么|为什么|为啥|多少|哪[个位天里家一些]|是谁|有谁|谁[来去讲定签批管写]|几[个号点天时吨台家位年月次]|是不是|有没有"
    r"|\b(?:what|which|who|whose|when|where|why|how)\b "
    r"(?:is|are|was|were|do|does|did|can|could|would|will|many|much|long)\b",
    re.IGNORECASE,
)
_WH: Final = re.compile(r"谁|什么|哪|几|怎|多少|吗|呢|what|which|who|when|where|why|how", re.IGNORECASE)
ECHO: Final = 5
"""Weight up to which a question without a question word is only the customer's word given back."""
_POINTS: Final = re.compile(r"[。！？!?；;，,.]")
_CHECKS_BACK: Final = re.compile(
    r"(?:对吗|对吧|对不对|是吗|是吧|没错吧|这个意思[吧吗]?|理解得?对[吗不]?(?:对)?)\s*[?？]"
    r"|\b(?:right|correct|fair|is that it|is that right|have i got (?:it|that)(?: right)?|did i get that right)\s*\?",
    re.IGNORECASE,
)
_ASKS_CONSENT: Final = re.compile(
    r"(?:行吗|行不行|行么|可以吗|好吗|好不好|成吗|成不成|中不中|您看呢|怎么样|如何|来得及吗|合适吗|方便吗)\s*[?？]"
    r"|(?:sound (?:good|fair|ok|okay|right)|work(?:s)? for you|is that (?:ok|okay|all right|fine)|okay|deal|"
    r"shall we|can (?:we|you) do that)\s*\?"
    r"|^[^，,]{0,6}我们?.{0,14}(?:发|送|来|带|约|安排|准备|递|寄)[^谁什么哪几怎多]{0,14}[?？]$"
    r"|^(?:so|okay|ok|then|well|,|\s)*(?:should|shall|can|could|may) (?:i|we)\b",
    re.IGNORECASE,
)
_WORRY: Final = re.compile(
    r"担心|顾虑|卡在|犹豫|不放心|为什么|为啥|怎么想|什么原因|难处|怕什么|不合适|不满意|哪[儿里]不|什么想法|什么意见|怎么看"
    r"|考虑得|想得怎么样|看得怎么样|看了[吗没]"
    r"|look at the|had a look|your thoughts|what do you (?:think|make)|how do you feel"
    r"|holding you back|worr|concern|hesita|in the way|stopping you|what's behind|\bwhy\b|bother",
    re.IGNORECASE,
)
_TELLING: Final = re.compile(
    r"甭管|不管|别管|无论|不用问|no matter|don't need to know|never mind|regardless", re.IGNORECASE
)


def questions(heard: Heard) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a rep turn that ask something.

    The engine's acts or a question mark say so; in speech that came without any points, question words do.
    """
    found = []
    pointless = not _POINTS.search(heard.text)
    for start, end in sentences(heard.text):
        words = heard.text[start:end]
        labels = acts_of([r for r in heard.readings if r.start < end and start < r.end])
        reads = bool(labels & _ASKING or _MARKED.search(words) or (pointless and _UNMARKED.search(words)))
        if reads and not labels & _SPOILING and not _TELLING.search(words):
            found.append((start, end))
    return found


def wants_to_know(heard: Heard) -> bool:
    """Whether the turn asks for information: not for a nod ("对吗？", "周四行吗？"), not as an echo ("37
    段？").
    """
    for start, end in questions(heard):
        words = heard.text[start:end]
        echo = length(words) <= ECHO and not _WH.search(words)
        if not echo and not _CHECKS_BACK.search(words) and not _ASKS_CONSENT.search(words):
            return True
    return False


def probes_worry(heard: Heard) -> bool:
    """Whether the turn asks, without naming anything, what stands in the way."""
    return any(_WORRY.search(heard.text[start:end]) for start, end in questions(heard))


def asks_about(scenario: Scenario, heard: Heard, asked: Asked) -> bool:
    """Whether the turn does one of the acts while touching every topic."""
    groups = scenario.topics(asked.about)
    return any(says_all(window, groups) for window in _windows(heard, frozenset(asked.acts)))


def fits(scenario: Scenario, heard: Heard, fact: Fact) -> float:
    """How well the turn asks for `fact`: 0 not at all, from 1 on surely (topics met, nearness to the
    examples).

    All topics make the question; half of them do when the rest of the sentence is worded like the rest of an
    example ("30 万太低了吧" and "为什么正好是 30 万" share but the 30); so does plain likeness to an example.
    A sentence nearer to an `unlike` is not the question.
    """
    best = 0.0
    spans = sentences(heard.text)
    for start, end in questions(heard):
        words = heard.text[start:end]
        if _CHECKS_BACK.search(words):
            continue
        like, unlike = nearest(words, fact.unlock.like), nearest(words, fact.unlock.unlike)
        if unlike >= NEARER_TO_WRONG and unlike >= like:
            return 0.0
        if like >= NEAR:
            best = max(best, 1 + like)
        window = heard.text[spans[max(0, spans.index((start, end)) - 1)][0] : end]
        for asked in fact.unlock.asked:
            best = max(best, _topical(scenario, fact, asked, window, words))
    return best


def _topical(scenario: Scenario, fact: Fact, asked: Asked, window: str, words: str) -> float:
    """Topics met by a question, with the likeness of the rest; 0 when that is too little."""
    groups = scenario.topics(asked.about)
    met = [group for group in groups if says_any(window, group)]
    phrases = [phrase for group in met for phrase in group]
    rest = max(
        (nearness(without(words, phrases), without(like, phrases)) for like in fact.unlock.like), default=0.0
    )
    if groups and len(met) == len(groups):
        return len(groups) + rest
    return 0.5 + rest if 2 * len(met) >= len(groups) and met and rest >= REST_ALIKE else 0.0


def asked_before(heard: Heard, earlier: tuple[Heard, ...]) -> bool:
    """Whether a question of this turn was put in nearly the same words before."""
    mine = [heard.text[start:end] for start, end in questions(heard)]
    theirs = [one.text[start:end] for one in earlier for start, end in questions(one)]
    return any(nearest(words, theirs) >= 0.8 and borrowed(words, " ".join(theirs)) >= 0.8 for words in mine)


def _windows(heard: Heard, acts: frozenset[str]) -> Iterator[str]:
    """Each sentence that does one of `acts`, with the sentence before it.

    Where asking is wanted, a sentence that plainly asks counts even when the engine did not name the act.
    """
    spans = sentences(heard.text)
    asking = set(questions(heard)) if acts & _ASKING else set()
    for index, (start, end) in enumerate(spans):
        done = any(r.label in acts and r.start < end and start < r.end for r in heard.readings)
        if (start, end) in asking or (done and (not acts <= _ASKING or (start, end) in asking)):
            yield heard.text[spans[max(0, index - 1)][0] : end]
