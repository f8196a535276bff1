"""The form of a scenario and its text: each shows the other, and only what was changed is touched."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
import yaml

from coach.errors import BadInput
from coach.practice.formed import answers, refilled
from scenarios.loader import load_scenarios
from scenarios.outline import outlined
from scenarios.typed import file_text, template, typed

TEXT = """# mine
title: 一桶油  # kept
brief:
  # what he says
  situation: |
    你卖油。
    他嫌贵。
  goal: 约一天
cast:
  - {id: qiao, name: 乔守田, title: 设备班长}
objections:
  # the first
  - {id: o-price, type: price, lines: {raised: [贵三成，我报不上去。]}}
  - line: 这事得厂长点头。
key_points:
  - {id: k-use, weight: 20, statement: 问了用量。, examples: [一个月几桶？, 哪台最勤？]}

# the end
expert_script:
  - say: 您现在用几桶？
"""


def test_the_form_shows_what_the_text_says() -> None:
    it = answers(TEXT)
    assert it is not None
    assert asdict(it) == {
        "title": "一桶油",
        "situation": "你卖油。\n他嫌贵。",
        "goal": "约一天",
        "customer": "乔守田",
        "job": "设备班长",
        "objections": "贵三成，我报不上去。\n这事得厂长点头。",
        "points": "问了用量。\n一个月几桶？\n哪台最勤？",
        "expert": "您现在用几桶？",
    }
    assert answers("title: [") is answers("- x") is answers("") is None
    with pytest.raises(BadInput):
        refilled("title: [", it)


@pytest.mark.parametrize(
    ("field", "new", "lines"),
    [
        ("title", "两桶油: 的账", 1),
        ("situation", "你卖油。\n\n他走了 # 没有", 2),
        ("goal", "约周四\n带样", 1),
        ("customer", "刘[班]", 1),
        ("objections", "贵两成，报不上。\n这事得厂长点头。", 1),
        ("points", "问了用量。\n一个月几桶？\n哪台最勤，漏不漏？", 1),
        ("expert", "您现在用几桶？一年呢？", 1),
    ],
)
def test_one_answer_changes_its_own_place_and_nothing_else(field: str, new: str, lines: int) -> None:
    it = answers(TEXT)
    assert it is not None
    changed = replace(it, **{field: new})
    text = refilled(TEXT, changed)
    assert answers(text) == changed
    gone = [line for line in TEXT.splitlines() if line not in text.splitlines()]
    assert len(gone) <= lines, gone
    for comment in ("# mine", "# kept", "# what he says", "# the first", "# the end"):
        assert comment in text
    assert yaml.safe_load(text)["cast"][0]["id"] == "qiao"


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("objections", "新的一句。\n贵三成，我报不上去。\n这事得厂长点头。"),
        ("objections", "这事得厂长点头。"),
        ("points", "问了用量。\n一个月几桶？\n\n约了日子。\n周四来看？"),
        ("expert", ""),
        ("goal", ""),
    ],
)
def test_entries_come_and_go_and_keep_what_the_form_does_not_show(field: str, new: str) -> None:
    it = answers(TEXT)
    assert it is not None
    text = refilled(TEXT, replace(it, **{field: new}))
    assert answers(text) == replace(it, **{field: new})
    data = yaml.safe_load(text)
    assert "# the end" in text
    assert data["key_points"][0]["weight"] == 20
    if field == "objections" and "贵三成" in new:
        assert data["objections"][1]["id"] == "o-price"


def test_texts_of_every_kind_stand_as_they_are_until_something_is_changed() -> None:
    short = load_scenarios()
    texts = [
        template("zh"),
        template("en"),
        *(file_text(id, one.language) for id, one in list(short.items())[::9]),
    ]
    for text in texts:
        it = answers(text)
        assert it is not None
        assert refilled(text, it) == text
        assert it.objections
        assert it.points
        other = refilled(text, replace(it, title="换个题", customer="某甲", goal="再约\n一天"))
        now = answers(other)
        assert now is not None
        assert (now.title, now.customer, now.goal) == ("换个题", "某甲", "再约\n一天")
        assert (now.situation, now.objections, now.points) == (it.situation, it.objections, it.points)
    assert typed(other, "own-1").whole
    drafted = outlined(replace(it, title="a"), "zh")
    assert answers(drafted) == replace(
        it, title="a", objections=it.objections, points=answers(drafted).points
    )  # type: ignore[union-attr]
