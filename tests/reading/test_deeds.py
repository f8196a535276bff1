"""Deeds: what a whole rep turn does is told from words that no act was made for; a damaged head says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.conversation import conversation
from coach.errors import Broken
from coach.reading.offline.deeds import DEEDS, deeds
from coach.reading.offline.evidence import gather
from coach.vocabulary import Language


def told(said: str, before: str, language: Language = "zh") -> dict[str, float]:
    """The deeds of one rep turn after a customer's."""
    talk = conversation([("customer", before), ("rep", said)], language=language)
    clauses = gather(talk.turns, {"customer": "customer", "rep": "rep"}, language)
    return deeds([[one for one in clauses if one.clause.turn == 2]])[0]


def test_every_deed_has_its_say_and_none_is_asked_about_nothing() -> None:
    assert set(told("那我先走了。", "嗯。")) == set(DEEDS)
    assert deeds([]) == []


@pytest.mark.parametrize(
    ("deed", "does", "does_not", "before", "language"),
    [
        ("decision", "这笔钱最后是谁签字，还要过哪几位？", "这笔钱真的不多。", "我做不了主。", "zh"),
        ("restate", "So it isn't the price, it's standing up in front of the board with it. Have I got that right?",
         "The price is the price.", "It's not the money as such.", "en"),
        ("next_step", "我下周二上午十点把样品送到您车间。", "我们保持联系。", "再说吧。", "zh"),
        ("acknowledge", "换了我，去年吃过那么一回亏，今年也得多看两眼。", "您想多了，没那回事。", "去年就是你们这种机器坑了我。", "zh"),
    ],
)  # fmt: skip
def test_what_does_it_stands_above_what_only_sounds_alike(
    deed: str, does: str, does_not: str, before: str, language: Language
) -> None:
    assert told(does, before, language)[deed] > told(does_not, before, language)[deed] + 0.2


def test_a_damaged_head_is_said_to_be_damaged(tmp_path: Path) -> None:
    broken = tmp_path / "deeds-1.npz"
    broken.write_bytes(b"rubbish")
    talk = conversation([("rep", "您好。")], language="zh")
    clauses = gather(talk.turns, {"rep": "rep"}, "zh")
    with pytest.raises(Broken):
        deeds([clauses], broken)
