"""Comparing words: does an utterance hold a phrase, and how near are two sentences to each other?

Matching ignores case, width and spaces ("8 万 8" is "8万8"); an English phrase begins at a word's
beginning, a number is never found inside a longer number. Nearness lives on character runs, so it
needs no model and no dictionary; it says that two sentences are worded alike, never that they mean
the same.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SENTENCE_END: Final = re.compile(r"[。！？!?；;\n…]+[”\"'’」）)]*|\.(?=\s|$)[\"')]*")
_SILENT: Final = re.compile(r"[\W_]+")
_EMPTY_ZH: Final = frozenset("的了吗呢吧啊呀嘛哦嗯是我你您他她它们这那就都也还在有和跟给把个咱")
_EMPTY_EN: Final = frozenset(
    re.findall(
        r"\S+",
        "a an the to of in on at is are was be been it its it's this that i i'm you your we our us me my "
        "do does did so and or but for with would will can could have has had just as if",
    )
)


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """`text` in half width, lower case and straight quotes, white space squeezed to single blanks."""
    folded = unicodedata.normalize("NFKC", text).translate(_STRAIGHT).casefold()
    return " ".join(folded.split())


def bare(text: str) -> str:
    """Letters, digits and Chinese characters only: what is left when two lines are asked to be the same
    line.
    """
    return _SILENT.sub("", plain(text))


def says(text: str, phrase: str) -> bool:
    """Whether `text` holds `phrase`."""
    return _pattern(phrase).search(plain(text)) is not None


def says_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether `text` holds one of `phrases`."""
    return any(says(text, phrase) for phrase in phrases)


def says_all(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether `text` holds at least one phrase of every group; True when there is no group."""
    return all(says_any(text, group) for group in groups)


def without(text: str, phrases: Iterable[str]) -> str:
    """The plain text with every one of `phrases` taken out."""
    rest = plain(text)
    for phrase in sorted(phrases, key=len, reverse=True):
        rest = _pattern(phrase).sub(" ", rest)
    return rest


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, in order, outer blanks left out; speech without points is
    one.
    """
    found = []
    begin = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        start, stop = begin, end
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            found.append((start, stop))
        begin = end
    return found


def nearness(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same wording; symmetric."""
    a, b = _runs(one), _runs(other)
    shared = sum((a & b).values())
    total = sum(a.values()) + sum(b.values())
    return 2 * shared / total if total else 0.0


def nearest(text: str, others: Iterable[str]) -> float:
    """Nearness to the nearest of `others`; 0 when there is none."""
    return max((nearness(text, other) for other in others), default=0.0)


def borrowed(text: str, source: str) -> float:
    """The part of `text` (0..1) whose wording stands in `source` too; 0 for a text without words."""
    mine, theirs = _runs(text), _runs(source)
    total = sum(mine.values())
    return sum((mine & theirs).values()) / total if total else 0.0


def length(text: str) -> int:
    """How much is said: Chinese characters count one, words of other scripts two."""
    han = len(_HAN.findall(text))
    return han + 2 * len(re.findall(r"[A-Za-z0-9]+(?:['’.,][A-Za-z0-9]+)*", text))


@lru_cache(maxsize=8192)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = plain(phrase)
    loose = r"\s*".join(re.escape(char) for char in words if not char.isspace())
    first, last = words[:1], words[-1:]
    if first.isdigit():
        loose = r"(?<!\d)(?<!\d[.,])" + loose
    elif first.isascii() and first.isalpha():
        loose = r"(?<![a-z0-9])" + loose
    if last.isdigit():
        loose += r"(?!\d|[.,]\d)"
    return re.compile(loose)


@lru_cache(maxsize=16384)
def _runs(text: str) -> Counter[str]:
    """Weighed runs: pairs of Chinese characters, English words and their pairs; empty words weigh nothing
    alone.
    """
    words = plain(text)
    runs: Counter[str] = Counter()
    if _HAN.search(words):
        chars = [char for char in bare(words) if char not in _EMPTY_ZH]
        runs.update(a + b for a, b in itertools.pairwise(chars))
        runs.update(chars)
    else:
        tokens = [
            word for word in re.findall(r"[a-z0-9]+(?:['.,][a-z0-9]+)*", words) if word not in _EMPTY_EN
        ]
        stems = [word[:6] for word in tokens]
        runs.update(stems)
        runs.update(f"{a} {b}" for a, b in itertools.pairwise(stems))
    return runs
