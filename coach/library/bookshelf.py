"""The handbooks of one language laid open for a question: every section with its sayings, counted and as vectors.

A bookshelf is made from one build of the index and kept until another build takes its place.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from coach.library.sayings import sayings
from coach.library.tokens import tokens
from coach.vocabulary import Language
from knowledge.handbook import Section

if TYPE_CHECKING:
    from coach.library.embedding import Vectors
    from coach.library.library import Library

LESS: Final = {"考核指标": 0.75, "Assessment metric": 0.75, "工具模板": 0.9, "Tool template": 0.9}
"""A part that counts or shows an example tells less than one that says what to do."""
ASIDE: Final = ("one-page", "practice", "two-versions", "quick-cards")
"""Anchors of sections that sum up or drill what a module says in full."""
RUN: Final = 0.35
"""What a run of two (`~供应`) weighs beside a word, as in the keyword index."""
_TITLES: Final = 4
"""How often a section's title counts beside its text."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_EVERYDAY: Final = frozenset(
    "的了是我你您他她它们这那个在有就还也都吗呢吧啊着过把被给怎么什能不可以要该谁哪几多少样做办说会去到得跟和与让对人"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One paragraph, list item or table row; `place` numbers its section, `weight` is 1 where it says what to do."""

    text: str
    heading: str
    place: int
    weight: float
    tokens: frozenset[str]
    letters: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """One citable section: its link, title, how often each token occurs, and whether it is beside the matter."""

    link: str
    title: str
    counts: Counter[str]
    length: int
    aside: bool


@dataclass(frozen=True, slots=True)
class Bookshelf:
    """Sections and sayings of one language, with the vectors of titles, of sections and of sayings."""

    places: tuple[Place, ...]
    sayings: tuple[Saying, ...]
    titles: Vectors
    whole: Vectors
    said: Vectors
    holding: Counter[str]
    written: Counter[str]

    def rarity(self, token: str) -> float:
        """What one token tells: much when few sections hold it."""
        weight = RUN if token.startswith("~") else 1.0
        return weight * math.log(1 + len(self.places) / (self.holding[token] + 0.5))

    def letter_rarity(self, letter: str) -> float:
        """What one Chinese character tells: much when few sayings hold it."""
        return math.log(1 + len(self.sayings) / (self.written[letter] + 0.5))


_OPEN: WeakKeyDictionary[Library, dict[Language, tuple[str, Bookshelf]]] = WeakKeyDictionary()


def bookshelf(library: Library, language: Language) -> Bookshelf:
    """The bookshelf of the library's newest build, without handbooks that are set aside; made once for each build."""
    ids = library.sections_in_use(language, dt.date.today())
    build = f"{library.status().name} {hash(ids)}"
    kept = _OPEN.setdefault(library, {})
    if language not in kept or kept[language][0] != build:
        kept[language] = (build, _laid_open(library, [library.section(entry) for entry in ids]))
    return kept[language][1]


def letters(text: str) -> frozenset[str]:
    """The Chinese characters that tell something: words of one character (贵, 礼) are no tokens of the index."""
    return frozenset(_HAN.findall(unicodedata.normalize("NFKC", text))) - _EVERYDAY


def _laid_open(library: Library, sections: Sequence[Section]) -> Bookshelf:
    parts: dict[str, list[Section]] = {}
    for section in sections:
        parts.setdefault(section.link, []).append(section)
    places: list[Place] = []
    said: list[Saying] = []
    mains: list[str] = []
    for number, (link, pieces) in enumerate(parts.items()):
        own = [
            Saying(text, piece.heading, number, weight, frozenset(tokens(text)), letters(text))
            for piece in pieces
            for weight in (LESS.get(piece.heading, 1.0),)
            for text in sayings(piece.text)
        ]
        title = pieces[0].title
        main = [one.text for one in own if one.weight == 1.0]
        counts = Counter(tokens("\n".join([title] * _TITLES + [one.text for one in own] + main)))
        places.append(Place(link, title, counts, counts.total(), pieces[0].anchor in ASIDE))
        mains.append("\n".join([title, *main]))
        said += own
    return Bookshelf(
        tuple(places),
        tuple(said),
        library.vectors([place.title for place in places]),
        library.vectors(mains),
        library.vectors([one.text for one in said]),
        Counter(token for place in places for token in place.counts),
        Counter(letter for one in said for letter in one.letters),
    )
