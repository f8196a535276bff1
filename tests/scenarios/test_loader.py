"""Scenarios load whole: a trainer's page with four entries plays, built-in ones are complete, faults name their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import BadContent, NotFound
from scenarios.loader import find_scenario, load_scenario, load_scenarios
from scenarios.schema import Scenario

HERE = Path(__file__).parent


def test_a_scenario_on_one_page_is_whole() -> None:
    scenario = load_scenario(HERE / "one_page.yaml")
    assert scenario.language == "zh"
    assert scenario.main.called == "陈工"
    assert scenario.personas[scenario.main.persona].style == "话少，只认数"
    assert [point.weight for point in scenario.key_points] == [30, 30]
    assert [point.dimension for point in scenario.key_points] == ["objection_handling", "next_step"]
    assert [objection.type for objection in scenario.objections] == ["price", "decision_chain"]
    assert scenario.opening[0].text == "你们的泵太贵了，另一家便宜两千。"
    assert {line.id for line in scenario.red_lines} == {
        "r-concede",
        "r-overpromise",
        "r-disparage",
        "r-pressure",
    }
    assert set(scenario.endings) == {
        "advanced",
        "deferred",
        "walked_away",
        "time_up",
        "rep_left",
        "nothing_left_to_say",
    }
    assert all(len(lines) >= 1 for objection in scenario.objections for lines in objection.lines.values())


def test_an_own_folder_adds_scenarios_and_may_replace_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        (HERE / "one_page.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "mine.expert.yaml").write_text("expert_script:\n  - say: 您拿谁家比？\n", encoding="utf-8")
    loaded = load_scenarios([tmp_path])
    assert set(load_scenarios()) < set(loaded)
    assert [line.say for line in loaded["mine"].expert_script] == ["您拿谁家比？"]


def test_values_that_yaml_did_not_read_as_words_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "number.yaml"
    path.write_text(
        "brief: 你卖水泵。\npersona: {name: 方文}\nobjections:\n  - line: 太贵\nkey_points:\n"
        "  - statement: 问了\n    examples: [35, 问什么]\n",
        encoding="utf-8",
    )
    with pytest.raises(BadContent) as caught:
        load_scenario(path)
    assert "number.yaml:7" in caught.value.message("zh")
    assert "35" in caught.value.message("en")


def test_broken_yaml_is_told_and_not_thrown_raw(tmp_path: Path) -> None:
    path = tmp_path / "torn.yaml"
    path.write_text("brief: [未完\n", encoding="utf-8")
    with pytest.raises(BadContent) as caught:
        load_scenario(path)
    assert "torn.yaml" in caught.value.message("zh")


def test_unknown_keys_are_ignored_but_not_inside_conditions(tmp_path: Path) -> None:
    page = (HERE / "one_page.yaml").read_text(encoding="utf-8")
    path = tmp_path / "extra.yaml"
    path.write_text(page + "mood_music: 二胡\n", encoding="utf-8")
    assert isinstance(load_scenario(path), Scenario)
    path.write_text(
        page + "provocations:\n  - {id: v-1, when: {turns_atleast: 3}, line: 哼。}\n", encoding="utf-8"
    )
    with pytest.raises(BadContent):
        load_scenario(path)


def test_a_strange_id_gets_the_nearest_names() -> None:
    loaded = load_scenarios()
    first = next(iter(loaded))
    with pytest.raises(NotFound) as caught:
        find_scenario(loaded, first[:-1])
    assert first in caught.value.way_on("zh")


def test_further_ways_lie_beside_a_scenario_and_are_heard_with_its_examples(tmp_path: Path) -> None:
    from coach.practice.checks import items_of
    from scenarios.check import check_file
    from scenarios.rubric import load_rubrics

    page = tmp_path / "mine.yaml"
    page.write_text((HERE / "one_page.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    alone = load_scenario(page)
    beside = tmp_path / "mine.ways.yaml"
    beside.write_text(
        "ways:\n  k-1:\n    examples: [跟谁家的价放在一块儿看的]\n    near_misses: [这我早问过了]\n",
        encoding="utf-8",
    )
    scenario = load_scenario(page)
    heard = {item.id: item.check for item in items_of(scenario, load_rubrics()[scenario.rubric])}
    assert heard["k-1"].examples == (*alone.key_points[0].examples, "跟谁家的价放在一块儿看的")
    assert heard["k-1"].near_misses[-1].text == "这我早问过了"
    assert scenario.key_points == alone.key_points, "what is shown stays as it was"

    beside.write_text("ways:\n  k-9:\n    examples: [谁家]\n", encoding="utf-8")
    assert any("k-9" in fault.zh for fault in check_file(page)), "a key point that is not there is named"
