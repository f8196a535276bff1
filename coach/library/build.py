"""Index builds: immutable folders, each whole before it has a name.

    index/
      CURRENT                one line: the name of the newest complete build, replaced in one step
      writer.lock            whoever builds holds it; the kernel lets go when the process dies
      builds/<name>/
        chroma/  keyword/    the two legs
        tokens/              what the words of each entry were cut into
        bodies/              what was indexed, as JSON, read by id
        manifest.json        ids and hashes; written last: a folder without it is nobody's

A build is written beside the others, verified id by id against its manifest, and only then named. Readers
open the newest complete build; no process ever writes into a folder that another has open. Where little changed, a
build begins as a copy of the one before (`carry.py`): vectors and words of what stayed are not worked out again.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import Broken, Busy, Words
from coach.library.blank import blank_unused
from coach.library.carry import Carried, carried, keep_tokens
from coach.library.chroma import VectorStore, renew_vectors, write_vectors
from coach.library.embedding import Embedder
from coach.library.entries import COLLECTIONS, FORM, Collection, Entry, passage_id
from coach.library.keyword import KeywordIndex, rarity, write_keyword_index
from coach.library.tokens import rules_hash

POINTER: Final = "CURRENT"
Note = Callable[[Words], None]
"""Takes one (zh, en) line of progress."""


class Manifest(BaseModel):
    """What a build holds: for every collection the hash and the number of passages of each entry.

    `form` says how entries were indexed; `copies` counts the builds since the last one made from nothing.
    """

    model_config = ConfigDict(frozen=True)

    content: str
    embedder: str
    made_at: dt.datetime
    entries: dict[Collection, dict[str, tuple[str, int]]]
    form: str = ""
    copies: int = 0

    def passages(self, collection: Collection) -> frozenset[str]:
        """Every passage id that must be in the vector store."""
        rows = self.entries[collection].items()
        return frozenset(passage_id(entry, n) for entry, (_, count) in rows for n in range(count))


@dataclass(frozen=True, slots=True)
class Build:
    """One complete build on disk."""

    folder: Path
    manifest: Manifest


class IndexBuilds:
    """The builds below one folder; keeps the newest `kept` of them."""

    def __init__(self, folder: Path, kept: int = 2) -> None:
        self.folder = folder
        self._kept = kept
        self._known: Build | None = None

    def newest(self) -> Build | None:
        """The build that the pointer names, else the newest complete one, else None."""
        named = self._pointer()
        if self._known and self._known.folder.name == named and self._known.folder.is_dir():
            return self._known  # builds never change, so the manifest need not be read again
        for name in dict.fromkeys([*([named] if named else []), *reversed(self._names())]):
            if build := _complete(self.folder / "builds" / name):
                self._known = build
                return build
        return None

    def write(
        self,
        content: str | Callable[[], str],
        entries: Callable[[], Iterable[Entry]],
        embedder: Embedder,
        *,
        wait: float = 0.0,
        again: bool = False,
        note: Note = lambda _: None,
    ) -> Build:
        """The newest build of this content and embedder, made now when there is none (or `again`: from nothing).

        `content` marks what `entries` give; as a function it is asked once nobody else writes, so that content which
        changed while this writer waited is not called by its older mark.
        A second writer waits up to `wait` seconds and then takes over what the first one made; raises Busy
        when the time is over, Broken when the new build does not hold what was put in.
        """
        with self._writing(wait, note):
            found = self.newest()
            mark = content if isinstance(content, str) else content()
            if found and not again and _holds(found, mark, embedder):
                return found
            self._remove_unfinished()
            stamp = dt.datetime.now(dt.UTC)
            name = f"{stamp:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
            folder = self.folder / "builds" / name
            members = list(entries())
            base = None if again else carried(found, members, embedder.name, form())
            manifest = _write(folder, members, mark, embedder, stamp, note, base)
            if faults := list(verify(folder, manifest, embedder)):
                shutil.rmtree(folder, ignore_errors=True)
                raise Broken(
                    (
                        "索引没有写全：" + "；".join(faults[:5]),
                        "The index is not whole: " + "; ".join(faults[:5]),
                    ),
                    (
                        "检查磁盘空间后再运行 `coach library build`。",
                        "Check the disk, then `coach library build`.",
                    ),
                )
            _replace(folder / "manifest.json", manifest.model_dump_json())
            _replace(self.folder / POINTER, name + "\n")
            self._remove_old()
            return Build(folder, manifest)

    def _pointer(self) -> str | None:
        try:
            name = (self.folder / POINTER).read_text(encoding="utf-8").strip()
        except OSError:
            return None
        return name or None

    def _names(self) -> list[str]:
        """Names of all build folders, oldest first."""
        builds = self.folder / "builds"
        return sorted(path.name for path in builds.iterdir() if path.is_dir()) if builds.is_dir() else []

    @contextmanager
    def _writing(self, wait: float, note: Note) -> Iterator[None]:
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "writer.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            note(("另一个进程正在建索引，等它做完……", "Another process is building the index; waiting…"))
            try:
                lock.acquire(timeout=wait, poll_interval=0.1)
            except Timeout as error:
                raise Busy(
                    ("另一个进程正在建索引。", "Another process is building the index."),
                    ("过一会儿再试。", "Try again in a moment."),
                ) from error
        try:
            yield
        finally:
            lock.release()

    def _remove_unfinished(self) -> None:
        """Folders without a manifest were left by writers that died: the lock is ours, so nobody is there."""
        for name in self._names():
            folder = self.folder / "builds" / name
            if not (folder / "manifest.json").exists():
                shutil.rmtree(folder, ignore_errors=True)

    def _remove_old(self) -> None:
        for name in self._names()[: -self._kept]:
            folder = self.folder / "builds" / name
            (folder / "manifest.json").unlink(missing_ok=True)  # first of all: what is half gone has no name
            shutil.rmtree(folder, ignore_errors=True)


def verify(folder: Path, manifest: Manifest, embedder: Embedder) -> Iterator[str]:
    """Compare a build's two legs and bodies with its manifest, id by id; yields what does not match."""
    vectors = VectorStore(folder / "chroma", embedder)
    try:
        for name in COLLECTIONS:
            wanted = manifest.entries[name]
            bodies = Bodies(folder / "bodies" / name)
            legs: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
                ("chroma", vectors.ids(name), manifest.passages(name)),
                ("keyword", frozenset(KeywordIndex(folder / "keyword" / name).ids), frozenset(wanted)),
                ("bodies", held := bodies.ids, frozenset(wanted)),
            )
            for leg, have, want in legs:
                if have != want:
                    yield f"{leg}/{name}: {len(want - have)} missing, {len(have - want)} extra"
            for entry, (sha, _) in wanted.items():
                if entry in held and bodies.sha(entry) != sha:
                    yield f"bodies/{name}: {entry} differs"
    finally:
        vectors.close()


