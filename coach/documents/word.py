"""Word documents as Markdown: headings by their styles, lists, tables, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from coach.documents.markdown import table
from coach.errors import BadInput

_LEVEL: Final = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def markdown_of_word(path: Path) -> str:
    """The document as Markdown. Raises BadInput when it cannot be read."""
    import docx

    try:
        document = docx.Document(str(path))
        blocks = list(_blocks(document))
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets through whatever its parsers meet
        raise BadInput(
            (
                f"{path.name} 读不出来，文档可能坏了",
                f"{path.name} cannot be read; it may be damaged",
            ),
            ("用 Word 或 WPS 打开，另存一次。", "Open it and save it again."),
        ) from error
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _blocks(document: Any) -> Iterator[str]:
    items: list[str] = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            yield from _flushed(items)
            yield table([[cell.text for cell in row.cells] for row in item.rows])
            continue
        words = item.text.strip()
        if not words:
            continue
        style = (item.style.name if item.style is not None else "") or ""
        if style.casefold() in ("title", "标题"):
            yield from _flushed(items)
            yield f"# {words}"
        elif match := _LEVEL.fullmatch(style.strip()):
            yield from _flushed(items)
            yield f"{'#' * min(6, int(match.group(1)) + 1)} {words}"
        elif (
            "list" in style.casefold()
            or "列表" in style
            or (item._p.pPr is not None and item._p.pPr.numPr is not None)
        ):
            items.append(f"- {words}")
        else:
            yield from _flushed(items)
            yield words
    yield from _flushed(items)


def _flushed(items: list[str]) -> Iterator[str]:
    if items:
        yield "\n".join(items)
        items.clear()
