"""One row of a spreadsheet, or the headings of a document, as a case; or everything that is wrong with it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from coach.conversation import language_of
from coach.errors import BadContent, Words
from coach.exchange.cells import value_of, words_of
from coach.exchange.fields import BY_PATH, FIELDS, Field
from knowledge.schema import Case

TOLD: Final = 12
"""So many characters at least must be told besides the title."""
_STORY: Final = ("one_line", "background", "core_conflict", "result.summary")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one cell: the field, the column as it is called there, what it held, and the way on."""

    field: str
    column: str
    held: str
    what: Words
    next: Words


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell and the head of its column."""

    words: str
    column: str


def case_of_row(
    cells: Mapping[str, Cell], head: Mapping[str, Any] | None = None
) -> Case | tuple[RowFault, ...]:
    """The case that the cells tell, by the paths of their fields, or every fault of the row at once.

    `head` are values that need no reading: the head of a Markdown file.
    """
    facts: dict[str, Any] = dict(head or {})
    faults: list[RowFault] = []
    for path, cell in cells.items():
        if not cell.words.strip():
            continue
        try:
            _put(facts, BY_PATH[path], value_of(BY_PATH[path], cell.words))
        except BadContent as error:
            faults.append(RowFault(path, cell.column, cell.words, error.what, error.next))
    faults += _left_open(cells, facts, {fault.field for fault in faults})
    if faults:
        return tuple(faults)
    return case_of_facts(facts, columns={path: cell.column for path, cell in cells.items()})


def case_of_facts(
    facts: Mapping[str, Any], columns: Mapping[str, str] | None = None
) -> Case | tuple[RowFault, ...]:
    """The case in plain values (from YAML, JSON or cells), or what the schema says against it."""
    whole = dict(facts)
    if whole.get("language") not in ("zh", "en"):
        told = [str(whole.get(key) or "") for key in ("title", "one_line", "background", "core_conflict")]
        whole["language"] = language_of(told)
    whole["id"] = str(whole.get("id") or id_of(str(whole.get("title") or ""), str(whole["language"])))
    try:
        return Case.model_validate(whole)
    except ValidationError as error:
        return tuple(_by_schema(error, columns or {}))


def cells_of_case(case: Case) -> dict[str, str]:
    """Every field of a case that says something, as the words of a cell, by path."""
    facts = case.model_dump(mode="python", exclude_defaults=True)
    facts["language"], facts["id"], facts["title"], facts["outcome"] = (
        case.language,
        case.id,
        case.title,
        case.outcome,
    )
    return {
        field.path: words_of(field, _plain(value))
        for field in FIELDS
        if (value := at(facts, field.place)) is not None
    }


def id_of(title: str, language: str) -> str:
    """The id of a case that came without one: the same title is the same case, whatever else was changed."""
    flat = "".join(unicodedata.normalize("NFKC", title).casefold().split())
    return f"{language}-own-{hashlib.sha256(flat.encode()).hexdigest()[:12]}"


def _put(facts: dict[str, Any], field: Field, value: Any) -> None:
    node = facts
    for key in field.place[:-1]:
        node = node.setdefault(key, {})
    node[field.place[-1]] = value


def at(facts: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place of nested mappings; None when nothing does."""
    for key in place:
        facts = facts.get(key) if isinstance(facts, Mapping) else None
    return facts


def _plain(value: Any) -> Any:
    """Tuples as lists and days as words, as YAML writes them safely."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _left_open(cells: Mapping[str, Cell], facts: Mapping[str, Any], wrong: set[str]) -> Iterator[RowFault]:
    """What every case must say."""

    def said(path: str) -> str:
        held = cells[path].words if path in cells else at(facts, BY_PATH[path].place)
        return str(held or "").strip()

    for path in ("title", "outcome"):
        if path not in wrong and not said(path):
            field = BY_PATH[path]
            column = cells[path].column if path in cells else ""
            yield RowFault(
                path,
                column,
                "",
                (f"没有{field.zh[0]}", f"no {field.en[0]}"),
                (
                    f"补上这一格；要是列名没认出来，改它对应的一栏（命令行：--map 列名={path}）",
                    f"Fill the cell; if the column was not recognised, say its field (command: --map COLUMN={path})",
                ),
            )
    if len("".join(said(path) for path in _STORY)) < TOLD:
        yield RowFault(
            "background",
            cells["background"].column if "background" in cells else "",
            said("background"),
            ("没写经过", "the story is missing"),
            (
                "背景、一句话梗概、核心冲突、结果至少写一处，一两句就行",
                "Write a sentence or two of background, summary, conflict or result",
            ),
        )


def _by_schema(error: ValidationError, columns: Mapping[str, str]) -> Iterator[RowFault]:
    for item in error.errors(include_url=False):
        where = ".".join(str(step) for step in item["loc"])
        path = next((path for path in BY_PATH if where == path or where.startswith(f"{path}.")), where)
        yield RowFault(
            path,
            columns.get(path, ""),
            str(item.get("input"))[:200],
            (f"{where} 不合格式：{item['msg']}", f"{where}: {item['msg']}"),
            ("照导出的战例那样写这一栏", "Write this field as an exported case has it"),
        )
