"""Hybrid search over one build: BM25 and vectors each rank, reciprocal ranks are added.

A query asks one collection; nothing is filtered inside the vector query. What comes back carries both legs'
own figures, so that whoever decides (re-ranking, abstention, reasons) can see why an entry is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from coach.errors import Broken, EngineDown, Words
from coach.library.build import Bodies, Build
from coach.library.chroma import Near, VectorStore, nearness
from coach.library.embedding import Embedder
from coach.library.entries import Collection
from coach.library.keyword import KeywordIndex, Match, Matches
from coach.library.tokens import tokens
from coach.reading.fallback import fell_back

if TYPE_CHECKING:
    from coach.library.embedding import Vectors

Leg = Literal["keyword", "dense", "fused"]
RANK_OFFSET: Final = 20
"""The constant of reciprocal-rank fusion; 60 is usual for thousands of documents, ours are hundreds."""
WORDS_ALONE: Final[Words] = (
    "接口上的向量模型没有回应，这次只按字词找。",
    "The endpoint's embedding model did not deliver; this time only words were matched.",
)
PASSAGES_A_ENTRY: Final = 6
"""Passages asked of the vector store for every entry wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found; `keyword` is BM25, `dense` the cosine of its nearest telling, 0 where a leg missed it.

    `covered` is the share of the query's words that occur; `passage` numbers the nearest telling, and `alike` is the
    mean cosine of the three nearest.
    """

    entry: str
    fused: float
    keyword: float
    covered: float
    dense: float
    passage: int | None = None
    alike: float = 0.0


class Index:
    """A complete build, opened for reading. The legs are loaded when first asked."""

    def __init__(self, build: Build, embedder: Embedder) -> None:
        """Raises Broken when the build was made by another embedder."""
        if build.manifest.embedder != embedder.name:
            raise Broken(
                ("索引是用另一个向量模型建的。", "The index was made with another embedding model."),
                ("运行 `coach library build`。", "Run `coach library build`."),
            )
        self.build = build
        self._embedder = embedder
        self._keyword: dict[Collection, KeywordIndex] = {}
        self._bodies: dict[Collection, Bodies] = {}
        self._vectors: VectorStore | None = None
        self._passages = {
            name: sum(count for _, count in rows.values()) for name, rows in build.manifest.entries.items()
        }

    def search(
        self,
        collection: Collection,
        text: str,
        depth: int = 30,
        leg: Leg = "fused",
        extra: Iterable[str] = (),
    ) -> list[Hit]:
        """The best `depth` entries for `text`, best first; `extra` are more words for the keyword leg."""
        query = tokens("\n".join([text, *extra]))
        by_words = self._by_words(collection, query if leg != "dense" else ())
        by_vector = (
            self._by_meaning(collection, text, depth, alone=leg == "dense") if leg != "keyword" else {}
        )
        fused = _fuse([(1.0, by_words.best(depth)), (self._embedder.say, list(by_vector)[:depth])])
        return [
            _hit(entry, score, by_words.of(entry), by_vector.get(entry))
            for entry, score in sorted(fused.items(), key=lambda item: (-item[1], item[0]))[:depth]
        ]

    def similarity(self, texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """Cosine of every text with every other, by the embedder of this index."""
        left, right = self._embedder.embed(texts), self._embedder.embed(others)
        return [[float(value) for value in row] for row in left @ right.T]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for every text, by the embedder of this index."""
        return self._embedder.embed(texts)

    def ids(self, collection: Collection) -> tuple[str, ...]:
        """Every entry of a collection."""
        return tuple(self.build.manifest.entries[collection])

    def body(self, collection: Collection, entry: str) -> str:
        """The JSON of an entry (KeyError when it is not in the collection)."""
        if collection not in self._bodies:
            self._bodies[collection] = Bodies(self.build.folder / "bodies" / collection)
        return self._bodies[collection].read(entry)

    def close(self) -> None:
        """Let go of the folder."""
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    def _by_words(self, collection: Collection, query: Sequence[str]) -> Matches:
        if collection not in self._keyword:
            self._keyword[collection] = KeywordIndex(self.build.folder / "keyword" / collection)
        return self._keyword[collection].matches(query)

    def _by_meaning(self, collection: Collection, text: str, depth: int, *, alone: bool) -> dict[str, Near]:
        """The nearest by vector. Where an endpoint makes them and is down, words go on without them, and it is said so."""
        try:
            return self._by_vector(collection, text, depth)
        except EngineDown:
            if alone:
                raise
            fell_back(WORDS_ALONE)
            return {}

    def _by_vector(self, collection: Collection, text: str, depth: int) -> dict[str, Near]:
        stored = self._passages[collection]
        if not stored:
            return {}
        if self._vectors is None:
            self._vectors = VectorStore(self.build.folder / "chroma", self._embedder)
        vector = self._embedder.embed([text])[0].tolist()
        near = self._vectors.nearest(collection, vector, min(stored, depth * PASSAGES_A_ENTRY))
        rows = self.build.manifest.entries[collection]
        return nearness(near, {entry: count for entry, (_, count) in rows.items()})


def _hit(entry: str, fused: float, words: Match, near: Near | None) -> Hit:
    if near is None:
        return Hit(entry, fused, words.score, words.covered, 0.0)
    return Hit(entry, fused, words.score, words.covered, near.dense, near.passage, near.alike)


def _fuse(rankings: Iterable[tuple[float, Sequence[str]]]) -> dict[str, float]:
    """Weighted reciprocal-rank fusion; the best possible is 1."""
    heard = [(weight, ranking) for weight, ranking in rankings if ranking]
    whole = sum(weight for weight, _ in heard)
    fused: dict[str, float] = {}
    for weight, ranking in heard:
        for rank, entry in enumerate(ranking, 1):
            part = weight / whole * (RANK_OFFSET + 1) / (RANK_OFFSET + rank)
            fused[entry] = fused.get(entry, 0.0) + part
    return fused
