"""Exports of meeting tools and chat programs: names, words, times and the day come out as they were said."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.speech.exports import exported
from coach.speech.transcripts import read_transcript

ABOVE = "发言人 1  00:00\n王姐好，我是卖收银系统的小周。\n\n发言人 2  00:05\n哦，小周啊，\n机子老是死机。\n"
ABOVE_EN = "John Smith  0:03\nThanks for taking the time.\n\nKaren Lee  0:12\nYeah, every Monday\nit trips.\n"
BRACKETED = "[00:00:03] John Smith\nThanks.\n[00:00:12] Karen Lee\nYeah.\n[00:00:20] John Smith\nI see.\n"
DATED = "张伟 2026-11-18 10:02:33\n您好。\n王总 2026-11-18 10:02:41\n坐吧，8:30 我还有会。\n"
BEHIND = "张伟(10:02:33)：您好。\n王总(10:02:41)：坐吧。\n"
AMERICAN = "Dana Reyes 2:03:10 PM\nHey.\nPhil 2:03:15 PM\nYep.\n"
BARE = "00:03 销售: 您好。\n00:10 客户: 坐。\n"
BELOW = "John Smith\n0:03\nThanks.\nKaren Lee\n0:12\nYeah.\n"
TITLED = (
    "项目沟通会\n2026年11月18日\n关键词：盘点、价格\n\n张伟 00:03\n您好。\n\n王总 00:15\n盘点要停两天。\n"
)
PARAGRAPHS = "John Smith\nThanks.\n\nKaren Lee\nYeah: every Monday.\n\nJohn Smith\nI see.\n"


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (ABOVE, [("发言人 1", "王姐好，我是卖收银系统的小周。", 0), ("发言人 2", "哦，小周啊，机子老是死机。", 5)]),
        (ABOVE_EN, [("John Smith", "Thanks for taking the time.", 3), ("Karen Lee", "Yeah, every Monday it trips.", 12)]),
        (BRACKETED, [("John Smith", "Thanks.", 3), ("Karen Lee", "Yeah.", 12), ("John Smith", "I see.", 20)]),
        (DATED, [("张伟", "您好。", 0), ("王总", "坐吧，8:30 我还有会。", 8)]),
        (BEHIND, [("张伟", "您好。", 0), ("王总", "坐吧。", 8)]),
        (AMERICAN, [("Dana Reyes", "Hey.", 0), ("Phil", "Yep.", 5)]),
        (BARE, [("销售", "您好。", 3), ("客户", "坐。", 10)]),
        (BELOW, [("John Smith", "Thanks.", 3), ("Karen Lee", "Yeah.", 12)]),
        (TITLED, [("张伟", "您好。", 3), ("王总", "盘点要停两天。", 15)]),
        (PARAGRAPHS, [("John Smith", "Thanks.", None), ("Karen Lee", "Yeah: every Monday.", None), ("John Smith", "I see.", None)]),
    ],
)  # fmt: skip
def test_names_words_and_times(text: str, turns: list[tuple[str, str, float | None]]) -> None:
    talk = read_transcript(text)
    assert [(turn.speaker, turn.text, turn.start) for turn in talk.turns] == turns


def test_the_day_is_the_visits_day() -> None:
    assert read_transcript(DATED).date == dt.date(2026, 11, 18)
    assert read_transcript(BEHIND).date is None


@pytest.mark.parametrize(
    "text",
    [
        "# date: 2026-11-18\n[00:12] 销售: 上次您说冷库报警\n客户：四点十分就超了。\n",
        "客户: 那就\n8:30\n吧。\n销售: 好，8:30。\n",
        "Rep: Friday 8:30\nCustomer: no, 9:15 then\n",
        "销售: 您好\n\n客户: 坐\n\n销售: 好\n",
        "客户那边说合同到明年三月，周二 8:30 给我回话。\n",
    ],
)
def test_our_own_form_and_prose_are_no_exports(text: str) -> None:
    assert exported(text) is None


def test_stars_and_bullets_around_labels_are_no_part_of_them() -> None:
    starred = "**销售（小李）**：赵主任您好。\n**客户（赵主任）：** 流程就那样。\n- **要点**\n"
    assert [(turn.speaker, turn.text) for turn in read_transcript(starred).turns] == [
        ("销售（小李）", "赵主任您好。"),
        ("客户（赵主任）", "流程就那样。\n- **要点**"),
    ]
    listed = read_transcript("- Rep: Morning.\n- Alice: Look, ten minutes.\n- Rep: Fine.\n")
    assert listed.speakers == ("Rep", "Alice")


@pytest.mark.parametrize(
    "text",
    [
        '[{"speaker":"rep","text":"Why today?"},{"speaker":"customer","text":"They die mid shift."}]',
        '{"messages":[{"role":"rep","content":"Why today?"},{"role":"customer","content":"They die mid shift."}]}',
    ],
)
def test_a_list_of_utterances_in_json(text: str) -> None:
    turns = read_transcript(text).turns
    assert [(turn.speaker, turn.start) for turn in turns] == [("rep", None), ("customer", None)]
