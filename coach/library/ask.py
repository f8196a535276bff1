"""Ask the handbooks: the sentences that answer, in the handbook's own words, each with the section to cite.

Extractive only: nothing is summarised, nothing made up. When no section is near enough the answer is none, which
is an answer; the best of nothing is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach.library.bookshelf import Bookshelf, Place, bookshelf, letters
from coach.library.tokens import tokens
from coach.vocabulary import Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.library.embedding import Vectors
    from coach.library.library import Library
    from coach.library.search import Hit

    Scores = NDArray[np.float64]

ANSWERS: Final = 1.65
"""Nearness (0..7) from which a section answers; set on evals/sets/handbook/dev.jsonl."""
_NEAR: Final = 1.3
"""From here on a section that does not answer is at least about the same thing."""
_ALSO: Final = 0.6
"""Once one section answers, others are shown beside it that come this near to it."""
_ASIDE: Final = 0.2
"""What a section that only sums up must be nearer than the module itself."""
_LONGEST: Final = 220
_SENTENCES: Final = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a handbook; `link` cites the section (`handbook#anchor`), `score` says how near it is."""

    sentences: tuple[str, ...]
    link: str
    title: str
    heading: str
    score: float

    @property
    def text(self) -> str:
        """The sentences, one a line."""
        return "\n".join(self.sentences)

    @property
    def source(self) -> str:
        """How it is cited everywhere: `handbook:<id>#<anchor>`."""
        return f"handbook:{self.link}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The passages that answer, best first; none when nothing does. `nearest` are then at least about the same."""

    question: str
    language: Language
    passages: tuple[Passage, ...]
    nearest: tuple[Passage, ...] = ()

    @property
    def none(self) -> bool:
        """True when the handbooks do not answer this."""
        return not self.passages


def ask(library: Library, question: str, language: Language, k: int = 3) -> Answer:
    """The `k` best passages for a question, best first; an honest none when nothing answers."""
    shelf = bookshelf(library, language)
    if not question.strip() or not shelf.places:
        return Answer(question, language, ())
    vector = library.vectors([question])[0]
    hits = library.search(question, language, kind="sections", depth=40)
    near = _nearness(shelf, question, vector, hits)
    order = sorted(range(len(near)), key=lambda n: (-near[n] + _ASIDE * shelf.places[n].aside, n))
    nearest = float(near[order[0]])
    least = _ALSO * nearest if nearest >= ANSWERS else _NEAR
    best = tuple(_passage(shelf, n, question, vector, float(near[n])) for n in order[:k] if near[n] >= least)
    answered = nearest >= ANSWERS
    return Answer(question, language, best if answered else (), () if answered else best)


def _nearness(shelf: Bookshelf, question: str, vector: Vectors, hits: Sequence[Hit]) -> Scores:
    """Seven figures of nearness, each about 0..1, added: by words, by characters and by meaning.

    Added as they are, because weights fitted on the dev questions did no better on the others.
    """
    import numpy as np

    number = {place.link: n for n, place in enumerate(shelf.places)}
    covered, dense = np.zeros(len(number)), np.zeros(len(number))
    for hit in hits:
        n = number.get(hit.entry.partition("/")[0], -1)
        if n >= 0:
            covered[n], dense[n] = max(covered[n], hit.covered), max(dense[n], hit.dense)
    said, spelt = _by_sayings(shelf, question, vector)
    titled, whole = shelf.titles @ vector, shelf.whole @ vector
    near: Scores = _by_words(shelf, question) + covered + dense + said + spelt + titled + whole
    return near


def _by_words(shelf: Bookshelf, question: str) -> Scores:
    """BM25 of every section, as a share of what the question's words could give."""
    import numpy as np

    asked = {token: shelf.rarity(token) for token in set(tokens(question))}
    whole = sum(asked.values()) or 1.0
    usual = sum(place.length for place in shelf.places) / len(shelf.places) or 1.0

    def score(place: Place) -> float:
        longer = 1.2 * (0.4 + 0.6 * place.length / usual)
        found = ((weight, place.counts[token]) for token, weight in asked.items() if token in place.counts)
        return sum(weight * count * 2.2 / (count + longer) for weight, count in found) / whole

    return np.array([score(place) for place in shelf.places])


def _by_sayings(shelf: Bookshelf, question: str, vector: Vectors) -> tuple[Scores, Scores]:
    """For every section the mean of its three nearest sayings, and the most of the characters one saying holds."""
    import numpy as np

    asked = {letter: shelf.letter_rarity(letter) for letter in letters(question)}
    whole = sum(asked.values()) or 1.0
    near: list[list[float]] = [[] for _ in shelf.places]
    spelt = np.zeros(len(shelf.places))
    for one, alike in zip(shelf.sayings, shelf.said @ vector, strict=True):
        near[one.place].append(float(alike) * one.weight)
        share = sum(asked[letter] for letter in one.letters & asked.keys()) / whole
        spelt[one.place] = max(spelt[one.place], share * one.weight)
    best = [sorted(all_of, reverse=True)[:3] for all_of in near]
    return np.array([sum(three) / len(three) if three else 0.0 for three in best]), spelt


def _passage(shelf: Bookshelf, place: int, question: str, vector: Vectors, score: float) -> Passage:
    """The one or two sayings of a section that answer most, in their order."""
    asked = {token: shelf.rarity(token) for token in set(tokens(question))}
    whole = sum(asked.values()) or 1.0
    own = [n for n, one in enumerate(shelf.sayings) if one.place == place]

    def worth(n: int) -> float:
        one = shelf.sayings[n]
        share = sum(asked[token] for token in one.tokens & asked.keys()) / whole
        return (float(shelf.said[n] @ vector) + share) * one.weight

    ranked = sorted(own, key=lambda n: (-worth(n), n))
    chosen = ranked[:1]
    for n in ranked[1:_SENTENCES]:
        fits = sum(len(shelf.sayings[m].text) for m in [*chosen, n]) < _LONGEST
        if fits and worth(n) > 0.7 * worth(chosen[0]):
            chosen.append(n)
    first = shelf.sayings[chosen[0]] if chosen else None
    where = shelf.places[place]
    return Passage(
        tuple(shelf.sayings[n].text for n in sorted(chosen)) or (where.title,),
        where.link,
        where.title,
        first.heading if first else "",
        round(score, 3),
    )
