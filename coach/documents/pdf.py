"""The text of a PDF as Markdown: lines joined to paragraphs, headings by how they are numbered, look-alikes replaced.

A PDF knows letters at places and nothing else; tables lose their borders. Running heads and page numbers are dropped.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from coach.documents.radicals import without_look_alikes
from coach.errors import BadInput

_MOST_PAGES: Final = 2000
_HEADING: Final = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节步部篇讲]\b.{0,40}|模块[一二三四五六七八九十\d]+.{0,40}|[一二三四五六七八九十]+、.{1,40}"
    r"|(?:Chapter|Module|Part|Section|Step)\s+\d+\b.{0,80}|\d+(?:\.\d+){0,2}\s+\S.{0,60}",
    re.IGNORECASE,
)
_ENDS: Final = tuple("。！？；：.!?;:…”」")
_BULLET: Final = re.compile(r"\s*(?:[•·●○■□▪◆◇➢►–-]|\(?\d{1,2}[).、])\s*")
_PAGE: Final = re.compile(r"\W*(?:第\s*)?\d{1,4}\s*(?:页|/\s*\d+)?\W*")


def markdown_of_pdf(path: Path) -> str:
    """The text as Markdown. Raises BadInput when it is locked, damaged, too long, or holds pictures only."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it says of every odd file what nobody can act on
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _refused(path, "加了密码", "has a password", "去掉密码再导。", "Take the password off.")
        if len(reader.pages) > _MOST_PAGES:
            raise _refused(path, "页数太多", "has too many pages", "拆成几份再导。", "Split it.")
        pages = [without_look_alikes(page.extract_text() or "").splitlines() for page in reader.pages]
    except (BadInput, MemoryError):
        raise
    except Exception as error:  # pypdf lets through whatever a damaged file leads to
        raise _refused(
            path,
            "读不出来，可能坏了",
            "cannot be read; it may be damaged",
            "另存一次再导。",
            "Save it again.",
        ) from error
    if not any(line.strip() for page in pages for line in page):
        raise _refused(
            path,
            "里面只有图，没有文字",
            "holds pictures and no text",
            "先做文字识别，再导。",
            "Run text recognition on it first.",
        )
    return "\n\n".join(_paragraphs(_without_running(pages))) + "\n"


def _without_running(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of all pages, without page numbers and without what stands on most pages."""
    on_pages = Counter(line for page in pages for line in {line.strip() for line in page})
    most = max(3, round(0.6 * len(pages)))
    for page in pages:
        for line in page:
            words = line.strip()
            if words and not _PAGE.fullmatch(words) and on_pages[words] < most:
                yield words


def _paragraphs(lines: Iterator[str]) -> Iterator[str]:
    held = ""
    for line in lines:
        if _HEADING.fullmatch(line) and not line.endswith(_ENDS):
            if held:
                yield held
            held = ""
            yield f"## {line}"
        elif match := _BULLET.match(line):
            if held:
                yield held
            held = "- " + line[match.end() :]
        elif held and not held.endswith(_ENDS):
            held = _joined(held, line)
        else:
            if held:
                yield held
            held = line
    if held:
        yield held


def _joined(one: str, other: str) -> str:
    """Two lines of one paragraph: Chinese runs on, English needs its blank."""
    wide = all(unicodedata.east_asian_width(letter) in "WF" for letter in (one[-1], other[0]))
    return f"{one}{other}" if wide else f"{one} {other}"


def _refused(path: Path, zh: str, en: str, way_zh: str, way_en: str) -> BadInput:
    return BadInput((f"{path.name} {zh}", f"{path.name} {en}"), (way_zh, way_en))
