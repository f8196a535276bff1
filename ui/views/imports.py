"""What the import page shows: the files in a tray, how they were understood, what becomes of every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.views.tone import Tone

Phase = Literal["looking", "looked", "importing", "imported", "failed"]


@dataclass(frozen=True, slots=True)
class SheetCols:
    """One sheet: its name, and (head, path of the field it was taken for, empty for none) of every column."""

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row or document and what becomes of it."""

    place: str
    title: str
    fate: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One reason why a row is not taken, with the way on."""

    place: str
    column: str
    held: str
    what: str
    next: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """One tray. `share` is how much of the work is done, 0..1, None where nobody knows; `figures` are (word, number)."""

    id: str
    names: tuple[str, ...]
    phase: Phase
    done: int
    share: float | None
    figures: tuple[tuple[str, int], ...] = ()
    masked: str = ""
    sheets: tuple[SheetCols, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    as_: str = ""
    documents: bool = False
    state: str = "in_review"
    rows: tuple[RowLine, ...] = ()
    faults: tuple[FaultLine, ...] = ()
    bad: int = 0
    kept: int = 0
    trouble: tuple[str, str] = ("", "")
    cases: bool = False
