"""`coach match` and `coach library` as processes: the data on stdout, the rest on stderr, the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

COACH = [sys.executable, "-c", "from coach.cli import main; main()"]
DEAL = "药厂采购说换包材要等明年，车间主任急得很"


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COACH, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_match_builds_on_first_need_and_prints_one_object(command_environment: dict[str, str]) -> None:
    first = run(
        command_environment,
        "match",
        DEAL,
        "--industry",
        "制药",
        "--size",
        "1300",
        "--pain",
        "明年再说",
        "--json",
    )
    assert first.returncode == 0, first.stderr
    assert "建索引" in first.stderr
    body = json.loads(first.stdout)
    assert body["cases"][0]["case_id"] == "zh-won-blister-foil-two-shelves"
    assert set(body) == {"cases", "abstained", "tips", "notes"}
    second = run(command_environment, "match", "周末去哪儿看日出", "--json")
    assert second.stderr == ""
    assert json.loads(second.stdout) == {
        "cases": [],
        "abstained": True,
        "tips": [],
        "notes": [],
    }
    status = json.loads(run(command_environment, "library", "status", "--json").stdout)
    assert status["fresh"] is True
    assert status["counts"]["cases-zh"] > 0


def test_a_wrong_size_is_a_wrong_call(command_environment: dict[str, str]) -> None:
    assert run(command_environment, "match", DEAL, "--size", "huge").returncode == 2


def test_check_refuses_with_file_and_line(command_environment: dict[str, str], home: Path) -> None:
    file = home / "library" / "cases" / "bad.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("title: 坏的\noutcome: maybe\n", encoding="utf-8")
    done = run(command_environment, "library", "check", "--json")
    assert done.returncode == 4
    assert [
        (Path(fault["file"]).name, fault["line"]) for fault in map(json.loads, done.stdout.splitlines())
    ] == [("bad.yaml", 2)]
