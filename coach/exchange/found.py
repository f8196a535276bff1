"""What a look at files, or their import, came to: counts, columns, the first rows and the first faults, the handbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from pydantic import BaseModel, ConfigDict

from coach.errors import Words
from coach.exchange.bringing import Brought
from coach.exchange.intake import Fate, Told
from coach.exchange.reading import Headed

SHOWN: Final = 60
"""Faults that are shown one by one; the file of faults names all of them."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Column(_Part):
    """One head and the field it was taken for; empty for none."""

    head: str
    field: str


class SheetSeen(_Part):
    """One sheet with its columns in their order."""

    file: str
    sheet: str
    columns: tuple[Column, ...]


class RowSeen(_Part):
    """One row and what becomes of it."""

    file: str
    sheet: str
    row: int
    title: str
    fate: Fate


class FaultSeen(_Part):
    """One thing for which a row was not taken, with the way on."""

    file: str
    sheet: str
    row: int
    column: str
    held: str
    what: Words
    next: Words


class BookSeen(_Part):
    """One handbook and what becomes of it; `private` counts what looks like people's numbers."""

    id: str
    title: str
    fate: Fate
    version: str
    sections: int
    private: int


class Found(_Part):
    """What a look or an import came to; `bad` counts rows and files that were not taken."""

    new: int = 0
    changed: int = 0
    same: int = 0
    bad: int = 0
    masked: dict[str, int] = {}
    sheets: tuple[SheetSeen, ...] = ()
    first: tuple[RowSeen, ...] = ()
    faults: tuple[FaultSeen, ...] = ()
    books: tuple[BookSeen, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether an import would keep something."""
        return bool(self.new or self.changed or any(one.fate != "same" for one in self.books))


def sheet_seen(one: Headed) -> SheetSeen:
    """A sheet with what its columns were taken for."""
    fields = one.columns.columns
    return SheetSeen(
        file=one.file,
        sheet=one.sheet.name,
        columns=tuple(
            Column(head=head, field=fields.get(n, ""))
            for n, head in enumerate(one.columns.heads)
            if head.strip()
        ),
    )


def found_of(brought: Brought, sheets: Iterable[SheetSeen]) -> Found:
    """All of it in counts, and the first of it one by one."""
    outcome = brought.outcome
    return Found(
        new=outcome.new,
        changed=outcome.changed,
        same=outcome.same,
        bad=len(outcome.bad),
        masked=outcome.private,
        sheets=tuple(sheets),
        first=tuple(
            RowSeen(
                file=one.place.file, sheet=one.place.sheet, row=one.place.row, title=one.title, fate=one.fate
            )
            for one in outcome.first
        ),
        faults=tuple(islice(_faults(outcome.bad), SHOWN)),
        books=tuple(
            BookSeen(
                id=one.id,
                title=one.title,
                fate=one.fate,
                version=one.version,
                sections=one.sections,
                private=one.private,
            )
            for one in brought.handbooks
        ),
    )


def _faults(bad: Iterable[Told]) -> Iterator[FaultSeen]:
    for told in bad:
        for one in told.faults:
            yield FaultSeen(
                file=told.place.file,
                sheet=told.place.sheet,
                row=told.place.row,
                column=one.column,
                held=one.held[:120],
                what=one.what,
                next=one.next,
            )
