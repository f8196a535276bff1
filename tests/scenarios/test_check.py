"""The linter finds every fault at once, with its line; the shipped scenarios have none."""

from __future__ import annotations

from pathlib import Path

from scenarios.check import check_file, check_folders
from scenarios.points import shared_run

HERE = Path(__file__).parent


def test_every_fault_of_a_broken_file_is_found_with_its_line() -> None:
    faults = [fault for fault in check_file(HERE / "broken.yaml") if fault.grade == "fault"]
    told = [(fault.line, fault.en) for fault in faults]
    expected = {
        "there is no fact called f-nothing",
        "there is no concept called nowhere",
        "there is no fact called f-gone",
        "the id k-ask stands twice",
        "the key points weigh 50 together, not 60",
        "the example misses urgency",
        "one near-miss at least must hit every concept, else words alone decide",
        "none of the leak words of f-audit is in this line, so nobody can tell that it was told",
        "“审厂” gives f-audit away before it is unlocked",
    }
    assert expected <= {en for _, en in told}
    lines = (HERE / "broken.yaml").read_text(encoding="utf-8").splitlines()
    leaks = [line for line, en in told if en.startswith("“审厂”")]
    assert {lines[line - 1].split(":")[0].strip() for line in leaks} == {"brief", "opening"}
    assert any("the same line as on line" in en for _, en in told)


def test_craft_is_noted_and_not_a_fault() -> None:
    notes = {fault.en for fault in check_file(HERE / "broken.yaml") if fault.grade == "note"}
    assert "nobody uses the concept unused" in notes


def test_a_key_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text(
        (HERE / "one_page.yaml").read_text(encoding="utf-8") + "title: 又一个标题\n", encoding="utf-8"
    )
    assert any("title stands twice" in fault.en for fault in check_file(path))


def test_a_page_by_a_trainer_has_no_fault() -> None:
    assert [fault for fault in check_file(HERE / "one_page.yaml") if fault.grade == "fault"] == []


def test_the_guides_example_has_no_fault() -> None:
    page = HERE.parents[1] / "docs" / "examples" / "scenario-one-page.yaml"
    assert [fault for fault in check_file(page) if fault.grade == "fault"] == []


def test_no_line_stands_in_two_scenarios(tmp_path: Path) -> None:
    page = (HERE / "one_page.yaml").read_text(encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(page, encoding="utf-8")
    assert any("the same line as a.yaml" in fault.en for fault in check_folders([tmp_path]))


def test_shared_runs_are_found_by_character_and_by_word() -> None:
    assert shared_run("为什么正好是30万呢", "那为什么正好是 30 万？", 8, "zh") == "为什么正好是30"
    assert shared_run("so who has to sign it", "Well, who has to sign?", 4, "en") == "who has to sign"
    assert shared_run("who must sign", "who has to sign", 4, "en") == ""


def test_the_shipped_scenarios_have_no_fault() -> None:
    assert [fault.text("en") for fault in check_folders() if fault.grade == "fault"] == []
