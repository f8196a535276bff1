"""A case as a Markdown document to read, and back: short facts in the head, everything told under its heading.

    ---
    schema: case/1
    id: zh-won-…
    outcome: won
    ---
    # 采购说上一家也是这么说的
    ## 背景 {#background}
    …

A stranger's document needs no head and no anchors: headings that are names of fields are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from coach.conversation import language_of
from coach.exchange.fields import BY_PATH, FIELDS, Field, field_called
from coach.exchange.rows import Cell, RowFault, at, case_of_row
from coach.plain_yaml import plain_values
from knowledge.schema import Case

_HEADING: Final = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*(?:\{#([\w.-]+)\})?[ \t]*$", re.MULTILINE)
_HEAD: Final = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_FENCED: Final = re.compile(r"\A\s*```ya?ml\n(.*)\n```\s*\Z", re.DOTALL)
_TOLD: Final = ("text", "lines", "things")
"""What of a case stands in the body; the rest is in the head."""


def markdown_of_case(case: Case) -> str:
    """The whole case; `case_of_markdown` gives it back equal."""
    facts = case.model_dump(mode="python", exclude_defaults=True)
    facts |= {"id": case.id, "language": case.language, "title": case.title, "outcome": case.outcome}
    pieces = [f"# {case.title}"]
    for field in FIELDS:
        value = at(facts, field.place)
        if field.form in _TOLD and value is not None:
            pieces.append(f"## {field.name(case.language)} {{#{field.path}}}\n\n{_body(field, value)}")
    return f"{_head(facts)}\n" + "\n\n".join(pieces) + "\n"


def case_of_markdown(text: str, title: str = "") -> Case | tuple[RowFault, ...]:
    """The case that a Markdown document tells, or what is wrong with it; `title` counts when it gives none."""
    head, body = _parted(text.replace("\r\n", "\n"))
    cells: dict[str, Cell] = {}
    named = str(head.get("title") or "")
    for place, (level, words, told) in enumerate(_sections(body)):
        field = field_called(words) if not words.startswith("#") else BY_PATH[words[1:]]
        if field is None:
            named = named or (words if level == 1 or place == 0 else "")
            continue
        cells[field.path] = Cell(told, field.name("zh"))
    if "title" not in cells:
        head = {**head, "title": named or title}
    if not head.get("language"):
        head["language"] = language_of([str(head.get("title")), *(cell.words for cell in cells.values())])
    return case_of_row(cells, head)


def _head(facts: Mapping[str, Any]) -> str:
    import yaml

    short: dict[str, Any] = {"schema": "case/1"}
    for field in FIELDS:
        value = at(facts, field.place)
        if field.form not in _TOLD and value is not None:
            node = short
            for key in field.place[:-1]:
                node = node.setdefault(key, {})
            node[field.place[-1]] = list(value) if isinstance(value, tuple) else value
    written = yaml.safe_dump(short, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{written}---\n"


def _body(field: Field, value: Any) -> str:
    if field.form == "text":
        return re.sub(r"^(\\*#)", r"\\\1", str(value), flags=re.MULTILINE)
    import yaml

    plain = _plain(value)
    written = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n")
    return written if field.form == "lines" else f"```yaml\n{written}\n```"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _parted(text: str) -> tuple[dict[str, Any], str]:
    """The head as plain values by field, and what stands below it."""
    match = _HEAD.match(text.lstrip("\ufeff"))
    if match is None:
        return {}, text
    try:
        found = plain_values(match.group(1))
    except ValueError:
        return {}, text
    rest = text.lstrip("\ufeff")[match.end() :]
    return (dict(found), rest) if isinstance(found, dict) else ({}, text)


def _sections(body: str) -> Iterator[tuple[int, str, str]]:
    """(level, heading or `#path`, words below) in order; headings that are no field stay in the words above them."""
    begun: tuple[int, str] | None = None
    start = 0
    for match in _HEADING.finditer(body):
        level, words, anchor = len(match.group(1)), match.group(2), match.group(3) or ""
        known = anchor in BY_PATH or field_called(words) is not None
        if not known and not (level == 1 and begun is None):
            continue
        if begun is not None:
            yield (*begun, _words(body[start : match.start()], last=False))
        begun, start = (level, f"#{anchor}" if anchor in BY_PATH else words), match.end()
    if begun is not None:
        yield (*begun, _words(body[start:], last=True))


def _words(slice_: str, *, last: bool) -> str:
    """What stands between two headings, without the blank lines that belong to them."""
    text = slice_.removeprefix("\n").removeprefix("\n").removesuffix("\n")
    text = text if last else text.removesuffix("\n")
    if (fenced := _FENCED.match(text)) is not None:
        return fenced.group(1)
    return re.sub(r"^\\(\\*#)", r"\1", text, flags=re.MULTILINE)
