"""The battle bank as one thing: cases and handbooks by id, search, and the index that follows the content.

The index is built on first need and again whenever content or embedder changed; whoever reads meanwhile
keeps the build they have. Safe to share between threads; several processes may use one folder.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from coach.errors import Broken, Busy, EngineDown, NotFound, Words
from coach.library.build import Build, IndexBuilds, Note
from coach.library.embedding import Embedder, StaticTable, chosen_embedder
from coach.library.entries import Collection, Kind, collection_of
from coach.library.freshness import Looks, case_item, handbook_item
from coach.library.search import Hit, Index, Leg
from coach.library.shelf import Shelf
from coach.located import Fault
from coach.reading.fallback import fell_back
from coach.settings import Settings
from coach.vocabulary import Language
from knowledge.handbook import Section
from knowledge.schema import Case

if TYPE_CHECKING:
    from coach.library.embedding import Vectors

WAIT_FOR_WRITER = 120.0
"""Seconds to wait for another process that builds, when there is no older build to go on with."""

REST: Final = 60.0
"""Seconds for which the shipped table stands in for an endpoint that could make no index."""
OLDER_OR_TABLE: Final[Words] = (
    "接口上的向量模型没有回应，索引没能更新，这次用手上有的。",
    "The endpoint's embedding model did not deliver; the index could not follow, so what is at hand was used.",
)

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the index holds and whether it still follows the content."""

    name: str | None
    made_at: dt.datetime | None
    embedder: str
    fresh: bool
    counts: dict[Collection, int]


def _silent(_: Words) -> None:
    """Nobody listens to progress."""


