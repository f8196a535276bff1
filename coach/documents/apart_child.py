"""The program that takes strangers' documents apart: `python -m coach.documents.apart_child KIND FILE`.

It runs in its own process, because documents come from strangers and their parsers unpack, expand and recurse: a bomb,
a leak or an endless loop ends this process and not the coach. It tells what it finds on stdout, a JSON array a line:

    ["sheet", name]             a sheet begins
    ["row", n, [cell, …]]       one of its rows, the number as people see it; empty rows are passed over
    ["text", words]             a document as Markdown
    ["end"]                     all is told; without this line something was lost
    ["refused", what, next]     or why not, each (zh, en)
    ["too_big"]                 or it did not fit into the memory that it may have
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 1024 << 20
"""Address space in bytes; an honest sheet of fifty thousand rows takes a fifth of it."""
CPU: Final = 300
"""Seconds of work; honest files of a hundred megabytes take one."""
FILES: Final = 64
"""Open files: a document that refers to others has no business with them."""
MOST_COLUMNS: Final = 400
LONGEST_CELL: Final = 200_000
LONGEST_TEXT: Final = 30_000_000
"""Characters; a thick book has one million."""


def main(arguments: list[str]) -> int:
    """Tell what is in the file; 0 when everything was told or refused in words, 1 when memory did not do."""
    kind, name = arguments
    _hold_back()
    # openpyxl would load numpy if it could, only to know its number types.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    from coach.errors import BadInput

    try:
        for line in told(kind, Path(name)):
            _say(line)
        _say(["end"])
    except BadInput as error:
        _say(["refused", list(error.what), list(error.next)])
    except (MemoryError, RecursionError):
        _say(["too_big"])
        return 1
    return 0


def told(kind: str, path: Path) -> Iterator[list[Any]]:
    """The lines for one file. Raises BadInput, MemoryError."""
    if kind == "xlsx":
        from coach.documents.workbook import records_of

        for name, rows in records_of(path):
            yield ["sheet", name]
            for number, row in enumerate(rows, 1):
                cells = [_word(cell) for cell in row[:MOST_COLUMNS]]
                if any(cells):
                    yield ["row", number, cells]
        return
    yield ["text", _markdown(kind, path)[:LONGEST_TEXT]]


def _markdown(kind: str, path: Path) -> str:
    if kind == "docx":
        from coach.documents.word import markdown_of_word

        return markdown_of_word(path)
    if kind == "pptx":
        from coach.documents.slides import markdown_of_slides

        return markdown_of_slides(path)
    from coach.documents.pdf import markdown_of_pdf

    return markdown_of_pdf(path)


def _word(cell: Any) -> str:
    """A cell as words: days as days, whole numbers without a point."""
    import datetime as dt

    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace("_x000D_", "").replace("\r\n", "\n")[:LONGEST_CELL]
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:LONGEST_CELL]


def _say(line: list[Any]) -> None:
    # Lone surrogates and the like: the line is ASCII whatever stands in the document.
    sys.stdout.write(json.dumps(line, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _hold_back() -> None:
    """Limit memory, work, open files and what can be written by this process, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 1 << 20),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
