"""What belongs into the index: the shipped content, a team's own folders, and cases from the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from coach.library.entries import FORM, Entry, entries
from coach.library.tokens import rules_hash
from coach.located import Fault
from coach.store.reviews import Looked
from knowledge.handbook import Handbook
from knowledge.loader import content_hash, load_cases, load_handbooks
from knowledge.schema import Case


def _no_cases() -> Sequence[Case]:
    return ()


def _no_looks() -> Mapping[str, Looked]:
    return {}


@dataclass(frozen=True)
class Shelf:
    """All content of one coach.

    `folders` are content folders beside the shipped one (`knowledge.loader`); `own_cases` are the cases
    people wrote here, drafts included. The later one of two with the same id counts. `own_stamp` is a cheap
    mark that changes with them (without it every case is hashed at every search). `looks` are the newest looks at
    cases and handbooks that somebody found still true.
    """

    folders: tuple[Path, ...] = ()
    own_cases: Callable[[], Sequence[Case]] = field(default=_no_cases)
    own_stamp: Callable[[], str] | None = None
    looks: Callable[[], Mapping[str, Looked]] = field(default=_no_looks)
    _from_files: dict[str, _Files] = field(default_factory=dict, compare=False, repr=False)

    def content_hash(self) -> str:
        """Equal for equal content, indexed the same way (16 hex digits); reads files, parses nothing."""
        whole = hashlib.sha256(f"{FORM} {rules_hash()} {content_hash(self.folders)}".encode())
        whole.update((self.own_stamp or self._stamp)().encode())
        return whole.hexdigest()[:16]

    def _stamp(self) -> str:
        cases = sorted(self.own_cases(), key=lambda case: case.id)
        return "".join(case.model_dump_json() for case in cases)

    def entries(self, faults: list[Fault] | None = None) -> Iterator[Entry]:
        """An entry for everything published; files that cannot be read are noted in `faults` and left out."""
        cases = self.cases(faults)
        return chain(entries(cases, ()), self._files().sections)

    def cases(self, faults: list[Fault] | None = None) -> tuple[Case, ...]:
        """Every case of any status, in the order of ids."""
        files = self._files()
        if faults is not None:
            faults.extend(files.faults)
        found = {case.id: case for case in (*files.cases, *self.own_cases())}
        return tuple(found[key] for key in sorted(found))

    def handbooks(self) -> tuple[Handbook, ...]:
        """Every handbook of any status, in the order of ids."""
        return self._files().handbooks

    def _files(self) -> _Files:
        """What the files hold; parsed once for each content."""
        key = content_hash(self.folders)
        if key not in self._from_files:
            faults: list[Fault] = []
            cases = load_cases(self.folders, faults=faults)
            books = load_handbooks(self.folders, faults=faults)
            self._from_files.clear()
            self._from_files[key] = _Files(cases, books, tuple(entries((), books)), tuple(faults))
        return self._from_files[key]


@dataclass(frozen=True, slots=True)
class _Files:
    """Cases and handbooks of the files, the entries of the handbooks' sections, and the faults of both."""

    cases: tuple[Case, ...]
    handbooks: tuple[Handbook, ...]
    sections: tuple[Entry, ...]
    faults: tuple[Fault, ...]