class Bodies:
    """What was indexed, read by id without reading the rest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
        self._table: dict[str, tuple[int, int, str]] = {key: tuple(row) for key, row in table.items()}

    @property
    def ids(self) -> frozenset[str]:
        """The ids of every entry here."""
        return frozenset(self._table)

    def sha(self, entry: str) -> str:
        """The hash that was stored with an entry."""
        return self._table[entry][2]

    def read(self, entry: str) -> str:
        """The JSON of an entry (KeyError when it is not here)."""
        start, length, _ = self._table[entry]
        with (self._folder / "bodies.jsonl").open("rb") as file:
            file.seek(start)
            return file.read(length).decode("utf-8")


def form() -> str:
    """How entries are indexed now; builds of another form are not carried over."""
    return f"{FORM} {rules_hash()}"


def _write(
    folder: Path,
    entries: Sequence[Entry],
    content: str,
    embedder: Embedder,
    stamp: dt.datetime,
    note: Note,
    base: Carried | None,
) -> Manifest:
    """Write everything but the manifest's file, and return the manifest."""
    new = list(entries) if base is None else base.new
    passages = sum(len(entry.passages) for entry in new)
    note(
        (
            f"正在建索引：{len(new)} 条，{passages} 段……",
            f"Building the index: {len(new)} entries, {passages} passages…",
        )
    )
    folder.mkdir(parents=True)
    # Chroma works outside of Python, and waits for the disk: the words are counted meanwhile.
    with ThreadPoolExecutor(1) as other:
        vectors = other.submit(_write_vectors, folder, entries, embedder, base)
        manifest = _write_words(folder, entries, content, embedder, stamp, base)
        vectors.result()
    return manifest


def _write_vectors(folder: Path, entries: Sequence[Entry], embedder: Embedder, base: Carried | None) -> None:
    if base is None:
        write_vectors(folder / "chroma", entries, embedder)
    else:
        renew_vectors(base.folder / "chroma", folder / "chroma", base.gone, base.new, embedder)
    blank_unused(folder / "chroma")


def _write_words(
    folder: Path,
    entries: Sequence[Entry],
    content: str,
    embedder: Embedder,
    stamp: dt.datetime,
    base: Carried | None,
) -> Manifest:
    sorted_in: dict[Collection, list[Entry]] = {name: [] for name in COLLECTIONS}
    for entry in entries:
        sorted_in[entry.collection].append(entry)
    known = base.tokens if base else {}
    tokens = {entry.id: known.get((entry.collection, entry.id)) or entry.tokens() for entry in entries}
    rare = {
        language: rarity([tokens[e.id] for e in entries if e.collection[-2:] == language])
        for language in sorted({name[-2:] for name in COLLECTIONS})
    }
    for name, members in sorted_in.items():
        documents = [tokens[e.id] for e in members]
        write_keyword_index(folder / "keyword" / name, [e.id for e in members], documents, rare[name[-2:]])
        keep_tokens(folder, name, {e.id: tokens[e.id] for e in members})
        _write_bodies(folder / "bodies" / name, members)
    made = {name: {e.id: (e.sha, len(e.passages)) for e in members} for name, members in sorted_in.items()}
    return Manifest(
        content=content,
        embedder=embedder.name,
        made_at=stamp,
        entries=made,
        form=form(),
        copies=base.copies + 1 if base else 0,
    )


def _write_bodies(folder: Path, entries: Sequence[Entry]) -> None:
    folder.mkdir(parents=True)
    table: dict[str, tuple[int, int, str]] = {}
    at = 0
    with (folder / "bodies.jsonl").open("wb") as file:
        for entry in entries:
            line = entry.body.encode("utf-8")
            file.write(line + b"\n")
            table[entry.id] = (at, len(line), entry.sha)
            at += len(line) + 1
    (folder / "table.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def _complete(folder: Path) -> Build | None:
    try:
        text = (folder / "manifest.json").read_text(encoding="utf-8")
        return Build(folder, Manifest.model_validate_json(text))
    except (OSError, ValidationError):
        return None


def _holds(build: Build, content: str, embedder: Embedder) -> bool:
    return (build.manifest.content, build.manifest.embedder) == (content, embedder.name)


def _replace(file: Path, text: str) -> None:
    """Write a file so that others see the old text or the new one, never a part."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(3)}")
    with beside.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(beside, file)
