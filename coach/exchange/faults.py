"""The file of what was not taken: one line a fault, with the row, the column, what is wrong, and the way on.

It opens in Excel as it is: UTF-8 with its mark, and no cell begins like a formula.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from coach.exchange.intake import Told
from coach.vocabulary import Language

_HEADS: Final = {
    "zh": ("文件", "工作表", "行", "列", "字段", "原来写的", "哪里不对", "怎么办", "整行"),
    "en": (
        "file",
        "sheet",
        "row",
        "column",
        "field",
        "what it held",
        "what is wrong",
        "next step",
        "whole row",
    ),
}


def write_faults(file: Path, bad: Iterable[Told], language: Language) -> None:
    """Write every fault of every row that was not taken into `file`."""
    side = 0 if language == "zh" else 1
    with file.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(_HEADS[language])
        for told in bad:
            whole = " | ".join(told.cells)
            for fault in told.faults:
                place = told.place
                cells = (
                    place.file,
                    place.sheet,
                    str(place.row or ""),
                    fault.column,
                    fault.field,
                    fault.held[:500],
                    fault.what[side],
                    fault.next[side],
                    whole,
                )
                writer.writerow([_harmless(cell) for cell in cells])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
