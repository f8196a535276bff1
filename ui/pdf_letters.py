"""What a PDF's glyphs are said to mean, put right: a browser may note the radical ⼼ where 心 was written.

The two look alike, so the page is the same; but a search for 心 and a copied sentence would miss it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from coach.documents.radicals import without_look_alikes

_BLOCK: Final = re.compile(r"\d+\s+beginbf(char|range)\s(.*?)endbf(?:char|range)", re.DOTALL)
_CHAR: Final = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE: Final = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)
_AT_ONCE: Final = 100
"""Pairs in one block; the format allows no more."""


def searchable(pdf: bytes) -> bytes:
    """The same PDF, its letters told as they were written."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        for font in _fonts(page.get("/Resources"), set()):
            told = font.get("/ToUnicode")
            if told is not None:
                stream = told.get_object()
                stream.set_data(mended(stream.get_data().decode("latin-1")).encode("latin-1"))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def mended(cmap: str) -> str:
    """A ToUnicode map whose look-alikes are the characters; one without any stays as it is."""
    pairs = dict(_pairs(cmap))
    right = {code: without_look_alikes(text) for code, text in pairs.items()}
    first = _BLOCK.search(cmap)
    if right == pairs or first is None:
        return cmap
    rows = [f"<{code}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in right.items()]
    blocks = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
    written = "\n".join(f"{len(one)} beginbfchar\n" + "\n".join(one) + "\nendbfchar" for one in blocks)
    return cmap[: first.start()] + written + _BLOCK.sub("", cmap[first.end() :])


def _pairs(cmap: str) -> Iterator[tuple[str, str]]:
    """(code as it is written, text) of every mapping, ranges one by one."""
    for block in _BLOCK.finditer(cmap):
        if block[1] == "char":
            for code, text in _CHAR.findall(block[2]):
                yield code.upper(), bytes.fromhex(text).decode("utf-16-be", "replace")
            continue
        for first, last, start, listed in _RANGE.findall(block[2]):
            texts = re.findall(r"<([0-9A-Fa-f]+)>", listed)
            for number in range(int(last, 16) - int(first, 16) + 1):
                code = f"{int(first, 16) + number:0{len(first)}X}"
                if listed:
                    text = (
                        bytes.fromhex(texts[number]).decode("utf-16-be", "replace")
                        if number < len(texts)
                        else ""
                    )
                else:
                    begin = bytes.fromhex(start).decode("utf-16-be", "replace")
                    text = begin[:-1] + chr(ord(begin[-1]) + number)
                yield code, text


def _fonts(resources: Any, seen: set[int]) -> Iterator[Any]:
    """Every font that a page names, also inside drawings."""
    if resources is None:
        return
    whole = resources.get_object()
    for font in (whole.get("/Font") or {}).values():
        yield font.get_object()
    for drawn in (whole.get("/XObject") or {}).values():
        inside = drawn.get_object()
        if id(inside) not in seen:
            seen.add(id(inside))
            yield from _fonts(inside.get("/Resources"), seen)
