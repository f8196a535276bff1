"""Spreadsheets as rows: the head is found, every row keeps the number that people see beside it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from coach.errors import BadInput
from coach.exchange.fields import field_called
from coach.exchange.letters import text_of
from coach.exchange.opened import Opened

_LOOKED_AT: Final = 15
"""So many rows down the head may stand; titles and notes stand above it."""
_MOST_COLUMNS: Final = 400
_LONGEST: Final = 200_000


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
    """Every sheet that holds anything. Raises BadInput when the file cannot be read as a spreadsheet."""
    raw = _workbook(file) if file.kind == "xlsx" else iter([("", _records(file))])
    for name, records in raw:
        if (sheet := _headed(name, records)) is not None:
            yield sheet


def _headed(name: str, records: Iterator[Sequence[Any]]) -> Sheet | None:
    """The sheet below its head: of the first rows the one with most names that are known, else the first with any."""
    first = [(n, _words(record)) for n, record in zip(range(1, _LOOKED_AT + 1), records, strict=False)]
    filled = [(n, cells) for n, cells in first if any(cells)]
    if not filled:
        return None
    number, heads = max(
        filled, key=lambda one: (sum(field_called(cell) is not None for cell in one[1] if cell), -one[0])
    )
    below = [(n, cells) for n, cells in first if n > number]

    def rows() -> Iterator[Row]:
        later = ((n, _words(record)) for n, record in enumerate(records, len(first) + 1))
        for n, cells in chain(below, later):
            if any(cells):
                yield Row(name, n, cells)

    return Sheet(name, heads, rows())


def _words(record: Sequence[Any]) -> tuple[str, ...]:
    return tuple(_word(cell) for cell in record[:_MOST_COLUMNS])


def _word(cell: Any) -> str:
    """A cell as words: days as days, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace("_x000D_", "").replace("\r\n", "\n")[:_LONGEST]
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _workbook(file: Opened) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    import warnings

    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that are not read here
            book = load_workbook(file.path, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    if sheet.sheet_state == "visible":
                        sheet.reset_dimensions()  # the size a file claims may be wrong
                        yield sheet.title, sheet.iter_rows(values_only=True)
            finally:
                book.close()
    except BadInput:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        raise BadInput(
            (
                f"{file.path.name} 读不出来，表格可能坏了",
                f"{file.path.name} cannot be read; it may be damaged",
            ),
            ("用 Excel 或 WPS 打开，另存一次，或存成 CSV。", "Open it, save it again, or save it as CSV."),
        ) from error


def _records(file: Opened) -> Iterator[Sequence[str]]:
    text, _ = text_of(file.path.read_bytes(), file.path.name)
    csv.field_size_limit(_LONGEST)
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
