"""Concept phrases in an utterance: found whatever the case, width or spacing, and not counted where they are denied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.reading.offline.view import dense, view

_DENIAL_ZH: Final = re.compile(
    r"(?:甭管|不管|不用|不需要|不必|没必要|别|别提|不是说|不是(?:问|要|讲)|没(?:有)?(?:说|问|打算|想)|谁说|先不(?:说|谈|问|讲)|不谈|不问|不想)[^,，。!！?？;；]{0,8}$"
)
_DENIAL_EN: Final = re.compile(
    r"(?:\b(?:don't|do not|doesn't|does not|didn't|not|never|no|without|needn't|won't|isn't|aren't|forget|skip|rather than|instead of)\b)[^,.;!?]{0,24}$"
)
_A_NOT_A: Final = re.compile(r"([\u4e00-\u9fff])[不没]\1")
"""用不用, 说没说: a question, not a denial."""
_REACH: Final = 34


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a group found in an utterance, as offsets in its text; `denied` when its clause takes it back."""

    group: int
    start: int
    end: int
    denied: bool


def hits(groups: tuple[tuple[str, ...], ...], text: str) -> list[Hit]:
    """Every phrase of every group in `text`, in order of group and place."""
    whole = view(text)
    tight = dense(text)
    found = []
    for number, group in enumerate(groups):
        for phrase in group:
            pattern, spaced = _pattern(phrase)
            seen = whole if spaced else tight
            for match in pattern.finditer(seen.plain):
                start, end = seen.span(match.start(), match.end())
                found.append(Hit(number, start, end, _denied(whole.plain, whole.origin, start, phrase)))
    return found


def occurs(phrases: Iterable[str], text: str) -> bool:
    """Whether any of the phrases stands in `text`, denied or not."""
    whole, tight = view(text).plain, dense(text).plain
    return any(pattern.search(whole if spaced else tight) for pattern, spaced in map(_pattern, phrases))


@lru_cache(maxsize=8192)
def _pattern(phrase: str) -> tuple[re.Pattern[str], bool]:
    """How a phrase is looked for, and whether in the spaced view (Latin words have edges, Chinese has none)."""
    plain = view(phrase.strip()).plain
    if re.search(r"[\u4e00-\u9fff]", plain):
        tight = re.escape(dense(plain).plain)
        left = r"(?<![\d.])" if tight[:1].isdigit() else ""
        return re.compile(left + tight), False
    pieces = [re.escape(piece) for piece in re.split(r"[\s-]+", plain) if piece]
    body = r"[\s-]*".join(pieces) if pieces else r"(?!)"
    left = r"(?<![a-z0-9.])" if plain[:1].isalnum() else ""
    short = len(plain) <= 3 or plain[-1:].isdigit()
    right = (
        r"(?![a-z0-9])(?!\.\d)"
        if short and plain[-1:].isalnum()
        else r"(?!\.\d)"
        if plain[-1:].isdigit()
        else ""
    )
    return re.compile(left + body + right), True


def _denied(plain: str, origin: tuple[int, ...] | range, start: int, phrase: str) -> bool:
    """Whether the words just before a phrase deny it, inside its clause; a phrase that denies by itself is meant so."""
    at = next((i for i, source in enumerate(origin) if source >= start), len(plain))
    before = _A_NOT_A.sub(r"\1", plain[max(0, at - _REACH) : at])
    pattern = _DENIAL_ZH if re.search(r"[\u4e00-\u9fff]", before + phrase) else _DENIAL_EN
    return pattern.search(before) is not None
