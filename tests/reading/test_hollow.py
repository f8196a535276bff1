"""Talk that says nothing changes no verdict's words, and what says something is never taken for it."""

import pytest

from coach.conversation import Conversation, conversation
from coach.reading.engine import Check
from coach.reading.offline import OfflineEngine
from coach.reading.offline.hollow import in_runs

ENGINE = OfflineEngine()
ASKS = Check(
    "k",
    "销售问了谁来定这件事。",
    "zh",
    acts=("map_decision", "explore"),
    concepts=(("谁", "哪位"), ("定", "拍板", "签字")),
    examples=("这件事最后谁拍板？",),
)


def _talk(said: str) -> Conversation:
    return conversation([("客户", "价格我这儿没意见。"), ("销售", said)], language="zh")


@pytest.mark.parametrize("filler", ["嗯，那个，怎么说呢，", "哎呀，外头热得跟蒸笼似的，", "我先喝口水啊，"])
def test_filler_costs_no_verdict_and_the_quote_is_exact(filler: str) -> None:
    plain = ENGINE.answer([ASKS], _talk("这件事最后是哪位签字？"))[0]
    talk = _talk(filler + "这件事最后是哪位签字？")
    padded = ENGINE.answer([ASKS], talk)[0]
    assert plain.verdict == padded.verdict == "yes"
    assert padded.turn is not None
    assert talk.turn(padded.turn).text[padded.start : padded.end] == padded.quote


def test_a_turn_of_filler_alone_proves_nothing() -> None:
    assert ENGINE.answer([ASKS], _talk("嗯，那个，今天天气真不错啊，外头热得跟蒸笼似的。"))[0].verdict == "no"


def test_idle_talk_comes_in_runs() -> None:
    assert in_runs([0.95, 0.6, 0.95], 0.65)[1] > 0.5 > in_runs([0.1, 0.6, 0.1], 0.65)[1]
    assert in_runs([0.99], 0.65)[0] > 0.5 > in_runs([0.2], 0.65)[0]
    assert in_runs([], 0.65) == []
