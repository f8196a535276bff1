"""`coach library import` and `export`: nothing kept by a dry run, nothing kept twice, nothing lost silently."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from coach.curation.drafts import finished
from coach.exchange.masked import masked_all
from knowledge.loader import load_cases
from knowledge.schema import Case

HEADS = "标题,结局,背景\n"
GOOD = "报警没人接,丢单,上一家的报警半夜没人接，张经理手机 13812345678 也没响。\n"


def run(environment: dict[str, str], *arguments: str) -> tuple[int, dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-c", "from coach.cli import main; main()", "library", *arguments, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_story_of_a_sheet(command_environment: dict[str, str], tmp_path: Path) -> None:
    sheet, faults = tmp_path / "a.csv", tmp_path / "faults.csv"
    sheet.write_text(HEADS + GOOD + ",won,没有标题的一行，经过倒是写了不少。\n二号,won,\n", "gbk")
    code, looked = run(command_environment, "import", str(sheet), "--dry-run", "--faults", str(faults))
    assert code == 3
    assert looked["cases"] == {"new": 1, "changed": 0, "same": 0, "bad": 2}
    with faults.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[2] for row in rows[1:]] == ["3", "4"]
    assert all(row[6] and row[7] for row in rows)

    sheet.write_text(HEADS + GOOD, "utf-8")
    assert run(command_environment, "import", str(sheet))[1]["cases"] == {
        "new": 1,
        "changed": 0,
        "same": 0,
        "bad": 0,
    }
    again = run(command_environment, "import", str(sheet), str(sheet))[1]["cases"]
    assert again == {"new": 0, "changed": 0, "same": 2, "bad": 0}
    sheet.write_text(HEADS + GOOD.replace("没响", "关机了"), "utf-8")
    code, changed = run(command_environment, "import", str(sheet))
    assert (code, changed["cases"]) == (0, {"new": 0, "changed": 1, "same": 0, "bad": 0})
    assert changed["masked"] == {"name": 1, "phone": 1}
    _, kept = run(command_environment, "pending")
    assert "13812345678" not in json.dumps(kept)


def test_handbooks_and_the_export_of_everything(command_environment: dict[str, str], tmp_path: Path) -> None:
    book = tmp_path / "陪访手册.md"
    book.write_text("# 陪访手册\n\n## 坐哪儿 {#seat}\n\n坐在边上，一句话不说。\n", "utf-8")
    _, first = run(command_environment, "import", str(book))
    assert first["handbooks"] == [
        {"id": "zh-陪访手册", "title": "陪访手册", "fate": "new", "version": "1.0.0", "sections": 1}
    ]
    assert "same" in str(run(command_environment, "import", str(book))[1]["handbooks"])
    book.write_text(book.read_text("utf-8") + "\n只记时刻和原话。\n", "utf-8")
    assert "1.1.0" in str(run(command_environment, "import", str(book))[1]["handbooks"])
    target = tmp_path / "all.json"
    code, out = run(command_environment, "export", str(target))
    assert code == 0
    assert int(str(out["cases"])) > 150
    code, back = run(command_environment, "import", str(target))
    assert (code, back["cases"]) == (0, {"new": 0, "changed": 0, "same": out["cases"], "bad": 0})
    assert {one["fate"] for one in back["handbooks"]} == {"same"}  # type: ignore[index,attr-defined]


def test_two_rows_of_one_title_that_differ_are_named(
    command_environment: dict[str, str], tmp_path: Path
) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(HEADS + GOOD + GOOD.replace("丢单", "赢单"), "utf-8")
    faults = tmp_path / "f.csv"
    code, told = run(command_environment, "import", str(sheet), "--faults", str(faults))
    assert (code, told["cases"]) == (3, {"new": 1, "changed": 0, "same": 0, "bad": 1})
    assert "第 2 行" in faults.read_text("utf-8-sig")


def test_a_file_that_cannot_be_used_leaves_the_others_alone(
    command_environment: dict[str, str], tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.docx"
    good.write_text(HEADS + GOOD, "utf-8")
    bad.write_text("no office file", "utf-8")
    faults = tmp_path / "f.csv"
    code, told = run(command_environment, "import", str(bad), str(good), "--faults", str(faults))
    assert (code, told["cases"]) == (3, {"new": 1, "changed": 0, "same": 0, "bad": 1})
    assert "bad.docx" in faults.read_text("utf-8-sig")


@pytest.mark.parametrize("every", [9])
def test_rows_are_masked_as_the_curation_desk_masks(every: int) -> None:
    private = "客户王建国，手机 13812345678，在苏州恒力机械有限公司管采购。建国说王总也同意。"
    own = Case.model_validate(
        {"id": "zh-own-1", "language": "zh", "title": "王经理嫌贵", "outcome": "lost", "background": private}
    )
    cases = (own, *load_cases()[::every])
    for case, (body, counts) in zip(cases, masked_all(cases), strict=True):
        draft = finished(case)
        told = draft.as_json()
        assert sorted(body.pop("masked", [])) == sorted(told.pop("masked", []))
        assert body == told
        assert set(counts) == set(draft.masked)
