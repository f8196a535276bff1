"""What is exported is read back equal: every shipped case and handbook, in every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.exchange.case_text import case_of_markdown, markdown_of_case
from coach.exchange.export import Form, books, export
from coach.exchange.reading import HandbookTold, files_below, told_by
from coach.exchange.rows import Cell, case_of_row, cells_of_case
from knowledge.loader import load_cases
from knowledge.schema import Case

CASES = load_cases()


@pytest.mark.parametrize("form", ["xlsx", "json", "yaml", "markdown"])
def test_every_shipped_case_and_handbook_comes_back_equal(form: Form, tmp_path: Path) -> None:
    handbooks = books(())
    target = tmp_path / ("library" if form in ("yaml", "markdown") else f"library.{form}")
    export(CASES, handbooks, target, form, "zh")
    told = [one for file in files_below(target) for one in told_by(file)]
    back = {one.case.id: one.case for one in told if not isinstance(one, HandbookTold) and one.case}
    assert len(CASES) > 150
    assert back == {case.id: case for case in CASES}
    texts = {one.text for one in told if isinstance(one, HandbookTold)}
    assert texts == {one.markdown for one in handbooks}


@pytest.mark.parametrize(
    "words", ["# no heading", "- a: b", "a；b、c", " =1+1", "line\n\n", "“引号”: x", "## 背景", "---"]
)
def test_awkward_words_come_back_equal(words: str) -> None:
    case = Case.model_validate(
        {
            "id": "zh-own-x",
            "language": "zh",
            "title": "一个标题",
            "outcome": "won",
            "background": f"经过写在这里，够长了吧够长了。\n{words}",
            "why": [words.strip() or "x", "第二条"],
            "pain_keywords": [words.strip()],
            "reusable_phrases": [{"say": words, "when": words}],
        }
    )
    assert case_of_markdown(markdown_of_case(case)) == case
    assert case_of_row({path: Cell(cell, path) for path, cell in cells_of_case(case).items()}) == case
