"""Slides as Markdown: a slide is a section named by its title; its lists, tables and notes stand below."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coach.documents.markdown import table
from coach.errors import BadInput


def markdown_of_slides(path: Path) -> str:
    """The slides as Markdown. Raises BadInput when they cannot be read."""
    import pptx

    try:
        show = pptx.Presentation(str(path))
        blocks = [block for number, slide in enumerate(show.slides, 1) for block in _slide(number, slide)]
    except MemoryError:
        raise
    except Exception as error:  # python-pptx lets through whatever its parsers meet
        raise BadInput(
            (
                f"{path.name} 读不出来，幻灯片可能坏了",
                f"{path.name} cannot be read; it may be damaged",
            ),
            ("用 PowerPoint 或 WPS 打开，另存一次。", "Open it and save it again."),
        ) from error
    return "\n\n".join(block for block in blocks if block.strip()) + "\n"


def _slide(number: int, slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    head = " ".join(title.text.split()) if title is not None and title.has_text_frame else ""
    yield f"{'#' if number == 1 else '##'} {head or number}"
    for shape in slide.shapes:
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if shape.has_text_frame:
            lines = [" ".join(paragraph.text.split()) for paragraph in shape.text_frame.paragraphs]
            yield "\n".join(f"- {line}" for line in lines if line)
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield table([[cell.text for cell in row.cells] for row in shape.table.rows])
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield slide.notes_slide.notes_text_frame.text.strip()
