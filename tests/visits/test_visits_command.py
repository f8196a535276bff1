"""`coach visits`: what waits, and records as files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.cli import build
from coach.errors import BadInput, NotFound
from tests.visits.kept import a_coach, keep

RUN = CliRunner()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_list_says_what_waits(home: Path) -> None:
    coach = a_coach(home)
    id = keep(coach)
    done = keep(coach, name="done.txt")
    coach.visits.edit(done, {}, confirmed=True)
    lines = [
        json.loads(line) for line in RUN.invoke(build(), ["visits", "list", "--json"]).stdout.splitlines()
    ]
    assert {line["visit"] for line in lines} == {id, done}
    waiting = RUN.invoke(build(), ["visits", "list", "--waiting"]).stdout
    assert id[:8] in waiting
    assert done[:8] not in waiting


def test_one_record_as_a_file_and_all_in_a_folder(home: Path, tmp_path: Path) -> None:
    coach = a_coach(home)
    id = keep(coach)
    keep(coach, name="other.txt")
    file = tmp_path / "out" / "one.md"
    made = RUN.invoke(build(), ["visits", "export", str(file), id[:8]])
    assert made.exit_code == 0, made.output
    assert "## 核心诉求" in file.read_text("utf-8")
    made = RUN.invoke(build(), ["visits", "export", str(tmp_path / "all"), "--form", "json", "--json"])
    assert made.exit_code == 0, made.output
    files = sorted((tmp_path / "all").iterdir())
    assert len(files) == len(made.stdout.splitlines()) == 2
    assert {json.loads(one.read_text("utf-8"))["visit"] for one in files} == {
        one.id for one in coach.visits.newest()
    }


def test_several_visits_do_not_fit_one_file(home: Path, tmp_path: Path) -> None:
    coach = a_coach(home)
    keep(coach)
    keep(coach, name="other.txt")
    assert RUN.invoke(build(), ["visits", "export", str(tmp_path / "all.xlsx")]).exit_code == 2


def test_what_cannot_be_written_is_said(home: Path, tmp_path: Path) -> None:
    keep(a_coach(home))
    assert isinstance(RUN.invoke(build(), ["visits", "export", str(tmp_path / "a.pdf")]).exception, BadInput)
    assert isinstance(
        RUN.invoke(build(), ["visits", "export", str(tmp_path / "a.md"), "zzz"]).exception, NotFound
    )
