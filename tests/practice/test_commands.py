"""The commands of the practice room: data on stdout, one object a line with --json, exit codes as promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from coach.commands import certify, practice, scenarios, score
from coach.errors import NotFound
from tests.practice.scripts import LAZY
from tests.practice.talks import shipped

ID = sorted(shipped())[-1]
SCORE_KEYS = {
    "file",
    "outcome",
    "total",
    "total_without_advice_only",
    "reason",
    "checks",
    "red_lines",
    "missing",
    "composure",
    "engine",
    "scenario",
    "scenario_version",
    "rubric_version",
}


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The practice room's commands, at home in a fresh folder."""
    monkeypatch.setenv("COACH_HOME", str(home))
    made = typer.Typer()
    for command in (practice, score, scenarios, certify):
        command.register(made)
    return made


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A lazy rep's lines, one a line, with a silence among them."""
    path = tmp_path / "lines.txt"
    lines = LAZY[shipped()[ID].language][:3]
    path.write_text("\n".join([lines[0], "", *lines[1:]]) + "\n", encoding="utf-8")
    return path


def test_a_script_is_played_and_scored_as_one_object(app: typer.Typer, script: Path) -> None:
    result = CliRunner().invoke(app, ["practice", ID, "--seed", "3", "--script", str(script), "--json"])
    assert result.exit_code == 0
    body = json.loads(result.stdout)
    assert set(body) == SCORE_KEYS | {"seed", "end_reason", "transcript"}
    assert body["file"] == str(script)
    assert body["seed"] == 3
    assert body["end_reason"]
    assert {turn["role"] for turn in body["transcript"]} == {"rep", "customer"}
    again = CliRunner().invoke(app, ["practice", ID, "--seed", "3", "--script", str(script), "--json"])
    assert again.stdout == result.stdout


def test_people_read_the_talk_and_the_verdict(app: typer.Typer, script: Path) -> None:
    result = CliRunner().invoke(app, ["practice", ID, "--seed", "3", "--script", str(script)])
    assert result.exit_code == 0
    assert "/100" in result.stdout
    assert "✗" in result.stdout


def test_talking_in_the_terminal_ends_when_the_rep_leaves(app: typer.Typer) -> None:
    lines = LAZY[shipped()[ID].language][0]
    result = CliRunner().invoke(app, ["practice", ID, "--seed", "3"], input=f"{lines}\n:h\n:q\n")
    assert result.exit_code == 0
    assert shipped()[ID].brief.goal.split("。")[0] in result.stdout


def test_without_a_scenario_and_without_anybody_to_ask_the_call_is_wrong(app: typer.Typer) -> None:
    assert CliRunner().invoke(app, ["practice", "--json"]).exit_code == 2


def test_an_unknown_scenario_is_named_with_its_neighbours(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["practice", ID + "x", "--script", __file__])
    assert isinstance(result.exception, NotFound)
    assert ID in result.exception.way_on("zh")


def test_finished_dialogues_are_scored_one_object_a_line(app: typer.Typer, tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("客户: 太贵了。\n销售: 您跟哪一家比？\n", encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text("# nothing\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["score", str(good), str(empty), "--scenario", ID, "--json"])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert set(lines[0]) == SCORE_KEYS
    assert lines[0]["file"] == str(good)
    assert set(lines[1]) == {"file", "error"}


def test_the_list_spoils_nothing(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["scenarios", "list", "--json"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["id"] for row in rows} == set(shipped())
    for row in rows:
        scenario = shipped()[row["id"]]
        assert scenario.private_facts[0].statement not in json.dumps(row, ensure_ascii=False)
    shown = CliRunner().invoke(app, ["scenarios", "show", ID])
    assert shipped()[ID].title in shown.stdout


def test_check_refuses_a_faulty_file_and_names_the_lines(app: typer.Typer) -> None:
    broken = Path(__file__).parents[1] / "scenarios" / "broken.yaml"
    result = CliRunner().invoke(app, ["scenarios", "check", str(broken), "--json"])
    assert result.exit_code == 4
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert all(row["line"] >= 1 and row["grade"] == "fault" for row in rows)
    assert CliRunner().invoke(app, ["scenarios", "check"]).exit_code == 0
