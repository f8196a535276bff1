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


def clues(cut: Cut, row: list[Token]) -> list[list[str]]:
    """The clues of every token of a sentence."""
    own = [_own(cut, token) for token in row]
    low = [token.text.casefold() for token in row]
    return [_all(row, own, low, at) for at in range(len(row))]


def _all(row: list[Token], own: list[list[str]], low: list[str], at: int) -> list[str]:
    found = ["b", f"t={low[at]}", *own[at]]
    for step in (-3, *_NEAR, 3):
        other = at + step
        if not 0 <= other < len(row):
            found.append(f"{step}edge")
            continue
        found.append(f"{step}t={low[other]}")
        if step in _NEAR:
            found += [f"{step}{clue}" for clue in own[other] if not clue.startswith(_OF_ITSELF)]
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
    one = token.text
    surname = "common" if one in SURNAMES else "word_too" if one in ALSO_WORDS else "-"
    row = "".join(
        "S" if n == 0 and (char in SURNAMES or char in ALSO_WORDS) else "G" if char in GIVEN else "-"
        for n, char in enumerate(text[start : start + 3])
    )
    found = [
        f"sur={surname}",
        f"given={one in GIVEN}",
        f"brand={one in LIKE_A_BRAND}",
        f"row={row}",
        f"d2={in_dictionary(text[start : start + 2])}",
        f"d2b={in_dictionary(text[max(0, start - 1) : end])}",
        f"d3={in_dictionary(text[start : start + 3])}",
        *(f"title+{given}" for given in (0, 1, 2) if TITLE.match(text, end + given)),
    ]
    if COMPOUND.match(text, start):
        found.append("compound")
    number = cut.number_over(start)
    return found if number is None else [*found, *_of_cut(cut.words[number], start, end)]


def _of_cut(word: Word, start: int, end: int) -> list[str]:
    """What the word says that the cutter put a character into."""
    if word.end - word.start == 1:
        place = "S"
    else:
        place = "B" if start == word.start else "E" if end == word.end else "M"
    found = [f"wp={place}", f"wt={word.tag}", f"wl={min(4, len(word.text))}", f"wtp={word.tag}{place}"]
    found.append(f"dict={in_dictionary(word.text)}")
    return [*found, f"w={word.text}"] if len(word.text) <= 4 else found
