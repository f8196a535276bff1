"""The two-level tree of trades: free text finds its place in it, and two places have a distance.

A text is never refused: what names no trade that we know stands for itself, near only to the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.located import read_located
from coach.vocabulary import Language
from knowledge.schema import Part

FILE: Final = Path(__file__).with_name("industries.yaml")
SAME, UP_OR_DOWN, SIBLING, FAR = 0.0, 0.25, 0.5, 1.0


class Label(Part):
    """A name in both languages."""

    zh: str
    en: str


class Trade(Part):
    """One trade (`manufacturing/food`) and what people call it."""

    id: str
    label: Label
    words: tuple[str, ...] = ()


class Parent(Trade):
    """A sector with its trades."""

    trades: tuple[Trade, ...] = ()


class Tree(Part):
    """The file industries.yaml."""

    parents: tuple[Parent, ...]


@dataclass(frozen=True, slots=True)
class Industry:
    """A place in the tree; `known` is false for words that name no trade here (then `id` holds the words)."""

    id: str
    label: Label
    known: bool = True

    @property
    def sector(self) -> str:
        """The upper of the two levels."""
        return self.id.partition("/")[0]

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.label.zh if language == "zh" else self.label.en


class Industries:
    """The tree, ready to be asked."""

    def __init__(self, tree: Tree) -> None:
        places = [place for parent in tree.parents for place in (parent, *parent.trades)]
        self._by_id = {place.id: Industry(place.id, place.label) for place in places}
        self._words = {
            word: place.id
            for place in reversed(places)  # of two places with one word the one that stands first in the file
            for word in map(_flat, (place.label.zh, place.label.en, *place.words))
        }

    def __iter__(self) -> Iterator[Industry]:
        return iter(self._by_id.values())

    def find(self, text: str) -> Industry | None:
        """The place that `text` (an id, a name, or free words) names; of several words the longest counts."""
        if text.strip() in self._by_id:
            return self._by_id[text.strip()]
        flat = _flat(text)
        if not flat:
            return None
        if flat in self._words:
            return self._by_id[self._words[flat]]
        said = [word for word in self._words if _holds(flat, word)]
        if said:
            best = max(
                said, key=lambda word: (len(word) * (2 if _is_han(word) else 1), "/" in self._words[word])
            )
            return self._by_id[self._words[best]]
        return None

    def place(self, text: str) -> Industry:
        """Where `text` belongs; words that name no trade stand for themselves, so nothing is refused."""
        words = text.strip()
        return (
            self.find(text)
            or self._by_a_part(_flat(text))
            or Industry(words, Label(zh=words, en=words), False)
        )

    def distance(self, one: str, other: str) -> float:
        """0 for the same place, 0.25 for a trade and its sector, 0.5 for two trades of a sector, else 1."""
        here, there = self.place(one), self.place(other)
        if _flat(here.id) == _flat(there.id):
            return SAME
        if not (here.known and there.known) or here.sector != there.sector:
            return FAR
        return SIBLING if "/" in here.id and "/" in there.id else UP_OR_DOWN

    def _by_a_part(self, flat: str) -> Industry | None:
        """The place most of whose words share the longest part of `flat` (水果连锁: 连锁)."""
        parts = (
            [flat[a:b] for a in range(len(flat)) for b in range(a + 2, len(flat) + 1)]
            if _is_han(flat)
            else []
        )
        for part in sorted(parts, key=len, reverse=True):
            places = Counter(place for word, place in self._words.items() if part in word)
            if places and part not in _EMPTY:
                return self._by_id[places.most_common(1)[0][0]]
        return None


@lru_cache(maxsize=1)
def load_industries() -> Industries:
    """The shipped tree; raises FaultyContent when the file breaks its schema."""
    return Industries(read_tree(FILE))


def read_tree(file: Path) -> Tree:
    """The tree in `file`; raises FaultyContent with lines."""
    return read_located(file).parse(Tree)


_EMPTY: Final = frozenset({"单位", "公司", "企业", "行业", "集团", "服务", "客户", "机关", "产品", "设备"})
"""Parts that many trades share and that name none."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


def _flat(text: str) -> str:
    return " ".join(re.findall(r"[\w&+#]+", unicodedata.normalize("NFKC", text).casefold()))


def _is_han(word: str) -> bool:
    return _HAN.search(word) is not None


def _holds(flat: str, word: str) -> bool:
    """Chinese words anywhere, English ones as whole words (a plural is the same word)."""
    if _is_han(word):
        return word in flat
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}s?(?![a-z0-9])", flat) is not None
