"""Wording sentence by sentence: what passed is shown at once, what does not is asked for once more, then said as authored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from coach.conversation import Turn, conversation
from coach.errors import EngineDown
from coach.practice.customer import Step
from coach.practice.guard import fault
from coach.practice.wording import worded
from coach.reading.engine import Move, Persona
from coach.reading.figures import figures
from coach.reading.offline import OfflineEngine
from coach.reading.sentences import whole_sentences
from tests.practice.talks import pump

MOVE = Move("softened", "东西我看着还行，就是贵两千。", "chen", secrets=("厂长", "漏"))
TALK = conversation([("陈工", "贵两千。"), ("销售", "我理解。")], language="zh")


class _Scripted(OfflineEngine):
    """An engine that says what a script has for each try, in pieces of three; None is an outage."""

    def __init__(self, *tries: str | None) -> None:
        super().__init__()
        self.tries = list(tries)
        self.asked: list[dict[str, str]] = []

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        self.asked.append(dict(move.extra))
        words = self.tries.pop(0)
        if words is None:
            raise EngineDown(("连不上。", "No answer."))
        for at in range(0, len(words), 3):
            if words[at:].startswith("✂"):
                raise EngineDown(("断了。", "It broke off."))
            yield words[at : at + 3].replace("✂", "")


def _worded(*tries: str | None, move: Move = MOVE, fact: str = "") -> tuple[str, list[str], _Scripted]:
    engine = _Scripted(*tries)
    shown: list[str] = []
    text = worded(engine, pump(), Step(move, "chen", fact), TALK, shown.append)
    assert "".join(shown).strip() == text
    return text, shown, engine


def test_every_sentence_is_shown_when_it_passed() -> None:
    text, shown, _ = _worded("瞧着还行吧。就是贵了点！您再想想？")
    assert text == "瞧着还行吧。就是贵了点！您再想想？"
    assert shown == ["瞧着还行吧。", "就是贵了点！", "您再想想？"]


def test_a_rejected_sentence_is_asked_for_once_more_from_where_the_line_stands() -> None:
    text, shown, engine = _worded("瞧着还行吧。厂长那关难。", "就是贵了点。")
    assert text == "瞧着还行吧。就是贵了点。"
    assert shown == ["瞧着还行吧。", "就是贵了点。"]
    assert engine.asked[1] == {"begun": "瞧着还行吧。", "fault": "leak"}


def test_after_the_second_try_the_authored_line_is_said() -> None:
    text, _, engine = _worded("厂长那关难。", "作为一个AI，我觉得可以。")
    assert text == MOVE.line
    assert len(engine.asked) == 2


def test_an_outage_is_not_asked_again() -> None:
    text, _, engine = _worded(None)
    assert text == MOVE.line
    assert len(engine.asked) == 1


def test_a_line_that_broke_off_is_finished_as_authored() -> None:
    text, _, _ = _worded("嗯，这个嘛。再想想✂")
    assert text == "嗯，这个嘛。" + MOVE.line


def test_a_fact_that_was_to_be_told_is_told() -> None:
    told = Move(
        "fact", "两万是条线，过了要找厂长签字。", "chen", tells=("两万以内他自己能批，过了要找厂长。",)
    )
    kept, _, _ = _worded("两万是条线，过了两万得厂长签字。", move=told, fact="f-line")
    assert kept == "两万是条线，过了两万得厂长签字。"
    lost, _, _ = _worded("这个不好说。", move=told, fact="f-line")
    assert lost == "这个不好说。" + told.line


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("还行，可我只有三万预算。", "figure"),
        ("打个八折我就考虑。", "figure"),
        ("贵两千呢，再说吧。", None),
        ("行，那我们签合同吧。", "agreed"),
        ("成交！", "agreed"),
        ("我是销售，我给您介绍。", "inversion"),
        ("给您打九折，您看行吗？", "inversion"),
        ("我们的产品优势是省电。", "inversion"),
    ],
)
def test_a_customer_invents_no_price_agrees_to_nothing_and_sells_nothing(
    line: str, wrong: str | None
) -> None:
    assert fault(line, MOVE, "zh") == wrong


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("It's fine, but I only have thirty thousand.", "figure"),
        ("Okay, we have a deal.", "agreed"),
        ("I can offer you a discount on that.", "inversion"),
        ("I'm your account manager.", "inversion"),
        ("Looks fine, I'd say.", None),
    ],
)
def test_nor_in_english(line: str, wrong: str | None) -> None:
    assert fault(line, Move("softened", "It looks fine to me."), "en") == wrong


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("30 万", {300000.0}), ("三十万以内", {300000.0}), ("三万五", {35000.0}), ("3,500 元", {3500.0}),
        ("一千二", {1200.0}), ("一百零五台", {105.0}), ("八折", {8.0}), ("百分之十五", {15.0}), ("一个人", set()),
        ("万一不行，千万别动", set()), ("thirty thousand", {30000.0}), ("half a million", {500000.0}),
        ("twenty-five percent", {25.0}), ("two of us", set()), ("fifteen hundred", {1500.0}),
    ],
)  # fmt: skip
def test_a_figure_is_one_value_however_it_is_spoken(text: str, values: set[float]) -> None:
    assert figures(text) == values


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_sentences_join_to_what_came(size: int) -> None:
    for text in ("嗯。“行吧！”他说…再看？", "Fine. He paid 3.5 grand! Right?  Sure", "没有句号", ""):
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert "".join(whole_sentences(pieces)) == text
    assert list(whole_sentences(["Fine. It is 3.5 metres. ", "Good"])) == [
        "Fine. ",
        "It is 3.5 metres. ",
        "Good",
    ]
