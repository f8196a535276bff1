"""Files as cases and handbooks to be taken in: what each row and each document tells, or what is wrong with it.

Rows are read as they are asked for, so that a sheet of any length takes little memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Literal

from coach.documents.opened import Opened, opened
from coach.errors import BadInput, CoachError
from coach.exchange.columns import Columns, mapped
from coach.exchange.intake import Place, Told
from coach.exchange.letters import text_of
from coach.exchange.prose import case_told, handbook_text, markdown_of, tells_a_case
from coach.exchange.rows import RowFault, case_of_facts, case_of_row
from coach.exchange.sheets import Sheet, sheets
from coach.plain_yaml import plain_values
from knowledge.schema import Case

As = Literal["case", "handbook"]
_PEEKED: Final = 50
"""Rows that are looked into before columns are guessed."""
HANDBOOK_SHEET: Final = ("handbooks", "手册")
"""The name of the sheet that holds whole handbooks, as they are exported."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet with its columns, the rows that were looked at to guess them, and the name of its file."""

    sheet: Sheet
    columns: Columns
    first: tuple[tuple[int, tuple[str, ...]], ...]
    file: str = ""


Heard = Callable[[Headed], None]
"""Learns how a sheet was understood."""


@dataclass(frozen=True, slots=True)
class HandbookTold:
    """A handbook as it was read: its Markdown with a head."""

    place: Place
    text: str


def files_below(path: Path) -> list[Path]:
    """The file itself, or every file of a folder that may be read, in a stable order."""
    if not path.is_dir():
        return [path]
    return [
        file for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith((".", "_"))
    ]


def told_by(
    path: Path,
    *,
    said: Mapping[str, str] | None = None,
    as_: As | None = None,
    heard: Heard = lambda _: None,
) -> Iterator[Told | HandbookTold]:
    """Everything one file tells; `heard` learns how each sheet was understood, before its rows.

    Raises BadInput when the file cannot be used at all.
    """
    file = opened(path)
    if file.tabular:
        yield from _rows(file, said or {}, heard)
    elif file.kind == "json":
        yield from _json(file)
    elif file.kind == "yaml":
        facts = _yaml(file)
        yield _told(Place(path.name), facts)
    else:
        text = markdown_of(file)
        if as_ == "case" or (as_ is None and tells_a_case(text)):
            case = case_told(text, path.stem)
            yield _as_told(Place(path.name), case)
        else:
            yield HandbookTold(Place(path.name), handbook_text(text, path.stem))


def headed(file: Opened, said: Mapping[str, str]) -> Iterator[Headed]:
    """The sheets of a spreadsheet with their columns guessed, or as they were `said` (head -> field)."""
    for sheet in sheets(file):
        first = tuple((row.number, row.cells) for row in islice(sheet.rows, _PEEKED))
        columns = mapped(sheet.heads, [cells for _, cells in first], said)
        yield Headed(sheet, columns, first, file.path.name)


def _rows(file: Opened, said: Mapping[str, str], heard: Heard) -> Iterator[Told | HandbookTold]:
    found = False
    for one in headed(file, said):
        later = ((row.number, row.cells) for row in one.sheet.rows)
        if one.sheet.name in HANDBOOK_SHEET:
            found = True
            yield from _handbooks(file, one)
            continue
        if not one.columns.columns:
            continue
        found = True
        heard(one)
        for number, cells in chain(one.first, later):
            place = Place(file.path.name, one.sheet.name, number)
            case = case_of_row(one.columns.cells(cells))
            yield _as_told(place, case, cells)
    if not found:
        raise BadInput(
            (f"{file.path.name} 里没有认得的列名", f"No column of {file.path.name} is known"),
            (
                "第一行写上列名（标题、结局、背景……），或用 --map 列名=字段 说明。",
                "Put heads into the first row (title, outcome, background …), or say --map COLUMN=FIELD.",
            ),
        )


def _handbooks(file: Opened, one: Headed) -> Iterator[HandbookTold]:
    later = ((row.number, row.cells) for row in one.sheet.rows)
    for number, cells in chain(one.first, later):
        yield HandbookTold(Place(file.path.name, one.sheet.name, number), cells[-1])


def _json(file: Opened) -> Iterator[Told | HandbookTold]:
    text, _ = text_of(file.path.read_bytes(), file.path.name)
    try:
        whole = json.loads(text) if file.path.suffix.lower() != ".jsonl" else _json_lines(text)
        if "\\ud" in text.casefold():
            json.dumps(whole, ensure_ascii=False).encode()  # half a character cannot be stored anywhere
    except (ValueError, RecursionError) as error:
        raise BadInput(
            (
                f"{file.path.name} 不是合格的 JSON：{error}"[:300],
                f"{file.path.name} is not valid JSON: {error}"[:300],
            ),
            ("重新导出一次。", "Export it again."),
        ) from error
    cases, books = (whole, []) if not isinstance(whole, dict) or "title" in whole else _both(whole)
    for number, facts in enumerate([cases] if isinstance(cases, dict) else cases, 1):
        yield _told(Place(file.path.name, "", number), facts)
    for number, book in enumerate(books, 1):
        yield HandbookTold(Place(file.path.name, "handbooks", number), str(book["markdown"]))


def _json_lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _both(whole: dict[str, Any]) -> tuple[list[Any], list[dict[str, Any]]]:
    books = whole.get("handbooks") or []
    kept = [book for book in books if isinstance(book, dict) and book.get("markdown")]
    cases = whole.get("cases") or []
    return (cases if isinstance(cases, list) else [cases]), kept


def _yaml(file: Opened) -> Any:
    text, _ = text_of(file.path.read_bytes(), file.path.name)
    try:
        return plain_values(text)
    except ValueError as error:
        raise BadInput(
            (f"{file.path.name} 不是合格的 YAML：{error}", f"{file.path.name} is not valid YAML: {error}"),
            ("改好那一行再导。", "Correct that line and import again."),
        ) from error


def _told(place: Place, facts: Any) -> Told:
    """A case in plain values; one without an id gets it from its title."""
    if not isinstance(facts, dict):
        words = str(facts)[:200]
        fault = RowFault(
            "",
            "",
            words,
            ("应当是一组键值", "it must be a mapping"),
            ("照导出的样子写。", "Write it as an export has it."),
        )
        return Told(place, None, (fault,))
    if not facts.get("title") or not facts.get("outcome"):
        return _as_told(place, case_of_row({}, facts))
    return _as_told(place, case_of_facts(facts))


def _as_told(place: Place, case: Case | tuple[RowFault, ...], cells: tuple[str, ...] = ()) -> Told:
    return Told(place, case, (), cells) if isinstance(case, Case) else Told(place, None, case, cells)


def failed(path: Path, error: CoachError) -> Told:
    """A file that could not be used at all, as something that was not taken."""
    return Told(Place(path.name), None, (RowFault("", "", "", error.what, error.next),))
