"""The transcript format is a contract: others write these files, and every offset in the product depends on it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.conversation import (
    Conversation,
    Turn,
    conversation,
    known_role,
    language_of,
    parse_transcript,
    write_transcript,
)
from coach.errors import BadTranscript


def test_a_turn_is_one_utterance_line_with_everything_after_the_first_colon() -> None:
    talk = parse_transcript(
        "# date: 2026-11-18\n"
        "# 现场很吵\n"
        "\n"
        "[00:12] 销售: 上次说到：四点十分 \n"
        "[00:15] 销售: 我再问一句\n"
        "[1:02:03] 客户： 超了😀。\n"
    )
    assert talk.date == dt.date(2026, 11, 18)
    assert talk.turns == (
        Turn(1, "销售", "上次说到：四点十分", 12.0, 15.0),
        Turn(2, "销售", "我再问一句", 15.0, 3723.0),
        Turn(3, "客户", "超了😀。", 3723.0, None),
    )


def test_a_line_without_a_label_continues_the_turn_above() -> None:
    talk = parse_transcript("销售: 第一句\n还有半句\n客户: 有个条件：先试\n但是有一点：别停线\n销售: 好")
    assert [turn.text for turn in talk.turns] == [
        "第一句\n还有半句",
        "有个条件：先试\n但是有一点：别停线",
        "好",
    ]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("说话人1: 你好\n说话人2: 你好", ("说话人1", "说话人2")),
        ("Speaker 1: Hi\nSpeaker 2: Hi", ("Speaker 1", "Speaker 2")),
        ("王总：东西先放这\n李敏: 好的\n王总: 嗯", ("王总", "李敏")),
        ("Gwen Tarrant: Look.\nRep: Yes?\nIdris: Hm.", ("Gwen Tarrant", "Rep", "Idris")),
    ],
)
def test_names_and_unnamed_speakers_are_labels(text: str, speakers: tuple[str, ...]) -> None:
    assert parse_transcript(text).speakers == speakers


def test_nothing_is_normalised() -> None:
    text = "客户: ８０％的貨　都在這裡…  ①"
    assert parse_transcript(text).turns[0].text == "８０％的貨　都在這裡…  ①"


def test_times_and_urls_in_the_words_are_no_labels() -> None:
    talk = parse_transcript("客户: 看这个\nhttps://例子\n10:30 再说")
    assert len(talk.turns) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "一段没有说话人的文字\n又一段"])
def test_a_text_without_turns_is_refused_with_the_way_on(text: str) -> None:
    with pytest.raises(BadTranscript) as caught:
        parse_transcript(text)
    assert "00:12" in caught.value.way_on("zh")
    assert "00:12" in caught.value.way_on("en")


def test_an_impossible_date_is_no_date() -> None:
    assert parse_transcript("# date: 2026-02-31\n客户: 好").date is None


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (["下周三把 PLC 方案发我"], "zh"),
        (["We run an ERP from 2014."], "en"),
        (["OK", "好的，那就 next week 吧"], "zh"),
    ],
)
def test_the_language_is_told_from_the_words(texts: list[str], language: str) -> None:
    assert language_of(texts) == language


def test_known_roles() -> None:
    assert known_role("销售") == known_role("Rep") == "rep"
    assert known_role("客户") == known_role("CUSTOMER") == "customer"
    assert known_role("王总") is None


_WORDS = (
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\u0085"),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(lambda text: text and not text.startswith("#"))
)


@given(st.lists(st.tuples(st.sampled_from(["销售", "客户", "Speaker 1"]), _WORDS), min_size=1, max_size=8))
def test_writing_and_reading_back_changes_nothing(lines: list[tuple[str, str]]) -> None:
    talk = conversation(lines, language="zh")
    back = parse_transcript(write_transcript(talk), language="zh")
    assert [(turn.speaker, turn.text) for turn in back.turns] == lines


def test_adding_a_turn_leaves_the_conversation_as_it_was() -> None:
    talk = Conversation((Turn(1, "客户", "贵"),))
    longer = talk.said("销售", "怎么比的？", at=3.0)
    assert len(talk.turns) == 1
    assert longer.turns[1] == Turn(2, "销售", "怎么比的？", 3.0)
