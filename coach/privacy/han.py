"""Chinese text cut into words with their places and parts of speech, by rjieba."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """Code points `start`..`end`; `tag` is jieba's (nr a person, ns a place, p a preposition, x a mark)."""

    text: str
    start: int
    end: int
    tag: str


@dataclass(frozen=True)
class Cut:
    """A text and its words in order, nothing between them."""

    text: str

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Every word and its tag; none when there is no Chinese."""
        if not _HAN.search(self.text):
            return []
        import rjieba

        told: list[tuple[str, str]] = rjieba.tag(self.text)
        return told

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word with its place."""
        words, at = [], 0
        for text, tag in self.pairs:
            words.append(Word(text, at, at + len(text), tag))
            at += len(text)
        return tuple(words)

    @cached_property
    def beginnings(self) -> dict[int, int]:
        """Place -> number of the word that begins there."""
        return {word.start: n for n, word in enumerate(self.words)}

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def number_over(self, place: int) -> int | None:
        """The number of the word that a place lies in."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self.words[number].end else None

    @cached_property
    def ends(self) -> frozenset[int]:
        """Where words end."""
        return frozenset(word.end for word in self.words)

    def word_at(self, place: int) -> Word | None:
        """The word that begins at this place."""
        number = self.beginnings.get(place)
        return None if number is None else self.words[number]


def in_dictionary(text: str) -> bool:
    """Whether a word is one that everybody uses."""
    return dictionary()(text)


@lru_cache(maxsize=1)
def dictionary() -> Callable[[str], bool]:
    """What says whether a word is one that everybody uses."""
    import rjieba

    has_word: Callable[[str], bool] = rjieba.has_word
    return has_word
