"""Reads the shipped content and, beside it, folders of a team's own.

A content folder holds `cases/**/*.yaml` and `handbooks/**/*.md`. Several folders make one library; a file of
a later folder replaces the case or handbook of the same id from an earlier one: a team may correct a sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from coach.located import Fault, FaultyContent, read_mapping
from knowledge.glossary import load_glossary
from knowledge.handbook import Handbook, read_handbook
from knowledge.industries import load_industries
from knowledge.schema import Case

__all__ = [
    "BUILT_IN",
    "case_files",
    "content_hash",
    "handbook_files",
    "load_cases",
    "load_glossary",
    "load_handbooks",
    "load_industries",
    "read_case",
]

BUILT_IN: Final = Path(__file__).parent
"""The content folder that ships with the code."""

_Content = TypeVar("_Content", Case, Handbook)
_REMEMBERED: Final = 4096
"""Parsed files that are kept."""


def load_cases(extra: Sequence[Path] = (), *, faults: list[Fault] | None = None) -> tuple[Case, ...]:
    """All cases of the shipped folder and `extra`, of any status, in the order of their ids.

    A file that breaks the schema raises FaultyContent with every fault at once; with a `faults` list the bad
    files are noted there instead and the good ones returned.
    """
    return _load(case_files(extra), read_case, faults)


def load_handbooks(extra: Sequence[Path] = (), *, faults: list[Fault] | None = None) -> tuple[Handbook, ...]:
    """All handbooks with their sections, under the same rules as `load_cases`."""
    return _load(handbook_files(extra), read_handbook, faults)


def read_case(file: Path) -> Case:
    """The case in `file`; its id is the file's name when it gives none. Raises FaultyContent."""
    document = read_mapping(file)
    return document.parse(Case, {"id": file.stem, **document.data})


def case_files(extra: Sequence[Path] = ()) -> list[Path]:
    """The case files of the shipped folder, then of each extra folder."""
    return [file for root in (BUILT_IN, *extra) for file in _files(root / "cases", (".yaml", ".yml"))]


def handbook_files(extra: Sequence[Path] = ()) -> list[Path]:
    """The handbook files of the shipped folder, then of each extra folder."""
    return [file for root in (BUILT_IN, *extra) for file in _files(root / "handbooks", (".md",))]


def content_hash(extra: Sequence[Path] = ()) -> str:
    """SHA-256 over the bytes of every case and handbook file, 16 hex digits: equal means equal content."""
    whole = hashlib.sha256()
    for file in (*case_files(extra), *handbook_files(extra)):
        whole.update(file.stem.encode())
        seen = file.stat()
        whole.update(_sha(file, (seen.st_mtime_ns, seen.st_size)))
    return whole.hexdigest()[:16]


def _load(
    files: Iterable[Path], read: Callable[[Path], _Content], faults: list[Fault] | None
) -> tuple[_Content, ...]:
    found: dict[str, _Content] = {}
    bad: list[Fault] = []
    for file in files:
        try:
            seen = file.stat()
            item = _read_once(read, file, (seen.st_mtime_ns, seen.st_size))
        except FaultyContent as error:
            bad.extend(error.faults)
        except (OSError, UnicodeError) as error:
            bad.append(Fault(file, 1, f"读不出来：{error}", f"cannot be read: {error}"))
        else:
            found[item.id] = item
    if faults is not None:
        faults.extend(bad)
    elif bad:
        raise FaultyContent(bad)
    return tuple(found[key] for key in sorted(found))


@lru_cache(maxsize=_REMEMBERED)
def _sha(file: Path, mark: tuple[int, int]) -> bytes:
    """Every search asks whether the content changed: of each `mark` of a file its bytes are read once."""
    return hashlib.sha256(file.read_bytes()).digest()


@lru_cache(maxsize=_REMEMBERED)
def _read_once(read: Callable[[Path], _Content], file: Path, mark: tuple[int, int]) -> _Content:
    """A file is parsed once for each of its `mark`s: when one of hundreds changes, the others are not read again."""
    return read(file)


def _files(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Content files below `folder` in a stable order; hidden and underscored names are left out."""
    if folder.is_dir():
        for file in sorted(folder.rglob("*")):
            if file.suffix in endings and file.is_file() and not file.name.startswith((".", "_")):
                yield file
