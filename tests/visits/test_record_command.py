"""`coach record` and `coach read`: the printed contract, exit codes, and files that fail beside files that do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from coach.commands import read, record
from coach.visits.record import FIELDS

TALK = """# date: 2026-11-18
[00:12] 销售: 上次您说冷库报警，后来怎么样？
[00:20] 客户: 四点十分就超了。我要的是温度一不对，半小时内有人知道，这价我接不住。得财务邹姐点头。
[01:02] 销售: 明白。我下周三之前把六个库位的方案发您。
[01:10] 客户: 行，就这么定。
"""


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The two commands over a fresh home."""
    monkeypatch.setenv("COACH_HOME", str(home))
    made = typer.Typer()
    record.register(made)
    read.register(made)
    return made


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A transcript file."""
    path = tmp_path / "visit.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def run(app: typer.Typer, *words: str) -> tuple[int, str]:
    """Exit code and stdout of a call."""
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def test_json_is_one_object_a_line_with_the_contract_keys(app: typer.Typer, talk: Path) -> None:
    code, out = run(app, "record", str(talk), "--json")
    assert code == 0
    (line,) = out.splitlines()
    body = json.loads(line)
    assert list(body) == ["file", "language", "visit_date", "rep_speaker", *FIELDS, "missing", "warnings"]
    assert (body["file"], body["language"], body["visit_date"], body["rep_speaker"]) == (
        str(talk),
        "zh",
        "2026-11-18",
        "销售",
    )
    turns = {number: text.split(": ", 1)[1] for number, text in enumerate(TALK.splitlines()[1:], 1)}
    for field in FIELDS:
        for entry in body[field]:
            assert turns[entry["turn"]][entry["start"] : entry["end"]] == entry["quote"]
            assert entry["status"] in ("observed", "inferred")
            assert entry["time"] in (12.0, 20.0, 62.0, 70.0)
    assert {"owner": "rep", "due": "2026-11-25"}.items() <= body["next_steps"][0].items()


def test_a_failing_file_says_why_and_the_others_go_on(app: typer.Typer, talk: Path, tmp_path: Path) -> None:
    code, out = run(app, "record", str(tmp_path / "nowhere.txt"), str(talk), "--json")
    assert code == 3
    first, second = (json.loads(line) for line in out.splitlines())
    assert set(first) == {"file", "error"}
    assert set(first["error"]) == {"code", "message", "next"}
    assert second["file"] == str(talk)


def test_only_failing_files_exit_with_one(app: typer.Typer, tmp_path: Path) -> None:
    assert run(app, "record", str(tmp_path / "nowhere.txt"))[0] == 1


@pytest.mark.parametrize("words", [("--date", "18.11.2026"), ("--lang", "fr"), ("--save",), ("--nothing",)])
def test_a_wrong_call_exits_with_two(app: typer.Typer, talk: Path, words: tuple[str, ...]) -> None:
    assert run(app, "record", str(talk), *words)[0] == 2


def test_the_date_given_goes_before_the_files_own(app: typer.Typer, talk: Path) -> None:
    body = json.loads(run(app, "record", str(talk), "--json", "--date", "2026-12-02")[1])
    assert body["visit_date"] == "2026-12-02"
    assert body["next_steps"][0]["due"] == "2026-12-09"


def test_without_a_date_nothing_is_resolved_and_a_warning_says_so(app: typer.Typer, tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text(TALK.split("\n", 1)[1], encoding="utf-8")
    body = json.loads(run(app, "record", str(path), "--json")[1])
    assert body["visit_date"] is None
    assert all(step["due"] is None for step in body["next_steps"])
    assert all(point["date"] is None for point in body["time_points"])
    assert any("--date" in warning for warning in body["warnings"])


def test_the_rep_can_be_named_by_hand(app: typer.Typer, tmp_path: Path) -> None:
    path = tmp_path / "unnamed.txt"
    path.write_text(TALK.replace("销售:", "小段:").replace("客户:", "老周:"), encoding="utf-8")
    body = json.loads(run(app, "record", str(path), "--json", "--rep", "老周")[1])
    assert body["rep_speaker"] == "老周"
    assert run(app, "record", str(path), "--rep", "没这个人")[0] == 1


def test_the_page_numbers_the_five_actions(app: typer.Typer, talk: Path) -> None:
    code, out = run(app, "record", str(talk))
    assert code == 0
    for number, name in enumerate(("核心诉求", "响应方案点", "当场反馈", "下一步动作", "隐性顾虑"), 1):
        assert f"{number} {name}" in out
    assert "2026-11-25" in out


def test_read_prints_every_turn_with_its_readings(app: typer.Typer, talk: Path) -> None:
    code, out = run(app, "read", str(talk), "--json")
    assert code == 0
    body = json.loads(out)
    assert [turn["turn"] for turn in body["turns"]] == [1, 2, 3, 4]
    assert [turn["role"] for turn in body["turns"]] == ["rep", "customer", "rep", "customer"]
    found = [reading for turn in body["turns"] for reading in turn["readings"]]
    assert found
    assert all(set(reading) == {"label", "type", "quote", "start", "end", "p"} for reading in found)
