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
TOKEN: Final = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+(?:[’'-][^\W\d_{_HAN}]+)*|\d+|[^\s]")
_POSSESSIVE: Final = re.compile(r"[’']s$")
_BEGINS: Final = frozenset('.!?。！？"“')
EDGE: Final = "edge"
"""That the sentence has ended or not begun where one looks."""
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
    found = TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(match[0], match.start(), match.end()) for match in found]


def clues(cut: Cut, row: list[Token]) -> list[list[str]]:
    """The clues of every token of a sentence, in the words that the tagger is taught with."""
    own = [[*of_itself(token.text), *_of_place(cut, token)] for token in row]
    low = [token.text.casefold() for token in row]
    found = [["b", f"t={word}", *those] for word, those in zip(low, own, strict=True)]
    for at, those in enumerate(found):
        for step in (-3, *_NEAR, 3):
            other = at + step
            if not 0 <= other < len(row):
                those.append(_seen_from(step, EDGE))
                continue
            those.append(_seen_from(step, f"t={low[other]}"))
            if step in _NEAR:
                those += [_seen_from(step, clue) for clue in own[other] if not clue.startswith(_OF_ITSELF)]
        those += _joint(row, low, at)
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
        found.append(beginning(low[at], before[-1] if before else None))
    return found


def beginning(word: str, before: str | None) -> str:
    """What a word with a large first letter shows, in small letters, behind the one before it."""
    begins = before is None or before[-1] in _BEGINS
    return f"begins={begins} ord={_bare(word) in ordinary_words()}"


def of_itself(text: str) -> tuple[str, ...]:
    """What a token shows wherever it stands."""
    shape = _shape(text)
    if shape == "h":
        return (f"sh={shape}", *_of_character(text))
    if shape[0] in "Xx":
        return (f"sh={shape}", *_of_word(text))
    return (f"sh={shape}",)


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


def _of_character(one: str) -> tuple[str, ...]:
    surname = "common" if one in SURNAMES else "word_too" if one in ALSO_WORDS else "-"
    return (f"sur={surname}", f"given={one in GIVEN}", f"brand={one in LIKE_A_BRAND}")


def leads(one: str) -> str:
    """What a character can begin: S a name with its surname, G a given name, - none."""
    return "S" if one in SURNAMES or one in ALSO_WORDS else follows(one)


def follows(one: str) -> str:
    """G for a character of which given names are made, otherwise -."""
    return "G" if one in GIVEN else "-"


def around(
    kinds: str, two: bool, three: bool, behind: bool, titles: tuple[bool, ...], compound: bool
) -> tuple[str, ...]:
    """What stands around a Chinese character.

    `kinds` say what it `leads` and how the two after it follow; `two`, `three` and `behind` whether it makes a word with
    those and with the one before it; `titles` whether a title begins right behind it, one further or two.
    """
    return (
        f"row={kinds}",
        f"d2={two}",
        f"d3={three}",
        f"d2b={behind}",
        *(f"title+{given}" for given, begins in enumerate(titles) if begins),
        *(["compound"] if compound else []),
    )


def _of_place(cut: Cut, token: Token) -> list[str]:
    """What a Chinese character shows where it stands."""
    if _shape(token.text) != "h":
        return []
    text, start, end = cut.text, token.start, token.end
    three = text[start : start + 3]
    found = [
        *around(
            leads(three[0]) + "".join(map(follows, three[1:])),
            in_dictionary(three[:2]),
            in_dictionary(three),
            in_dictionary(text[max(0, start - 1) : end]),
            tuple(TITLE.match(text, end + given) is not None for given in (0, 1, 2)),
            COMPOUND.match(text, start) is not None,
        )
    ]
    if (number := cut.number_over(start)) is not None:
        word = cut.words[number]
        found += of_cut(word.text, word.tag, _place(word, start, end))
    return found


def _place(word: Word, start: int, end: int) -> str:
    if word.end - word.start == 1:
        return "S"
    return "B" if start == word.start else "E" if end == word.end else "M"


def of_cut(word: str, tag: str, place: str) -> tuple[str, ...]:
    """What the word says that the cutter put a character into."""
    found = (
        f"wp={place}",
        f"wt={tag}",
        f"wl={min(4, len(word))}",
        f"wtp={tag}{place}",
        f"dict={in_dictionary(word)}",
    )
    return (*found, f"w={word}") if len(word) <= 4 else found