class Library:
    """Everything that can be looked up; `faults` are those of the files that the last build left out."""

    def __init__(
        self,
        settings: Settings,
        *,
        shelf: Shelf | None = None,
        embedder: Embedder | None = None,
        note: Note = _silent,
    ) -> None:
        """Without a `shelf` it holds the shipped content and that of the folder `library` in the home."""
        self.shelf = shelf or Shelf((settings.home / "library",))
        self.faults: tuple[Fault, ...] = ()
        self._builds = IndexBuilds(settings.index, settings.index_builds_kept)
        self._settings = settings
        self._embedder = embedder
        self._note = note
        self._lock = threading.RLock()
        self._index: Index | None = None
        self._stand_in: tuple[float, Embedder] | None = None

    def search(
        self,
        text: str,
        language: Language,
        *,
        kind: Kind = "cases",
        depth: int = 30,
        leg: Leg = "fused",
        extra: Iterable[str] = (),
    ) -> list[Hit]:
        """The best entries for `text` in one language, best first."""
        collection = collection_of(kind, language)
        more = tuple(extra)
        return self._reading(lambda index: index.search(collection, text, depth, leg, more), fresh=True)

    def similarity(self, texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """Cosine of every text with every other."""
        return self._reading(lambda index: index.similarity(texts, others))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of length one for every text, by the embedder of the index."""
        return self._reading(lambda index: index.vectors(texts))

    def case(self, case_id: str) -> Case:
        """A published case; raises NotFound."""
        body = self._body("cases", case_id)
        if body is not None:
            return _case(body)
        raise NotFound(
            (f"没有这个战例：{case_id}", f"There is no case {case_id}"),
            ("用 `coach library list` 看有哪些。", "See `coach library list`."),
        )

    def section(self, section_id: str) -> Section:
        """A section or a part of one by id (`handbook#anchor`, `handbook#anchor/2`); raises NotFound."""
        body = self._body("sections", section_id)
        if body is not None:
            return _section(body)
        raise NotFound(
            (f"手册里没有这一节：{section_id}", f"There is no handbook section {section_id}"),
            ("用 `coach library list` 看有哪些。", "See `coach library list`."),
        )

    def sections(self, link: str) -> tuple[Section, ...]:
        """A whole section with its parts by its link (`handbook#anchor`); raises NotFound."""
        first = f"{link}/"
        ids = [*self.section_ids("zh"), *self.section_ids("en")]
        return tuple(self.section(one) for one in ids if one == link or one.startswith(first)) or (
            self.section(link),
        )

    def cases(self, language: Language | None = None) -> tuple[Case, ...]:
        """Every published case of one language, or of both."""
        languages: tuple[Language, ...] = (language,) if language else ("zh", "en")

        def read(index: Index) -> tuple[Case, ...]:
            return tuple(
                _case(index.body(collection, entry))
                for collection in (collection_of("cases", each) for each in languages)
                for entry in index.ids(collection)
            )

        return self._reading(read, fresh=True)

    def case_ids(self) -> frozenset[str]:
        """The id of every published case."""

        def read(index: Index) -> frozenset[str]:
            languages: tuple[Language, ...] = ("zh", "en")
            return frozenset(one for each in languages for one in index.ids(collection_of("cases", each)))

        return self._reading(read, fresh=True)

    def count(self, language: Language) -> int:
        """How many published cases of one language there are."""
        return len(self._reading(lambda index: index.ids(collection_of("cases", language))))

    def section_ids(self, language: Language) -> tuple[str, ...]:
        """Every section and part of the published handbooks of one language, in reading order."""
        return self._reading(lambda index: index.ids(collection_of("sections", language)), fresh=True)

    def looks(self) -> Looks:
        """The newest looks at cases and handbooks that somebody found still true."""
        return self.shelf.looks()

    def cases_in_use(self, hits: Sequence[Hit], today: dt.date) -> list[Hit]:
        """Those hits whose case is not set aside: far too late, until somebody has looked at it."""
        looks = self.looks()
        return [hit for hit in hits if case_item(self.case(hit.entry), looks).state(today) != "aside"]

    def sections_in_use(self, language: Language, today: dt.date) -> tuple[str, ...]:
        """The sections of one language, in reading order, without those of handbooks that are set aside."""
        looks = self.looks()
        aside = {
            book.id for book in self.shelf.handbooks() if handbook_item(book, looks).state(today) == "aside"
        }
        return tuple(one for one in self.section_ids(language) if one.partition("#")[0] not in aside)

    def build(self, *, wait: float = WAIT_FOR_WRITER, again: bool = True) -> IndexStatus:
        """Make the index from the content as it is now; waits for another writer, then raises Busy."""
        self._build(wait, again)
        return self.status()

    def renew(self, *, wait: float = WAIT_FOR_WRITER) -> None:
        """Let the index follow the content now, and read from it; waits for another writer, then raises Busy."""
        newest = self._builds.newest()
        if newest is None or not self._follows(newest):
            newest = self._build(wait, again=False)
        with self._lock:
            if self._index is not None and self._index.build.folder != newest.folder:
                self.close()

    def status(self) -> IndexStatus:
        """What the newest build holds; builds nothing."""
        build = self._builds.newest()
        embedder = self._chosen().name
        if build is None:
            return IndexStatus(None, None, embedder, False, {})
        counts = {name: len(rows) for name, rows in build.manifest.entries.items()}
        fresh = self._follows(build)
        return IndexStatus(build.folder.name, build.manifest.made_at, build.manifest.embedder, fresh, counts)

    def close(self) -> None:
        """Let go of the build that is open."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _body(self, kind: Kind, entry: str) -> str | None:
        def read(index: Index) -> str | None:
            for collection in (collection_of(kind, "zh"), collection_of(kind, "en")):
                if entry in index.build.manifest.entries[collection]:
                    return index.body(collection, entry)
            return None

        return self._reading(read)

    def _reading(self, ask: Callable[[Index], _Answer], *, fresh: bool = False) -> _Answer:
        """Ask the build that is open, or with `fresh` the one that follows the content now.

        A build that was cleared away under us is opened anew once.
        """
        with self._lock:
            try:
                return ask(self._open(fresh))
            except (Broken, OSError):
                self.close()
                return ask(self._open(fresh))

    def _open(self, fresh: bool) -> Index:
        if self._index is not None and not fresh:
            return self._index
        newest = self._builds.newest()
        if newest is None or not self._follows(newest):
            newest = self._renewed(newest)
        if self._index is None or self._index.build.folder != newest.folder:
            self.close()
            self._index = Index(newest, self._chosen())
        return self._index

    def _renewed(self, old: Build | None) -> Build:
        """A build that follows the content; while another process makes it, an old one will do."""
        usable = old is not None and old.manifest.embedder == self._chosen().name
        try:
            return self._build(0.0 if usable else WAIT_FOR_WRITER, again=False)
        except EngineDown:
            fell_back(OLDER_OR_TABLE)
            if old is not None and usable:
                return old
            self._stand_in = time.monotonic() + REST, StaticTable()
            return self._build(WAIT_FOR_WRITER, again=False)
        except Busy:
            if old is None or not usable:
                raise
            self._note(
                ("索引正在更新，这次用上一版。", "The index is being renewed; using the previous one.")
            )
            return old

    def _build(self, wait: float, again: bool) -> Build:
        faults: list[Fault] = []
        build = self._builds.write(
            self.shelf.content_hash,
            lambda: self.shelf.entries(faults),
            self._chosen(),
            wait=wait,
            again=again,
            note=self._note,
        )
        self.faults = tuple(faults)
        if faults:
            n = len(faults)
            self._note(
                (
                    f"{n} 处内容有问题，没有收进来；`coach library check` 会列出来。",
                    f"{n} fault(s) in the content were left out; `coach library check` lists them.",
                )
            )
        return build

    def _follows(self, build: Build) -> bool:
        manifest = build.manifest
        return manifest.embedder == self._chosen().name and manifest.content == self.shelf.content_hash()

    def _chosen(self) -> Embedder:
        """The embedder in use; for a while the shipped table, where the endpoint could not make an index."""
        if self._stand_in is not None and time.monotonic() < self._stand_in[0]:
            return self._stand_in[1]
        if self._embedder is None:
            self._embedder = chosen_embedder(self._settings.embedder, self._settings)
        return self._embedder


@lru_cache(maxsize=512)
def _case(body: str) -> Case:
    return Case.model_validate_json(body)


@lru_cache(maxsize=512)
def _section(body: str) -> Section:
    return Section.model_validate_json(body)
