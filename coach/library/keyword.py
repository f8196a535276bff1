"""The keyword leg: BM25 over one collection, kept in a folder of an index build."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from coach.errors import Broken

RUN_WEIGHT: Final = 0.35
"""What a run (`~供应`, `~spare_part`) counts beside a word: it repeats one or joins two."""


@dataclass(frozen=True, slots=True)
class Match:
    """`score` is BM25; `covered` is the share (0..1) of the query, rare words counting more, that occurs."""

    score: float
    covered: float


class KeywordIndex:
    """BM25 for the entries of one collection, read from `folder`."""

    def __init__(self, folder: Path) -> None:
        """Raises Broken when the folder does not hold a readable index."""
        import bm25s

        try:
            self.ids: tuple[str, ...] = tuple(json.loads((folder / "ids.json").read_text(encoding="utf-8")))
            self._index: Any = bm25s.BM25.load(folder / "bm25", mmap=False) if self.ids else None
        except Exception as error:
            raise Broken(
                (f"关键词索引读不出来：{folder}", f"The keyword index cannot be read: {folder}"),
                ("运行 `coach library build`。", "Run `coach library build`."),
            ) from error
        self.numbers = {entry: n for n, entry in enumerate(self.ids)}
        self._known: frozenset[str] = frozenset(self._index.vocab_dict) if self._index else frozenset()
        self._rarity = Rarity.model_validate_json((folder / "rarity.json").read_text(encoding="utf-8"))

    def matches(self, query: Sequence[str]) -> Matches:
        """How every entry matches the tokens of a query."""
        import numpy as np

        scores = np.zeros(len(self.ids), dtype=np.float32)
        covered = np.zeros(len(self.ids))
        for token in query:
            if token in self._known:
                places, data = self._postings(token)
                scores[places] += data
        whole = 0.0
        for token in dict.fromkeys(query):
            weight = self._rarity.of(token) * (RUN_WEIGHT if token.startswith("~") else 1.0)
            whole += weight
            if token in self._known:
                covered[self._postings(token)[0]] += weight
        return Matches(self, scores, covered, whole)

    def _postings(self, token: str) -> tuple[Any, Any]:
        """Where a token stands and what it is worth there: each entry once. A query reads these and no other row."""
        held, number = self._index.scores, self._index.vocab_dict[token]
        start, end = held["indptr"][number], held["indptr"][number + 1]
        return held["indices"][start:end], held["data"][start:end]


class Matches:
    """What a query came to in one index; entries that share no token match with nothing."""

    def __init__(self, index: KeywordIndex, scores: Any, covered: Any, whole: float) -> None:
        self._index = index
        self._scores = scores
        self._covered = covered
        self._whole = whole

    def best(self, depth: int) -> list[str]:
        """The `depth` best entries that share a token with the query, best first, those alike in their order."""
        import numpy as np

        many = len(self._scores)
        least = np.partition(self._scores, many - depth)[many - depth] if 0 < depth < many else 0.0
        near = np.nonzero((self._scores > 0) & (self._scores >= least))[0]
        order = near[np.argsort(-self._scores[near], kind="stable")]
        return [self._index.ids[n] for n in order[:depth]]

    def of(self, entry: str) -> Match:
        """How one entry matches; nothing for one that is not in the index."""
        n = self._index.numbers.get(entry)
        if n is None or not self._scores[n] > 0:
            return Match(0.0, 0.0)
        return Match(float(self._scores[n]), float(self._covered[n] / self._whole))


class Rarity(BaseModel):
    """How many of `documents` texts hold each token, counted over cases and handbooks of one language.

    A few cases alone cannot tell a rare word from an everyday one.
    """

    model_config = ConfigDict(frozen=True)

    documents: int
    holding: dict[str, int]

    def of(self, token: str) -> float:
        """What one token says: much when few texts hold it, most when none does."""
        return math.log(1.0 + self.documents / (self.holding.get(token, 0) + 0.5))


def rarity(documents: Iterable[Sequence[str]]) -> Rarity:
    """The rarity of every token in `documents`."""
    distinct = [set(document) for document in documents]
    holding = Counter(token for document in distinct for token in document)
    return Rarity(documents=len(distinct), holding=dict(holding))


def write_keyword_index(
    folder: Path, ids: Sequence[str], documents: Sequence[Sequence[str]], rare: Rarity
) -> None:
    """Write the index of `documents` (tokens of each entry) into the new folder `folder`."""
    import bm25s

    folder.mkdir(parents=True)
    if any(documents):
        index = bm25s.BM25(k1=1.2, b=0.6)
        index.index([list(document) for document in documents], show_progress=False)
        index.save(folder / "bm25", show_progress=False)
        kept = list(ids)
    else:
        kept = []
    (folder / "rarity.json").write_text(rare.model_dump_json(), encoding="utf-8")
    (folder / "ids.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
