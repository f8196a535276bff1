"""Spreadsheets as rows: the head is found, every row keeps the number that people see beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Final

from coach.documents.apart import Record, sheets_apart
from coach.documents.apart_child import LONGEST_CELL, MOST_COLUMNS
from coach.documents.opened import Opened
from coach.errors import BadInput
from coach.exchange.fields import field_called
from coach.exchange.letters import text_of

_LOOKED_AT: Final = 15
"""So many rows down the head may stand; titles and notes stand above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its sheet, its number as the spreadsheet shows it, and the words of its cells."""

    sheet: str
    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with a head: the heads of its columns and the rows below, read as they are asked for."""

    name: str
    heads: tuple[str, ...]
    rows: Iterator[Row]


def sheets(file: Opened) -> Iterator[Sheet]:
    """Every sheet that holds anything; the rows of one must be read before the next is asked for.

    Raises BadInput when the file cannot be read as a spreadsheet.
    """
    raw = _workbook(file) if file.kind == "xlsx" else iter([("", _numbered(_records(file)))])
    for name, records in raw:
        if (sheet := _headed(name, records)) is not None:
            yield sheet


def _headed(name: str, records: Iterator[Record]) -> Sheet | None:
    """The sheet below its head: of the first rows the one with most names that are known, else the first with any."""
    first: list[Record] = []
    for record in records:
        first.append(record)
        if record[0] >= _LOOKED_AT:
            break
    filled = [one for one in first if one[0] <= _LOOKED_AT]
    if not filled:
        return None
    number, heads = max(
        filled, key=lambda one: (sum(field_called(cell) is not None for cell in one[1] if cell), -one[0])
    )
    below = [one for one in first if one[0] > number]
    rows = (Row(name, n, cells) for n, cells in chain(below, records))
    return Sheet(name, heads, rows)


def _workbook(file: Opened) -> Iterator[tuple[str, Iterator[Record]]]:
    """The sheets as the child tells them, one after the other."""
    with closing(sheets_apart(file)) as told:
        waiting = next(told, None)
        while waiting is not None:
            name = waiting[0]
            after: list[tuple[str, Record | None] | None] = [None]

            def rows(after: list[tuple[str, Record | None] | None] = after) -> Iterator[Record]:
                for one in told:
                    if one[1] is None:
                        after[0] = one
                        return
                    yield one[1]

            records = rows()
            yield name, records
            for _ in records:  # whatever nobody asked for
                pass
            waiting = after[0]


def _numbered(records: Iterator[Sequence[str]]) -> Iterator[Record]:
    """Rows with their numbers, without the empty ones."""
    for number, record in enumerate(records, 1):
        cells = tuple(cell.replace("\r\n", "\n")[:LONGEST_CELL] for cell in record[:MOST_COLUMNS])
        if any(cells):
            yield number, cells


def _records(file: Opened) -> Iterator[Sequence[str]]:
    text, _ = text_of(file.path.read_bytes(), file.path.name)
    csv.field_size_limit(LONGEST_CELL)
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t，", key=head.count) if any(mark in head for mark in ",;\t") else ","
    delimiter = delimiter if delimiter in ",;\t" else ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise BadInput(
            (f"{file.path.name} 的引号没配好：{error}", f"{file.path.name} is no proper CSV: {error}"),
            ("存成 xlsx 再导。", "Save it as xlsx and import that."),
        ) from error
