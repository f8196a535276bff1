"""Any document as Markdown, and Markdown as a case (by its headings) or as the text of a handbook."""

from __future__ import annotations

import re
from typing import Any, Final, assert_never

from coach.conversation import language_of
from coach.documents.apart import text_apart
from coach.documents.opened import Opened
from coach.errors import BadInput
from coach.exchange.case_text import case_of_markdown
from coach.exchange.fields import field_called
from coach.exchange.letters import text_of
from coach.exchange.rows import RowFault
from knowledge.schema import Case

_HEAD: Final = re.compile(r"^(#{1,6})\s+(.+?)\s*(?:\{#[\w.-]+\})?\s*$", re.MULTILINE)


def markdown_of(file: Opened) -> str:
    """The words of a document as Markdown. Raises BadInput."""
    match file.kind:
        case "docx" | "pptx" | "pdf":
            return text_apart(file)
        case "markdown":
            return text_of(file.path.read_bytes(), file.path.name)[0]
        case "xlsx" | "csv" | "json" | "yaml":
            raise BadInput((f"{file.path.name} 不是文章", f"{file.path.name} is no document"))
        case _:
            assert_never(file.kind)


def tells_a_case(text: str) -> bool:
    """Whether a document looks like one case: a head that says so, or three headings that are fields of a case."""
    if re.match(r"---\s*\n(?:.*\n)*?schema:\s*case/", text):
        return True
    fields = {field.path for match in _HEAD.finditer(text) if (field := field_called(match.group(2)))}
    return len(fields) >= 3


def case_told(text: str, title: str) -> Case | tuple[RowFault, ...]:
    """The case that a document tells under its headings; `title` counts when it has none."""
    return case_of_markdown(text, title)


def handbook_text(text: str, name: str) -> str:
    """The text as a handbook file: with a head when it has none, sections on level two, an id from its name."""
    if text.startswith("---"):
        return text
    title = next((match.group(2) for match in _HEAD.finditer(text) if match.group(1) == "#"), name)
    language = language_of([title, text[:2000]])
    head: dict[str, Any] = {
        "schema": "handbook/1",
        "id": handbook_id(name, language),
        "version": "1.0.0",
        "language": language,
        "title": title,
    }
    import yaml

    written = yaml.safe_dump(head, allow_unicode=True, sort_keys=False)
    body = text if re.search(r"^##\s", text, re.MULTILINE) else _with_a_section(text, title)
    return f"---\n{written}---\n\n{body.strip()}\n"


def handbook_id(name: str, language: str) -> str:
    """The id of a handbook that came without one: the same file name is the same handbook."""
    slug = re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "handbook"
    return slug if slug.startswith(f"{language}-") else f"{language}-{slug}"


def _with_a_section(text: str, title: str) -> str:
    """A text with no section of level two gets one, else no part of it could be cited."""
    body = re.sub(r"\A\s*#\s+.*\n", "", text)
    return f"# {title}\n\n## {title}\n\n{body.strip()}"
