"""A handbook is Markdown with a head of facts; its sections can be cited by `handbook#anchor`.

    ---
    id: zh-objection-technical
    language: zh
    title: 异议处理手册 · 技术质疑
    objection_types: [technical]
    ---
    ## 模块一 · 分清是哪一种质疑 {#which-doubt}
    ### 动作标准

A heading of level two opens a section (level one is the title); the headings below it open its parts, which
are cited by the section's anchor unless they carry their own. A section without an anchor gets one from its
words, so that a rep's own handbook can be cited as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

from pydantic import BeforeValidator, Field

from coach.conversation import language_of
from coach.located import Located
from coach.vocabulary import Language, ObjectionType, Stage
from knowledge.schema import Part, Status, Tier


class Section(Part):
    """One citable piece; `heading` is the own one of a part (动作标准), `line` where it begins."""

    id: str
    handbook: str
    anchor: str
    title: str
    heading: str = ""
    text: str = ""
    language: Language = "zh"
    objection_types: tuple[ObjectionType, ...] = ()
    stages: tuple[Stage, ...] = ()
    line: int = 1

    @property
    def link(self) -> str:
        """How this section is cited: `handbook#anchor`."""
        return f"{self.handbook}#{self.anchor}"


class Handbook(Part):
    """The head of a handbook and its sections in reading order; `read_first` is its place in a newcomer's reading."""

    id: str = Field(min_length=1, max_length=120)
    title: str
    language: Language
    status: Status = "published"
    version: str = "1.0.0"
    part_of: str = ""
    objection_types: tuple[ObjectionType, ...] = ()
    stages: tuple[Stage, ...] = ()
    tier: Tier = "tactical"
    read_first: int | None = Field(None, ge=1)
    owner: str = ""
    reviewed_on: Annotated[str, BeforeValidator(str)] = ""
    review_due: Annotated[str, BeforeValidator(str)] = ""
    sample: bool = False
    sources: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """Where it can be cited, in reading order."""
        return tuple(dict.fromkeys(section.anchor for section in self.sections))


def read_handbook(file: Path) -> Handbook:
    """The handbook in `file`; raises BadContent with file and line when its head breaks the schema."""
    text = file.read_text(encoding="utf-8-sig")
    head, body, body_line = _head_and_body(text)
    document = Located(file, head, first_line=2)
    facts = document.data if isinstance(document.data, dict) else {}
    title = facts.get("title") or _title_in(body) or file.stem
    language = language_of([str(title), body[:2000]])
    facts = {"id": file.stem, "language": language, **facts, "title": str(title), "sections": ()}
    book = document.parse(Handbook, facts)
    return book.model_copy(update={"sections": tuple(_sections(book, body, body_line))})


_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*(?:\{#([\w.-]+)\})?\s*")
_FENCE: Final = re.compile(r"\s*(```|~~~)")


def _head_and_body(text: str) -> tuple[str, str, int]:
    """The YAML head, the Markdown body, and the line on which the body begins."""
    if not text.startswith("---"):
        return "", text, 1
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        return "", text, 1
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _title_in(body: str) -> str:
    match = re.search(r"^#\s+(.+?)\s*(?:\{#[\w.-]+\})?\s*$", body, re.MULTILINE)
    return match.group(1) if match else ""


def _sections(book: Handbook, body: str, first_line: int) -> Iterator[Section]:
    """Sections and their parts; text before the first section belongs to nobody and is not cited."""
    home = here = ("", "")  # (title, anchor) of the section of level two, and of the piece being read
    heading = ""
    parts: Counter[str] = Counter()
    taken: set[str] = set()
    lines: list[str] = []
    begins, fenced = first_line, False

    def finished() -> Iterator[Section]:
        (title, anchor), words = here, "\n".join(lines).strip()
        if anchor and words:
            part = f"/{parts[anchor]}" if heading else ""
            yield Section(
                id=f"{book.id}#{anchor}{part}",
                handbook=book.id,
                anchor=anchor,
                title=title,
                heading=heading,
                text=words,
                language=book.language,
                objection_types=book.objection_types,
                stages=book.stages,
                line=begins,
            )

    for number, line in enumerate(body.splitlines(), first_line):
        fenced ^= _FENCE.match(line) is not None
        match = None if fenced else _HEADING.fullmatch(line)
        if match is None:
            lines.append(line)
            continue
        yield from finished()
        lines, begins = [], number
        level, words, given = len(match.group(1)), match.group(2), match.group(3)
        if level <= 2:
            home = here = (words, given or ("" if level == 1 else _slug(words, taken)))
            heading = ""
        elif given:
            here, heading = (words, given), ""
        else:
            here, heading = home, words
            parts[home[1]] += 1
        taken.add(here[1])
    yield from finished()


def _slug(words: str, taken: set[str]) -> str:
    """An anchor made from a heading's words, with a number when another section has it already."""
    flat = unicodedata.normalize("NFKC", words).casefold()
    slug = re.sub(r"[^\w]+", "-", flat).strip("-") or "section"
    free, n = slug, 2
    while free in taken:
        free, n = f"{slug}-{n}", n + 1
    return free
