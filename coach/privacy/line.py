"""Sentences of many texts laid out on one line, a token a place, so that all of them can be weighed at once.

It shows the same as `coach.privacy.clues.clues` does sentence by sentence; what a Chinese character has around it is a
number here, and `around_of` says which clues that number stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from coach.privacy.clues import TOKEN, around, follows, leads
from coach.privacy.han import Cut, dictionary
from coach.privacy.name_words import COMPOUND, TITLE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GAP: Final = 3
"""Empty places before, between and after sentences: nothing is seen from further away."""
APART: Final = 3
"""So many characters of nothing stand between two texts: no character sees further."""
_NOTHING: Final = "\0" * APART
_LEADS: Final = "-GS"
_FOLLOWS: Final = ("-", "G", "")
_TITLES: Final = 3
AROUND: Final = len(_LEADS) * len(_FOLLOWS) ** 2 * 2**3 * 2**_TITLES * 2
"""How many numbers there are for what stands around a character."""
_TITLE_AT: Final = re.compile(f"(?=(?:{TITLE.pattern}))")
_COMPOUND_AT: Final = re.compile(f"(?=(?:{COMPOUND.pattern}))")


@dataclass(frozen=True, slots=True)
class Line:
    """Sentences with gaps before, between and after them.

    `words` are the tokens, "" in the gaps; `starts` and `ends` say where each stands in its own text, `place` where it
    begins in all texts together, `APART` apart; `around` is the number for what stands around a Chinese character, -1
    for any other token. Sentence n is of text `texts[n]` and holds the places from `first[n]` on, `many[n]` of them.
    """

    words: list[str]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    place: NDArray[np.intp]
    around: NDArray[np.intp]
    texts: list[int]
    first: NDArray[np.intp]
    many: NDArray[np.intp]


def laid(cuts: Sequence[Cut], sentence: re.Pattern[str]) -> Line:
    """The sentences of these texts; those without a token are left out."""
    import numpy as np

    no_word, nowhere = [""] * GAP, [0] * GAP
    words, starts, begins = [*no_word], [*nowhere], [*nowhere]
    texts, first, many = [], [], []
    at = 0
    for n, cut in enumerate(cuts):
        for match in sentence.finditer(cut.text):
            row = TOKEN.findall(cut.text, *match.span())
            if not row:
                continue
            texts.append(n)
            first.append(len(words))
            many.append(len(row))
            words += row + no_word
            if len(row) == match.end() - match.start():
                starts += range(*match.span())
            else:
                starts += (token.start() for token in TOKEN.finditer(cut.text, *match.span()))
            starts += nowhere
            begins += [at] * len(row) + nowhere
        at += len(cut.text) + APART
    start = np.array(starts, dtype=np.intp)
    long = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
    place = start + np.array(begins, dtype=np.intp)
    text = _NOTHING.join(["", *(cut.text for cut in cuts), ""])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    chinese = (long > 0) & (codes[place + APART] >= 0x4E00) & (codes[place + APART] <= 0x9FFF)
    around = np.full(len(words), -1, dtype=np.intp)
    around[chinese] = _around(text, codes, place[chinese] + APART)
    ranges = np.array(first, dtype=np.intp), np.array(many, dtype=np.intp)
    return Line(words, start, start + long, place, around, texts, *ranges)


def around_of(number: int) -> tuple[str, ...]:
    """The clues that a number of `Line.around` stands for."""
    rest, compound = divmod(number, 2)
    rest, titles = divmod(rest, 2**_TITLES)
    rest, behind = divmod(rest, 2)
    rest, three = divmod(rest, 2)
    rest, two = divmod(rest, 2)
    rest, third = divmod(rest, len(_FOLLOWS))
    lead, second = divmod(rest, len(_FOLLOWS))
    return around(
        _LEADS[lead] + _FOLLOWS[second] + _FOLLOWS[third],
        bool(two),
        bool(three),
        bool(behind),
        tuple(bool(titles >> given & 1) for given in range(_TITLES)),
        bool(compound),
    )


def _around(text: str, codes: NDArray[np.uint32], place: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each place of the text, where a Chinese character stands, the number for what stands around it."""
    import numpy as np

    lead, follow = _kinds()
    near = np.minimum(codes, len(lead) - 1)
    number = lead[near[place]].astype(np.intp)
    for step in (1, 2):
        number = number * len(_FOLLOWS) + follow[near[place + step]]
    either = np.zeros(len(text), dtype=np.bool_)
    either[place] = either[place - 1] = True
    two, three = _words(text, codes, np.flatnonzero(either), 2), _words(text, codes, place, 3)
    for told in (two[place], three[place], two[place - 1]):
        number = number * 2 + told
    number = number * 2**_TITLES
    titles = _at(_TITLE_AT, text)
    for given in range(_TITLES):
        number = number + (titles[np.minimum(place + 1 + given, len(text))] << given)
    return number * 2 + _at(_COMPOUND_AT, text)[place]


def _words(text: str, codes: NDArray[np.uint32], at: NDArray[np.intp], long: int) -> NDArray[np.bool_]:
    """For these places whether a dictionary has the so many characters from there on; past a text's end there are none."""
    import numpy as np

    has = dictionary()
    key = codes[at].astype(np.uint64)
    for step in range(1, long):
        key = key << np.uint64(21) | codes[at + step]
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    told = [has(text[start : start + long].strip("\0")) for start in at[first].tolist()]
    found = np.zeros(len(text), dtype=np.bool_)
    found[at] = np.array(told, dtype=np.bool_)[which]
    return found


def _at(pattern: re.Pattern[str], text: str) -> NDArray[np.intp]:
    """1 wherever a pattern begins, 0 elsewhere, and once more at the end."""
    import numpy as np

    found = np.zeros(len(text) + 1, dtype=np.intp)
    found[[match.start() for match in pattern.finditer(text)]] = 1
    return found


@lru_cache(maxsize=1)
def _kinds() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """What each code point leads and how it follows, as places in `_LEADS` and `_FOLLOWS`; 0 is a text's end."""
    import numpy as np

    lead = np.array([_LEADS.index(leads(chr(code))) for code in range(0x10000)], dtype=np.uint8)
    follow = np.array([_FOLLOWS.index(follows(chr(code))) for code in range(0x10000)], dtype=np.uint8)
    follow[0] = _FOLLOWS.index("")
    return lead, follow
