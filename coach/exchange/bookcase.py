"""The trainers' handbooks: what stands on the shelf and who cites it, a new wording looked through, older ones put back.

A team's own handbooks are files (`coach.exchange.handbooks`); one with the id of a shipped handbook stands for it, and
taken off it gives it its place back. Nothing that was ever on the shelf is lost: older wordings stay beside.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from coach.errors import BadContent, NotFound, Refused
from coach.exchange.handbooks import Placed, older_file, place
from coach.library.shelf import Shelf
from coach.located import Fault, FaultyContent
from coach.store.disk import writing
from knowledge.check import check_handbook
from knowledge.handbook import Handbook, read_handbook
from knowledge.loader import handbook_files
from knowledge.schema import Case

SHIPPED: Final = "shipped"
"""The version that names what came with the product."""
LONGEST: Final = 400_000
"""Characters of a handbook; the longest shipped one has thirty thousand."""
_OLD: Final = re.compile(r"_(?P<id>.+)@(?P<version>[\w.-]+)\.md")


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A handbook, whether it is the team's own, and the cases that cite each of its anchors."""

    book: Handbook
    own: bool
    cited: Mapping[str, tuple[Case, ...]]

    @property
    def cases(self) -> frozenset[str]:
        """Every case that cites any of it."""
        return frozenset(case.id for cases in self.cited.values() for case in cases)


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """A new wording before it is put on the shelf: what becomes of it, its faults, and cited anchors that it lacks."""

    placed: Placed
    faults: tuple[Fault, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a handbook; `now` for the one on the shelf, `at` None for the shipped one."""

    version: str
    at: dt.datetime | None
    now: bool


class Bookcase:
    """The handbooks as trainers keep them; only trainers change anything."""

    def __init__(self, shelf: Shelf, folder: Path, *, may_edit: bool) -> None:
        """`shelf` is all content, `folder` the content folder of the team."""
        self._shelf = shelf
        self._folder = folder / "handbooks"
        self._root = folder
        self.may_edit = may_edit

    def books(self) -> tuple[OnShelf, ...]:
        """Every handbook of any status, the team's own first."""
        cited, own = self._cited, self._own_files
        found = [
            OnShelf(book, book.id in own, {a: c for a in book.anchors if (c := cited.get(f"{book.id}#{a}"))})
            for book in self._shelf.handbooks()
        ]
        return tuple(sorted(found, key=lambda one: (not one.own, one.book.id)))

    def book(self, book_id: str) -> OnShelf:
        """One of them (NotFound)."""
        for one in self.books():
            if one.book.id == book_id:
                return one
        raise NotFound(
            (f"没有这本手册：{book_id}", f"There is no handbook {book_id}"),
            ("回到手册列表里挑。", "Pick one from the list."),
        )

    def text(self, book_id: str) -> str:
        """The wording on the shelf as its file has it (NotFound)."""
        files = {file.stem: file for file in handbook_files((self._root,))}
        file = files.get(self.book(book_id).book.id)
        return file.read_text("utf-8-sig") if file else ""

    def look_through(self, text: str) -> LookedThrough:
        """What would become of a wording; raises BadContent for one that cannot be a handbook."""
        if len(text) > LONGEST:
            raise BadContent(
                (f"太长了，最多 {LONGEST} 字。", f"Too long: {LONGEST} characters at most."),
                ("拆成两本。", "Make two of it."),
            )
        placed = place(text, self._folder, dry_run=True)
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch) / f"{placed.id}.md"
            file.write_text(text, "utf-8")
            book = _read(file)
            faults = check_handbook(book, file, frozenset(case.id for case in self._shelf.cases()))
        links = (link.partition("#") for link in self._cited)
        gone = [f"#{anchor}" for id, _, anchor in links if id == book.id and anchor not in book.anchors]
        return LookedThrough(placed, tuple(faults), tuple(sorted(gone)))

    def put(self, text: str) -> Placed:
        """Put a wording on the shelf. Raises BadContent when it has faults: a shelf holds what `check` passes."""
        self._trainers_only()
        seen = self.look_through(text)
        if seen.faults:
            first = seen.faults[0]
            raise BadContent(
                (f"第 {first.line} 行：{first.zh}", f"Line {first.line}: {first.en}"),
                ("改好再放。", "Mend it, then put it on the shelf."),
            )
        return place(text, self._folder)

    def wordings(self, book_id: str) -> tuple[Wording, ...]:
        """Every wording that can be read again, the newest first."""
        own = self._own_files.get(book_id)
        older = [
            Wording(match["version"], _changed(file), now=False)
            for file in (self._folder.iterdir() if self._folder.is_dir() else ())
            if (match := _OLD.fullmatch(file.name)) and match["id"] == book_id
        ]
        older.sort(key=lambda one: one.at or dt.datetime.min.replace(tzinfo=dt.UTC), reverse=True)
        shipped = [Wording(SHIPPED, None, now=own is None)] if book_id in self._shipped_files else []
        now = [Wording(self.book(book_id).book.version, _changed(own), now=True)] if own else []
        return (*now, *older, *shipped)

    def put_back(self, book_id: str, version: str) -> None:
        """An older wording on the shelf again (NotFound)."""
        self._trainers_only()
        if version == SHIPPED:
            self.take_off(book_id)
            return
        plain = re.fullmatch(r"[\w.-]+", version) and re.fullmatch(r"[\w.-]+", book_id)
        file = self._folder / f"_{book_id}@{version}.md"
        if not plain or not file.is_file():
            raise NotFound(
                (f"没有 {book_id} 的 {version} 版。", f"There is no version {version} of {book_id}."),
                ("刷新这一页。", "Reload the page."),
            )
        place(file.read_text("utf-8-sig"), self._folder)

    def take_off(self, book_id: str) -> None:
        """The team's own handbook off the shelf, kept as an older wording; a shipped one takes its place (NotFound)."""
        self._trainers_only()
        file = self._own_files.get(book_id)
        if file is None:
            raise NotFound(
                ("这本不是你们自己的，撤不下来。", "This one is not your own and cannot be taken off."),
                ("可以换成你们的一版。", "You can put your own wording in its place."),
            )
        with writing():
            file.replace(older_file(file))

    @property
    def _own_files(self) -> dict[str, Path]:
        shipped = set(handbook_files())
        return {file.stem: file for file in handbook_files((self._root,)) if file not in shipped}

    @cached_property
    def _shipped_files(self) -> dict[str, Path]:
        return {file.stem: file for file in handbook_files()}

    @property
    def _cited(self) -> dict[str, tuple[Case, ...]]:
        """`handbook#anchor` -> the cases that cite it."""
        found: dict[str, list[Case]] = {}
        for case in self._shelf.cases():
            if case.status == "published":
                for link in case.links.handbooks:
                    found.setdefault(link, []).append(case)
        return {link: tuple(cases) for link, cases in found.items()}

    def _trainers_only(self) -> None:
        if not self.may_edit:
            raise Refused(
                ("手册由培训师来放。", "Handbooks are put on the shelf by trainers."),
                ("把文件交给他们。", "Give them the file."),
            )


def _read(file: Path) -> Handbook:
    try:
        return read_handbook(file)
    except FaultyContent as error:
        first = error.faults[0]
        raise BadContent((first.zh, first.en), error.next) from error


def _changed(file: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
