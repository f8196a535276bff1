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
        self._known: frozenset[str] = frozenset(self._index.vocab_dict) if self._index else frozenset()
        self._rarity = Rarity.model_validate_json((folder / "rarity.json").read_text(encoding="utf-8"))

    def matches(self, query: Sequence[str]) -> dict[str, Match]:
        """Entry id -> how it matches, best first; entries that share no token are not in it."""
        import numpy as np

        known = [token for token in query if token in self._known]
        if not known:
            return {}
        scores = self._index.get_scores(known)
        covered = np.zeros(len(self.ids))
        whole = 0.0
        for token in dict.fromkeys(query):
            weight = self._rarity.of(token) * (RUN_WEIGHT if token.startswith("~") else 1.0)
            whole += weight
            if token in self._known:
                covered += weight * (self._index.get_scores([token]) > 0)
        order = np.argsort(-scores, kind="stable")
        return {
            self.ids[n]: Match(float(scores[n]), float(covered[n] / whole)) for n in order if scores[n] > 0
        }


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
