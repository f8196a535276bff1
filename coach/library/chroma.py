"""The vector leg: Chroma through LangChain, one collection a kind and language, always with our own embedder.

Chroma's rows are passages; their ids and hashes are in the build's manifest. Chroma is asked without a filter
(filters make it slower than none and are ours to apply), and no process ever writes where another reads.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coach.errors import Broken
from coach.library.blank import blank_unused
from coach.library.embedding import Embedder
from coach.library.entries import COLLECTIONS, Collection, Entry, entry_of, passage_id

if TYPE_CHECKING:
    from langchain_chroma import Chroma

BATCH: Final = 5000
"""Chroma refuses more than 5,461 rows at once and LangChain does not split."""
_TELLINGS: Final = 3
"""So many passages of an entry say together how near it is."""


class VectorStore:
    """The vectors of one build folder. Close it before anybody renames or deletes the folder."""

    def __init__(self, folder: Path, embedder: Embedder, *, create: bool = False) -> None:
        """Open (or create) the store in `folder`; raises Broken when it cannot be opened."""
        self._embedder = embedder
        self._create = create
        self._stores: dict[Collection, Chroma] = {}
        self._asked: set[Collection] = set()
        try:
            import chromadb
            from chromadb.config import Settings

            self._client: Any = chromadb.PersistentClient(
                str(folder), settings=Settings(anonymized_telemetry=False)
            )
        except Exception as error:
            raise _broken(folder) from error
        self._folder = folder

    def add(self, collection: Collection, entries: Sequence[Entry]) -> None:
        """Embed every passage of `entries` and store its vector.

        The words stay outside: nobody asks Chroma for them, and to index them letter by letter would take it longer
        than the vectors do.
        """
        self._store(collection)
        rows = ((passage_id(entry.id, n), text) for entry in entries for n, text in enumerate(entry.passages))
        while batch := list(islice(rows, BATCH)):
            vectors = self._embedder.embed([text for _, text in batch])
            self._bare(collection).add(ids=[id_ for id_, _ in batch], embeddings=vectors)

    def remove(self, collection: Collection, passages: Sequence[str]) -> None:
        """Take passages out."""
        if passages:
            self._store(collection).delete(list(passages))

    def ids(self, collection: Collection) -> frozenset[str]:
        """Every passage id that is stored."""
        try:
            return frozenset(self._store(collection).get(include=[])["ids"])
        except Exception as error:
            raise _broken(self._folder) from error

    def nearest(
        self, collection: Collection, vector: Sequence[float], passages: int
    ) -> list[tuple[str, float]]:
        """(passage id, cosine similarity), nearest first; nothing for a zero vector."""
        if not any(vector):
            return []
        try:
            found = self._bare(collection).query(
                query_embeddings=[list(vector)], n_results=passages, include=["distances"]
            )
        except Exception as error:
            raise _broken(self._folder) from error
        if collection not in self._asked:
            self._asked.add(collection)
            blank_unused(self._folder)  # the first question makes Chroma write places it never used
        return [(str(id), 1.0 - far) for id, far in zip(found["ids"][0], found["distances"][0], strict=True)]

    def close(self) -> None:
        """Let go of the folder."""
        self._stores.clear()
        self._client.close()

    def _bare(self, collection: Collection) -> Any:
        """Chroma's own collection: LangChain's takes and gives words with every vector."""
        return self._client.get_collection(collection, embedding_function=None)

    def _store(self, collection: Collection) -> Chroma:
        if collection not in self._stores:
            from langchain_chroma import Chroma

            self._stores[collection] = Chroma(
                collection,
                client=self._client,
                collection_metadata={"hnsw:space": "cosine"},
                create_collection_if_not_exists=self._create,
            )
        return self._stores[collection]


def write_vectors(folder: Path, entries: Iterable[Entry], embedder: Embedder) -> None:
    """Write the vectors of all entries into the new folder `folder`; every collection exists afterwards."""
    sorted_in: dict[Collection, list[Entry]] = {name: [] for name in COLLECTIONS}
    for entry in entries:
        sorted_in[entry.collection].append(entry)
    store = VectorStore(folder, embedder, create=True)
    try:
        for name, members in sorted_in.items():
            store.add(name, members)
            store.ids(name)
    finally:
        store.close()


def renew_vectors(
    base: Path,
    folder: Path,
    gone: Mapping[Collection, Sequence[str]],
    new: Iterable[Entry],
    embedder: Embedder,
) -> None:
    """The vectors of an older build in the new folder `folder`, without the passages `gone` and with those of `new`.

    The older folder is only read: a store that nobody writes to can be copied while others read it.
    """
    shutil.copytree(base, folder)
    sorted_in: dict[Collection, list[Entry]] = {name: [] for name in COLLECTIONS}
    for entry in new:
        sorted_in[entry.collection].append(entry)
    store = VectorStore(folder, embedder)
    try:
        for name in COLLECTIONS:
            store.remove(name, gone.get(name, ()))
            store.add(name, sorted_in[name])
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class Near:
    """How near an entry is: the cosine and the number of its nearest passage, and the mean of its three nearest."""

    dense: float
    passage: int
    alike: float


def nearness(passages: Sequence[tuple[str, float]], stored: Mapping[str, int]) -> dict[str, Near]:
    """Entry id -> how near it is, nearest first; `stored` says how many passages each entry has.

    One telling may be near by chance, three seldom are. A passage that was not among the nearest counts like the
    farthest that was.
    """
    found: dict[str, list[tuple[float, int]]] = {}
    for passage, similarity in passages:
        found.setdefault(entry_of(passage), []).append((similarity, int(passage.rpartition("::")[2])))
    farthest = passages[-1][1] if passages else 0.0
    near = {}
    for entry, own in found.items():
        count = min(_TELLINGS, stored.get(entry, len(own)))
        nearest = [similarity for similarity, _ in own[:count]]
        alike = (sum(nearest) + farthest * (count - len(nearest))) / count
        near[entry] = Near(*own[0], alike)
    return dict(sorted(near.items(), key=lambda item: -item[1].alike))


def _broken(folder: Path) -> Broken:
    return Broken(
        (f"向量索引读不出来：{folder}", f"The vector index cannot be read: {folder}"),
        ("运行 `coach library build`。", "Run `coach library build`."),
    )
