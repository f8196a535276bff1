"""Workbooks as records: every visible sheet, its rows as openpyxl gives them. Runs in the child that reads for us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from coach.errors import BadInput


def records_of(path: Path) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    """(name, rows) of every visible sheet. Raises BadInput when the file cannot be read as a workbook."""
    import warnings

    from openpyxl import load_workbook  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that are not read here
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                for sheet in book.worksheets:
                    if sheet.sheet_state == "visible":
                        sheet.reset_dimensions()  # the size a file claims may be wrong
                        yield sheet.title, sheet.iter_rows(values_only=True)
            finally:
                book.close()
    except (BadInput, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers meet
        raise BadInput(
            (f"{path.name} 读不出来，表格可能坏了", f"{path.name} cannot be read; it may be damaged"),
            ("用 Excel 或 WPS 打开，另存一次，或存成 CSV。", "Open it, save it again, or save it as CSV."),
        ) from error
