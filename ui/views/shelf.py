"""What the trainers' handbook page shows: the shelf, one handbook with its anchors and wordings, a wording looked through."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookRow:
    """One handbook of the shelf."""

    id: str
    title: str
    note: str
    own: bool
    sample: bool
    cited: str


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: its anchor, its title, and (id, title) of the cases that cite it."""

    anchor: str
    title: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One wording: the version that names it in a click, what people read, and whether it is on the shelf."""

    version: str
    words: str
    now: bool


@dataclass(frozen=True, slots=True)
class BookPage:
    """One handbook as a trainer sees it; `text` is its Markdown."""

    id: str
    title: str
    text: str
    own: bool
    sections: tuple[SectionRow, ...]
    wordings: tuple[WordingRow, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A wording that was looked through: what becomes of it, faults as (line, words), anchors that cases would miss."""

    text: str
    title: str
    fate: str
    faults: tuple[tuple[str, str], ...]
    lost: str
    may_keep: bool
