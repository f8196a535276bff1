"""Clues: what can be seen in a word and around it that speaks for or against its being part of a name, firm or address.

A sentence is a row of tokens (a Chinese character, a word of letters, a number, a mark); every token has a list of short
strings. The tagger learns what each is worth; no string decides anything here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.privacy.han import Cut, Word, in_dictionary
from coach.privacy.name_words import (
    ALSO_WORDS,
    ALSO_WORDS_EN,
    COMPOUND,
    GIVEN,
    GIVEN_EN,
    SURNAMES,
    TITLE,
)
from coach.privacy.places import LIKE_A_BRAND

ORDINARY: Final = Path(__file__).parent / "artefacts" / "ordinary-en.txt"
_HAN: Final = "\u4e00-\u9fff"
_TOKEN: Final = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+(?:[’'-][^\W\d_{_HAN}]+)*|\d+|[^\s]")
_POSSESSIVE: Final = re.compile(r"[’']s$")
_BEGINS: Final = frozenset('.!?。！？"“')
EDGE: Final = "edge"
"""That the sentence has ended or not begun where one looks."""
_REMEMBERED: Final = 30_000
_NEAR: Final = (-2, -1, 1, 2)
_OF_ITSELF: Final = ("suf=", "pre=", "len=")
"""Clues that only count for the token that has them, not for its neighbours."""


@dataclass(frozen=True, slots=True)
class Token:
    """Code points `start`..`end` of a text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """English words that people write small: what is none of them and begins large is mostly somebody or something."""
    return frozenset(ORDINARY.read_text(encoding="utf-8").split())


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens between two places of a text, in order."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(match[0], match.start(), match.end()) for match in found]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a sentence shows: every token's own clues, its word in small letters, and clues of words together.

    `joint` are (number of the token, clue).
    """

    own: list[tuple[str, ...]]
    low: list[str]
    joint: list[tuple[int, str]]


def seen(cut: Cut, row: list[Token]) -> Seen:
    """What a sentence shows."""
    own = [tuple(_own(cut, token)) for token in row]
    low = [token.text.casefold() for token in row]
    return Seen(own, low, [(at, clue) for at in range(len(row)) for clue in _joint(row, low, at)])


def clues(cut: Cut, row: list[Token]) -> list[list[str]]:
    """The clues of every token of a sentence, in the words that the tagger is taught with."""
    told = seen(cut, row)
    found = [["b", f"t={word}", *own] for word, own in zip(told.low, told.own, strict=True)]
    for at, those in enumerate(found):
        for step in (-3, *_NEAR, 3):
            other = at + step
            if not 0 <= other < len(row):
                those.append(_seen_from(step, EDGE))
                continue
            those.append(_seen_from(step, f"t={told.low[other]}"))
            if step in _NEAR:
                those += [
                    _seen_from(step, clue) for clue in told.own[other] if not clue.startswith(_OF_ITSELF)
                ]
    for at, clue in told.joint:
        found[at].append(clue)
    return found


def _seen_from(step: int, clue: str) -> str:
    """A clue as a token sees it that stands so many places before it (below 0: behind it)."""
    return f"{step}{clue}"


def _joint(row: list[Token], low: list[str], at: int) -> list[str]:
    """What a token's neighbours say together with it."""
    found = []
    before, after = low[max(0, at - 2) : at], low[at + 1 : at + 3]
    if after:
        found.append(f"t+1={low[at]}{after[0]}")
    if before:
        found.append(f"t-1={before[-1]}{low[at]}")
    if len(before) == 2:
        found.append(f"t-21={before[0]}{before[1]}")
    if len(after) == 2:
        found.append(f"t12={after[0]}{after[1]}")
    if before and after:
        found.append(f"around={before[-1]}_{after[0]}")
    if row[at].text[0].isupper():
        begins = not before or before[-1] in _BEGINS
        found.append(f"begins={begins} ord={_bare(low[at]) in ordinary_words()}")
    return found


def _own(cut: Cut, token: Token) -> list[str]:
    """What a token shows by itself."""
    shape = _shape(token.text)
    if shape == "h":
        return [f"sh={shape}", *_of_character(cut, token)]
    if shape[0] in "Xx":
        return [f"sh={shape}", *_of_word(token.text)]
    return [f"sh={shape}"]


def _shape(text: str) -> str:
    if "\u4e00" <= text[0] <= "\u9fff":
        return "h"
    if text.isdigit():
        return f"d{min(len(text), 4)}"
    if not text[0].isalpha():
        return "p"
    if text.isupper() and len(text) > 1:
        return "X"
    return "x" if text.islower() else "Xx" if text[0].isupper() else "xX"


def _of_word(text: str) -> list[str]:
    bare = _bare(text)
    name, low = bare.capitalize(), bare.casefold()
    return [
        f"given={name in GIVEN_EN}",
        f"word_too={name in ALSO_WORDS_EN}",
        f"ord={low in ordinary_words()}",
        f"suf={low[-3:]}",
        f"pre={low[:2]}",
        f"len={min(len(low), 9)}",
    ]


def _bare(text: str) -> str:
    return _POSSESSIVE.sub("", text)


def _of_character(cut: Cut, token: Token) -> list[str]:
    text, start, end = cut.text, token.start, token.end
    found = [*_ahead(text[start : start + 3]), _behind(text[max(0, start - 1) : end])]
    found += (f"title+{given}" for given in (0, 1, 2) if TITLE.match(text, end + given))
    if COMPOUND.match(text, start):
        found.append("compound")
    number = cut.number_over(start)
    if number is not None:
        word = cut.words[number]
        found += _of_cut(word.text, word.tag, _place(word, start, end))
    return found


@lru_cache(maxsize=_REMEMBERED)
def _ahead(three: str) -> tuple[str, ...]:
    """What a character shows by itself and with the two after it."""
    one = three[0]
    surname = "common" if one in SURNAMES else "word_too" if one in ALSO_WORDS else "-"
    row = "".join(
        "S" if n == 0 and (char in SURNAMES or char in ALSO_WORDS) else "G" if char in GIVEN else "-"
        for n, char in enumerate(three)
    )
    return (
        f"sur={surname}",
        f"given={one in GIVEN}",
        f"brand={one in LIKE_A_BRAND}",
        f"row={row}",
        f"d2={in_dictionary(three[:2])}",
        f"d3={in_dictionary(three)}",
    )


@lru_cache(maxsize=_REMEMBERED)
def _behind(two: str) -> str:
    return f"d2b={in_dictionary(two)}"


def _place(word: Word, start: int, end: int) -> str:
    if word.end - word.start == 1:
        return "S"
    return "B" if start == word.start else "E" if end == word.end else "M"


@lru_cache(maxsize=_REMEMBERED)
def _of_cut(word: str, tag: str, place: str) -> tuple[str, ...]:
    """What the word says that the cutter put a character into."""
    found = (
        f"wp={place}",
        f"wt={tag}",
        f"wl={min(4, len(word))}",
        f"wtp={tag}{place}",
        f"dict={in_dictionary(word)}",
    )
    return (*found, f"w={word}") if len(word) <= 4 else found
