"""Next steps: who acts, by when, and that refused, replaced and empty ones are none."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.conversation import Conversation, conversation
from coach.reading.engine import Reading, Readings
from coach.reading.offline.view import view
from coach.visits.assemble import assemble
from coach.visits.empty_phrases import empty_phrase
from coach.visits.steps import owner, steps

DAY = dt.date(2026, 11, 18)


@pytest.mark.parametrize(
    ("quote", "speaker", "expected"),
    [
        ("我明天把报告发您", "rep", "rep"), ("报告我今天下班前发您邮箱", "rep", "rep"), ("您周五把图纸给我", "rep", "customer"),
        ("我周一问她", "customer", "customer"), ("下周二给你装车", "customer", "customer"), ("后天叫你们懂泵的打个电话给小蒙", "customer", "rep"),
        ("下周二之前新报价跟付款方式一块给我", "customer", "rep"), ("下周三拿八根来", "customer", "rep"), ("你们礼拜五来量一下", "customer", "rep"),
        ("I'll send the quote by Friday", "rep", "rep"), ("you'll have it tomorrow by noon", "rep", "rep"), ("send me the test sheet by the tenth", "customer", "rep"),
        ("I can walk it over to her Tuesday", "customer", "customer"), ("ill send you the register friday", "customer", "customer"),
        ("can you bring the drawings on Monday", "rep", "customer"),
    ],
)  # fmt: skip
def test_who_acts_stands_in_the_words(quote: str, speaker: str, expected: str) -> None:
    assert owner(quote, "rep" if speaker == "rep" else "customer") == expected


def talk_of(*lines: tuple[str, str]) -> Conversation:
    """A dated talk."""
    return conversation(lines).with_date(DAY)


def committed(talk: Conversation, *quotes: str) -> Readings:
    """Readings that call these quotes commitments."""
    items = []
    for quote in quotes:
        turn = next(turn for turn in talk.turns if quote in turn.text)
        start = turn.text.index(quote)
        items.append(Reading(turn.number, "commitment", quote, start, start + len(quote), 0.9))
    return Readings(tuple(items), {"销售": "rep", "客户": "customer"}, "test/1")


def test_an_accepted_step_stands_with_its_day() -> None:
    talk = talk_of(("销售", "我下周三之前把方案发您。"), ("客户", "行，发我。"))
    (step,) = steps(talk, committed(talk, "我下周三之前把方案发您"))
    assert (step.owner, step.due) == ("rep", dt.date(2026, 11, 25))


@pytest.mark.parametrize("answer", ["不用了，先放放。", "别，我还没定。", "来不及，下周我出差。", "算了吧。"])
def test_a_refused_proposal_is_no_step(answer: str) -> None:
    talk = talk_of(("销售", "那我周五带人来装一台？"), ("客户", answer))
    assert steps(talk, committed(talk, "我周五带人来装一台")) == []


def test_a_replaced_proposal_gives_way_to_what_replaced_it() -> None:
    talk = talk_of(
        ("销售", "那我周五过来量。"),
        ("客户", "周五不行，要不下周二，你下周二上午来量。"),
        ("销售", "好，下周二。"),
    )
    found = steps(talk, committed(talk, "我周五过来量", "你下周二上午来量"))
    assert [(step.owner, step.due) for step in found] == [("rep", dt.date(2026, 11, 24))]


def test_a_question_needs_a_yes() -> None:
    asked = ("销售", "您周四把样品寄给我行吗？")
    yes, no = talk_of(asked, ("客户", "行，周四寄。")), talk_of(asked, ("客户", "这个我得问问他们。"))
    assert len(steps(yes, committed(yes, "您周四把样品寄给我行吗"))) == 1
    assert steps(no, committed(no, "您周四把样品寄给我行吗")) == []


def test_that_day_is_the_day_spoken_of() -> None:
    talk = talk_of(("客户", "下周三开会。"), ("销售", "那天我把两份月账带过来。"))
    (step,) = steps(talk, committed(talk, "那天我把两份月账带过来"))
    assert step.due == dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    "words",
    [
        "我们持续跟进",
        "那就等您回复",
        "保持联系啊",
        "改天再来",
        "回头再说吧",
        "We'll keep in touch",
        "let's circle back sometime",
    ],
)
def test_empty_phrases_are_known(words: str) -> None:
    assert empty_phrase(view(words).plain) or "等您回复" in words


def test_an_empty_ending_is_flagged_and_missing() -> None:
    from coach.reading.offline import OfflineEngine

    talk = talk_of(
        ("客户", "你这价太高了。"), ("销售", "那我们保持联系，持续跟进。"), ("客户", "好，改天再聊。")
    )
    record = assemble(talk, OfflineEngine().read(talk))
    assert record.next_steps == ()
    assert "next_steps" in record.missing
    assert any("保持联系" in warning for warning in record.warnings)
