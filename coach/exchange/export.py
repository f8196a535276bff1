"""Cases and handbooks as files: a folder of YAML and Markdown, one JSON, one spreadsheet. What is read back is equal.

The folder is a content folder itself: a library can be opened on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from coach.errors import BadInput
from coach.exchange.case_text import markdown_of_case
from coach.exchange.fields import FIELDS
from coach.exchange.rows import cells_of_case
from coach.store.disk import writing
from coach.vocabulary import Language
from knowledge.loader import handbook_files
from knowledge.schema import Case

Form = Literal["xlsx", "json", "yaml", "markdown"]
_LONGEST_CELL: Final = 32_767
_SUFFIX: Final[dict[str, Form]] = {".xlsx": "xlsx", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Book:
    """A handbook as its file has it."""

    id: str
    language: Language
    markdown: str


def books(folders: Sequence[Path]) -> list[Book]:
    """Every handbook of the shelf as written, in the order of ids; a later folder's counts."""
    found = {file.stem: file for file in handbook_files(folders)}
    return [
        Book(
            key,
            "en" if file.parent.name == "en" or key.startswith("en-") else "zh",
            file.read_text("utf-8-sig"),
        )
        for key, file in sorted(found.items())
    ]


def form_of(target: Path, said: str | None = None) -> Form:
    """How to write to `target`: what was said, else by its name; a folder holds YAML. Raises BadInput."""
    if said in ("xlsx", "json", "yaml", "markdown"):
        return said  # type: ignore[return-value]
    form = _SUFFIX.get(target.suffix.lower())
    if form is None and (said or target.suffix):
        raise BadInput(
            (f"不会写 {said or target.suffix}", f"{said or target.suffix} cannot be written"),
            ("写成 .xlsx、.json，或者一个文件夹。", "Write to .xlsx, .json, or a folder."),
        )
    return form or "yaml"


def export(
    cases: Sequence[Case], handbooks: Sequence[Book], target: Path, form: Form, language: Language
) -> int:
    """Write everything to `target`; gives the number of files. Raises DiskFull, DiskReadOnly, BadInput."""
    with writing():
        if form in ("xlsx", "json"):
            target.parent.mkdir(parents=True, exist_ok=True)
            if form == "json":
                target.write_text(_json(cases, handbooks), encoding="utf-8")
            else:
                _workbook(cases, handbooks, target, language)
            return 1
        return _folder(cases, handbooks, target, form)


def _json(cases: Iterable[Case], handbooks: Iterable[Book]) -> str:
    whole = {
        "schema": "library/1",
        "cases": [_facts(case) for case in cases],
        "handbooks": [
            {"id": one.id, "language": one.language, "markdown": one.markdown} for one in handbooks
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _folder(cases: Iterable[Case], handbooks: Iterable[Book], target: Path, form: Form) -> int:
    import yaml

    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    files: dict[Path, str] = {}
    for case in cases:
        folder = target / "cases" / case.language
        if form == "markdown":
            files[folder / f"{_name(case.id)}.md"] = markdown_of_case(case)
        else:
            facts = {"schema": "case/1", **_facts(case)}
            text = yaml.dump(facts, Dumper=dumper, allow_unicode=True, sort_keys=False, width=110)
            files[folder / f"{_name(case.id)}.yaml"] = text
    for one in handbooks:
        files[target / "handbooks" / one.language / f"{_name(one.id)}.md"] = one.markdown
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return len(files)


def _workbook(cases: Iterable[Case], handbooks: Sequence[Book], target: Path, language: Language) -> None:
    """Two sheets: a case a row with every field that any case has, and the handbooks whole."""
    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]

    rows = [cells_of_case(case) for case in cases]
    used = [field for field in FIELDS if any(field.path in row for row in rows)]
    book = Workbook(write_only=True)
    longest = max((len(text) for row in rows for text in row.values()), default=0)
    if max(longest, *(len(one.markdown) for one in handbooks), 0) > _LONGEST_CELL:
        raise BadInput(
            (f"有一格超过 {_LONGEST_CELL} 字，Excel 放不下", f"A cell has over {_LONGEST_CELL} characters"),
            ("导成 JSON 或文件夹。", "Export to JSON or to a folder."),
        )

    def line(sheet: Any, words: Iterable[str]) -> None:
        cells = []
        for text in words:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"  # words that begin with = are no formula
            cells.append(cell)
        sheet.append(cells)

    sheet: Any = book.create_sheet("战例" if language == "zh" else "cases")
    line(sheet, (field.name(language) for field in used))
    for row in rows:
        line(sheet, (row.get(field.path, "") for field in used))
    if handbooks:
        sheet = book.create_sheet("手册" if language == "zh" else "handbooks")
        line(sheet, ("编号", "手册正文") if language == "zh" else ("id", "handbook markdown"))
        for one in handbooks:
            line(sheet, (one.id, one.markdown))
    book.save(target)


def _facts(case: Case) -> dict[str, Any]:
    """A case in plain values; what only says the default is left out."""
    facts = case.model_dump(mode="json", exclude_defaults=True)
    return {"id": case.id, "language": case.language} | facts


def _name(id: str) -> str:
    """An id as a file name."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in id)
