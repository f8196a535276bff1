"""Cases: what a short one may leave out, what a broken one is told, that the shipped ones hold together."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import BadContent
from coach.located import Fault, FaultyContent
from knowledge.check import check
from knowledge.loader import BUILT_IN, content_hash, load_cases, load_glossary, load_handbooks, read_case
from knowledge.schema import Case


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / "cases" / "zh" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_reps_short_case_is_valid_and_says_its_language_itself(tmp_path: Path) -> None:
    case = read_case(
        written(
            tmp_path,
            "my-first.yaml",
            "title: 客户嫌贵，最后没买\noutcome: lost\nmood: sad\ncustomer: {size: 46}\n",
        )
    )
    assert (case.id, case.language, case.outcome, case.size) == ("my-first", "zh", "lost", "small")
    assert case.status == "published"
    assert case.objection_types == ()


def test_an_english_short_case_is_english(tmp_path: Path) -> None:
    case = read_case(written(tmp_path, "mine.yaml", "title: They went with the cheap one\noutcome: lost\n"))
    assert case.language == "en"


def test_a_broken_case_is_told_every_fault_with_its_line(tmp_path: Path) -> None:
    text = "id: bad\nlanguage: zh\ntitle: 坏的\noutcome: victory\nstage: proof\nobjection_types:\n  - price\n"
    text += "  - money\n"
    with pytest.raises(FaultyContent) as caught:
        read_case(written(tmp_path, "bad.yaml", text))
    assert [(fault.line, fault.en.split(":")[0]) for fault in caught.value.faults] == [
        (4, "outcome"),
        (8, "objection_types.1"),
    ]
    assert "won" in caught.value.faults[0].zh
    assert isinstance(caught.value, BadContent)


def test_a_file_that_is_not_yaml_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(FaultyContent) as caught:
        read_case(written(tmp_path, "bad.yaml", "title: 一\noutcome: [won\nstage: proof\n"))
    assert caught.value.faults[0].line in (2, 3)


def test_one_bad_file_does_not_take_the_good_ones_with_it(tmp_path: Path) -> None:
    written(tmp_path, "bad.yaml", "title: 坏\noutcome: maybe\n")
    written(tmp_path, "good.yaml", "title: 好\noutcome: won\n")
    faults: list[Fault] = []
    cases = load_cases([tmp_path], faults=faults)
    assert "good" in {case.id for case in cases}
    assert [fault.path.name for fault in faults] == ["bad.yaml"]
    with pytest.raises(FaultyContent):
        load_cases([tmp_path])


def test_a_later_folder_replaces_the_case_of_the_same_id(tmp_path: Path) -> None:
    shipped = load_cases()[0]
    written(tmp_path, f"{shipped.id}.yaml", f"id: {shipped.id}\ntitle: 我们改过的\noutcome: lost\n")
    found = {case.id: case for case in load_cases([tmp_path])}
    assert found[shipped.id].title == "我们改过的"
    assert len(found) == len(load_cases())


def test_the_content_hash_follows_the_bytes(tmp_path: Path) -> None:
    file = written(tmp_path, "one.yaml", "title: 一\noutcome: won\n")
    before = content_hash([tmp_path])
    assert content_hash([tmp_path]) == before
    file.write_text("title: 二\noutcome: won\n", encoding="utf-8")
    assert content_hash([tmp_path]) != before


def test_every_shipped_case_survives_a_round_trip() -> None:
    cases = load_cases()
    assert cases
    for case in cases:
        assert Case.model_validate_json(case.model_dump_json(exclude_defaults=True)) == case


def test_the_shipped_content_has_no_fault() -> None:
    assert [fault.text("en") for fault in check()] == []


def test_check_names_every_fault_of_a_sample_case(tmp_path: Path) -> None:
    text = (
        "id: other-name\nlanguage: zh\nsample: true\ntitle: 样例\noutcome: stalled\n"
        "industry: 火星采矿\npain_keywords: [漏单]\nasked_as: [打 13800138000 找我]\n"
        "links:\n  similar:\n    - nobody\n"
    )
    file = written(tmp_path, "zh-broken.yaml", text)
    found = {(fault.line, fault.en) for fault in check([tmp_path]) if fault.path == file}
    lines = {line for line, _ in found}
    words = " / ".join(sorted(what for _, what in found))
    assert {1, 6, 7, 8, 11} <= lines
    for expected in (
        "there is no nobody",
        "file's name",
        "not in industries",
        "private",
        "still_open",
        "restart",
    ):
        assert expected in words, expected


def test_check_leaves_a_teams_own_short_case_in_peace(tmp_path: Path) -> None:
    written(tmp_path, "mine.yaml", "title: 客户嫌贵\noutcome: lost\nindustry: 火星采矿\n")
    assert [fault for fault in check([tmp_path]) if str(fault.path).startswith(str(tmp_path))] == []


def test_a_telling_in_the_cases_own_words_is_a_fault(tmp_path: Path) -> None:
    shipped = load_cases()[-1]
    text = (BUILT_IN / "cases" / shipped.language / f"{shipped.id}.yaml").read_text(encoding="utf-8")
    copied = text.replace(shipped.asked_as[0], shipped.one_line[:30])
    file = written(tmp_path, f"{shipped.id}.yaml", copied)
    assert any("own words" in fault.en for fault in check([tmp_path]) if fault.path == file)


def test_the_glossary_names_each_term_once_a_language() -> None:
    terms = [(term.language, term.term) for term in load_glossary().entries]
    assert len(terms) == len(set(terms)) > 20


def test_sources_of_handbooks_exist() -> None:
    ids = {case.id for case in load_cases()}
    for book in load_handbooks():
        for source in book.sources:
            assert source.removeprefix("case:") in ids
