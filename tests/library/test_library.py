"""The library: the index follows the content, what is published is found, handbooks answer with their sections."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from coach.errors import NotFound
from coach.library.handbook import advice
from coach.library.library import Library
from coach.library.sayings import sayings
from coach.library.shelf import Shelf
from coach.settings import Settings
from coach.vocabulary import OBJECTION_TYPES
from knowledge.loader import load_cases, load_handbooks
from knowledge.schema import Case

OWN = """title: 充电桩合同压在物业手里
outcome: lost
status: {status}
one_line: 充电桩谈到最后，物业换了经理，前任口头答应的车位全不算数。
pain_keywords: [充电桩, 物业换经理, 车位]
"""


def publish(home: Path, status: str = "published", name: str = "own-charger.yaml") -> None:
    file = home / "library" / "cases" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(OWN.format(status=status), encoding="utf-8")


def test_every_published_case_and_section_is_in_the_index(library: Library) -> None:
    assert {case.id for case in library.cases()} == {c.id for c in load_cases() if c.status == "published"}
    sections = {section.id for book in load_handbooks() for section in book.sections}
    assert {*library.section_ids("zh"), *library.section_ids("en")} == sections
    assert library.status().fresh


def test_a_case_comes_back_as_it_was_written(library: Library) -> None:
    for case in load_cases():
        assert library.case(case.id) == case


def test_every_case_is_the_first_answer_to_its_own_tellings(library: Library) -> None:
    told = [(case.id, case.language, text) for case in load_cases() for text in case.asked_as]
    asked = told[::4]  # six thousand and more; every fourth leaves no case out
    assert {case for case, _, _ in asked} == {case for case, _, _ in told}
    right = sum(library.search(text, language, depth=3)[0].entry == case for case, language, text in asked)
    assert right / len(asked) > 0.95


def test_only_the_language_that_was_asked_is_searched(library: Library) -> None:
    assert {library.case(hit.entry).language for hit in library.search("嫌贵 price", "en")} == {"en"}


@pytest.mark.parametrize("leg", ["keyword", "dense"])
def test_each_leg_alone_finds_a_case_by_its_own_words(library: Library, leg: str) -> None:
    case = load_cases()[-1]
    hits = library.search(case.one_line, case.language, leg="keyword" if leg == "keyword" else "dense")
    assert hits[0].entry == case.id


def test_what_is_not_there_is_not_found(library: Library) -> None:
    for ask_for in (library.case, library.section, library.sections):
        with pytest.raises(NotFound):
            ask_for("nobody#nothing")


def test_a_newly_published_case_is_found_and_a_draft_is_not(tmp_path: Path) -> None:
    notes: list[str] = []
    library = Library(Settings(home=tmp_path), note=lambda words: notes.append(words[0]))
    publish(tmp_path, status="draft")
    assert "own-charger" not in {hit.entry for hit in library.search("充电桩 物业换经理", "zh")}
    publish(tmp_path)
    assert library.search("充电桩 物业换经理", "zh")[0].entry == "own-charger"
    assert library.case("own-charger").outcome == "lost"
    assert sum("建索引" in note for note in notes) == 2
    library.close()


def test_cases_from_the_store_are_part_of_the_library(tmp_path: Path) -> None:
    own = [Case(id="mine", language="zh", title="海水淡化膜被说三年一换太勤", outcome="won")]
    library = Library(Settings(home=tmp_path), shelf=Shelf(own_cases=lambda: own))
    assert library.search("海水淡化膜", "zh")[0].entry == "mine"
    own.clear()
    assert "mine" not in {hit.entry for hit in library.search("海水淡化膜", "zh")}
    library.close()


def test_a_bad_file_is_left_out_and_named(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "library" / "cases" / "bad.yaml").write_text("title: 坏\n", encoding="utf-8")
    library = Library(Settings(home=tmp_path))
    assert library.search("充电桩", "zh")[0].entry == "own-charger"
    assert [fault.path.name for fault in library.faults] == ["bad.yaml"]
    library.close()


def test_a_reader_survives_the_removal_of_its_build(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, index_builds_kept=1)
    reader, writer = Library(settings), Library(settings)
    told = "润滑油一桶买不完，客户问能不能半桶"  # one case's own trouble: no tie that a new build could break otherwise
    before = reader.search(told, "zh")[0].entry
    writer.build()
    writer.build()
    assert reader.search(told, "zh")[0].entry == before
    assert reader.case(before).id == before
    reader.close()
    writer.close()


def test_threads_share_one_library(library: Library) -> None:
    found: list[str] = []

    def look() -> None:
        found.extend(library.search("药厂采购说等明年", "zh")[0].entry for _ in range(10))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert len(set(found)) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_is_advice_on_every_kind_of_objection(library: Library, language: str) -> None:
    for kind in OBJECTION_TYPES:
        found = advice(
            library,
            kind,
            "客户这么说" if language == "zh" else "they say so",
            "zh" if language == "zh" else "en",
        )
        assert found is not None, kind
        assert library.sections(found.link)


def test_table_heads_and_marks_are_not_sayings() -> None:
    text = "| 哪一种 | 他常说 |\n|---|---|\n| 单价高 | 贵两块 |\n\n- **先接一句**，见[价格](#price)。\n> 引用"
    assert sayings(text) == ["单价高 · 贵两块", "先接一句，见价格。", "引用"]
