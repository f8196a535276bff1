"""`coach library submit … contributions` as people and scripts use them, and a visit that becomes a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"


@pytest.fixture
def coach_command(home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command in the fresh home: (exit code, objects on stdout, everything printed)."""
    from coach.cli import build

    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_LANGUAGE", "zh")
    app = build()

    def run(*words: str) -> tuple[int, list[dict[str, Any]], str]:
        done = CliRunner().invoke(app, list(words))
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return done.exit_code, lines, done.output + (str(done.exception) if done.exception else "")

    return run


CASE = "title: 海水淡化膜被说换得太勤\noutcome: won\none_line: 张总嫌换膜太勤，电话13800138000，我们摆了两家的记录。\n"


def test_a_case_goes_from_file_to_match_and_off_the_shelf_again(coach_command: Any, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(CASE, "utf-8")
    code, [made], _ = coach_command("library", "submit", str(file), "--json")
    assert code == 0
    assert made["state"] == "in_review"
    assert made["masked"].items() >= {"phone": 1, "name": 1}.items()
    assert made["similar"] == []
    case = made["case_id"]

    code, _, said = coach_command("library", "publish", case)
    assert code != 0
    assert "approved" in said
    _, [looked], _ = coach_command("library", "review", case, "--json")
    assert "13800138000" not in json.dumps(looked, ensure_ascii=False)
    assert [step["step"] for step in looked["history"]] == ["submitted"]
    coach_command("library", "review", case, "--send-back", "--comment", "写上结果")
    _, [waiting], _ = coach_command("library", "pending", "--json")
    assert waiting["state"] == "sent_back"

    file.write_text(CASE + "background: 他答应先换一半，后来按季度换。\n", "utf-8")
    _, [revised], _ = coach_command("library", "revise", case, str(file), "--comment", "补了结果", "--json")
    assert (revised["version"], revised["state"]) == (2, "in_review")
    coach_command("library", "review", case, "--approve")
    _, [published], _ = coach_command("library", "publish", case, "--json")
    assert (published["state"], published["live_version"]) == ("published", 2)

    _, [answer], _ = coach_command("match", "海水淡化膜嫌换得太勤", "--json")
    assert answer["cases"][0]["case_id"] == case
    coach_command("library", "retire", case, "--comment", "过时")
    _, [answer], _ = coach_command("match", "海水淡化膜嫌换得太勤", "--json")
    assert case not in [one["case_id"] for one in answer["cases"]]

    _, steps, _ = coach_command("library", "history", case, "--json")
    assert [step["step"] for step in steps] == [
        *("submitted", "sent_back", "revised", "approved", "published", "retired")
    ]
    assert steps[1]["comment"] == "写上结果"
    _, [me, samples], _ = coach_command("library", "contributions", "--json")
    assert (me["published"], me["this_month"], me["adoption"]) == (0, 1, None)
    assert samples["author"] == "sample"


def test_a_visit_becomes_a_masked_draft_and_a_case(coach_command: Any, home: Path) -> None:
    coach_command("record", str(SAMPLES / "zh-cold-chain.txt"), "--save", "--consent", "双方")
    from coach.app import open_coach
    from coach.settings import Settings

    coach = open_coach(Settings(home=home))
    visit = coach.visits.newest()[0].id
    _, [shown], _ = coach_command("library", "submit", "--visit", visit, "--dry-run", "--json")
    body = json.dumps(shown["case"], ensure_ascii=False)
    assert "钱慧敏" not in body
    assert "钱经理" not in body
    assert shown["masked"]["name"] >= 1
    assert shown["case"]["objection_types"][0] == "technical"
    assert len(shown["case"]["evidence"]) >= 2
    assert coach.curation.all() == [], "a dry run keeps nothing"
    _, [made], _ = coach_command(
        *(
            "library",
            "submit",
            "--visit",
            visit,
            "--title",
            "山里没信号谁来叫醒司机",
            "--outcome",
            "won",
            "--json",
        )
    )
    assert made["title"] == "山里没信号谁来叫醒司机"
    assert coach.curation.load(made["case_id"]).visit_id == visit
    coach.database.close()


def test_a_few_words_are_enough(coach_command: Any) -> None:
    told = (
        "--title",
        "叉车按天租谈崩了",
        "--outcome",
        "lost",
        "--text",
        "老板要按天算，我们只有月租，谈了三次没谈成。",
    )
    code, _, said = coach_command("library", "submit", *told, "--words", "您一个月最忙的是哪十天？")
    assert code == 0
    assert "在审" in said


@pytest.mark.parametrize(
    "words",
    [
        ("library", "submit"),
        ("library", "submit", "--title", "x", "--text", "只有经过没有结果的一段话，够长了。"),
        ("library", "submit", "--title", "x", "--text", "经过写了，结果写错了，够长。", "--outcome", "maybe"),
        ("library", "review", "x", "--approve", "--send-back"),
    ],
)
def test_a_wrong_call_is_exit_code_two(coach_command: Any, words: tuple[str, ...]) -> None:
    assert coach_command(*words)[0] == 2


def test_a_strange_id_says_what_to_do(coach_command: Any) -> None:
    code, _, said = coach_command("library", "history", "nobody")
    assert code == 1
    assert "nobody" in said
