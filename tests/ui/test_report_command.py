"""`coach report export`: a finished practice's report as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from coach.cli import build
from coach.errors import BadInput, NotFound
from tests.visits.kept import a_coach
from ui.pdf import browser

RUN = CliRunner()


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    coach = a_coach(tmp_path / "home")
    id = coach.keeping.begin(coach.start("zh-autoparts-quench-oil-tea", seed=1))
    now = coach.keeping.load(id)
    now.session.say("您最担心的是什么？", 9)
    now.session.end("rep_left")
    coach.keeping.save(id, now.session, now.clock)
    return id


def test_a_report_becomes_a_file(practice: str, tmp_path: Path) -> None:
    page = tmp_path / "out" / "report.html"
    made = RUN.invoke(build(), ["report", "export", practice[:8], str(page), "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout) == {"practice": practice, "form": "html", "target": str(page)}
    assert page.read_text("utf-8").startswith("<!doctype html>")
    words = tmp_path / "report.md"
    assert RUN.invoke(build(), ["report", "export", practice, str(words), "--lang", "en"]).exit_code == 0
    assert "## Evidence" in words.read_text("utf-8")
    if browser() is None:
        return  # tests/ui/test_pdf.py says that it did not run
    printed = tmp_path / "report.pdf"
    assert RUN.invoke(build(), ["report", "export", practice, str(printed)]).exit_code == 0
    told = "".join(page.extract_text() for page in PdfReader(printed).pages)
    assert "您最担心的是什么" in "".join(told.split())


def test_what_cannot_be_written_says_what_can(practice: str, tmp_path: Path) -> None:
    refused = RUN.invoke(build(), ["report", "export", practice, str(tmp_path / "a.docx")]).exception
    assert isinstance(refused, BadInput)
    assert ".pdf" in refused.way_on("zh")
    missing = RUN.invoke(build(), ["report", "export", "nobody", str(tmp_path / "a.md")]).exception
    assert isinstance(missing, NotFound)
