"""The customer's rules, turn by turn, with turns given as they were heard."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.practice.guard import leaks
from scenarios.wording import bare
from tests.practice.talks import Table, pump, temper_of

WHY = "为什么是两万？"
SAME = "另一家是同样的配置吗？"


def test_the_right_question_frees_a_fact_once_there_is_trust() -> None:
    table = Table(pump())
    table.hear(WHY, "explore")
    assert table.kinds[0] == "guarded"
    assert table.state.facts == ()
    table.hear("两千块也是钱，换我也得掂量。", "acknowledge", won=("k-compare",))
    table.hear("这个数是谁定的，怎么来的？", "explore")
    assert table.state.facts == ("f-line",)
    assert table.kinds == ["fact", "raised"], "the fact brings up the second objection"


def test_a_wrong_question_in_the_same_words_frees_nothing() -> None:
    table = Table(pump())
    table.hear("两千块也是钱，换我也得掂量。", "acknowledge", won=("k-compare",))
    table.hear("两万真做不了，您再加点？", "explore")
    assert table.state.facts == ()


def test_a_later_fact_waits_for_the_earlier_one() -> None:
    table = Table(pump())
    table.hear("换我也得问。", "acknowledge", won=("k-compare",))
    table.hear(SAME, "explore")
    assert "f-old" not in table.state.facts
    table.hear(WHY, "explore")
    table.hear("那家的东西，跟我们一样的配置吗？", "explore")
    assert table.state.facts == ("f-line", "f-old")


def test_one_question_frees_one_fact() -> None:
    table = Table(pump())
    table.hear("换我也得问。", "acknowledge", won=("k-compare",))
    table.hear("为什么是两万？另一家是同样的配置吗？", "explore")
    assert table.state.facts == ("f-line",)


def test_a_pitch_past_the_objection_is_pushed_and_then_hardens() -> None:
    table = Table(pump())
    kinds = []
    for text in ("我们的泵扬程高。", "我们的泵省电百分之十。", "我们服务过很多食品厂，都说好。"):
        table.hear(text, "offer_solution")
        kinds.append(table.kinds[0])
    assert kinds == ["pushed", "pushed", "hardened"]


def test_taking_it_in_and_asking_softens() -> None:
    table = Table(pump())
    table.hear("两千块也是钱。您这边主要拿来抽什么料？", "acknowledge", "explore")
    assert table.state.objections["o-price"].state == "explored"
    assert table.kinds[0] == "softened"


def test_an_unpaid_discount_buys_pressure_for_more() -> None:
    table = Table(pump())
    table.hear("行吧，给您便宜两千。", "concede_price", crossed=("r-concede",))
    assert table.kinds[0] == "red_line"
    assert table.state.objections["o-price"].is_in("hardened")
    assert temper_of(table.state, pump()) < 40


def test_walking_away_is_reached_by_saying_nothing() -> None:
    table = Table(pump())
    for _ in range(12):
        if table.state.ended:
            break
        table.hear("", slips=frozenset({"silence"}))
    assert table.state.ended == "walked_away"


def test_the_best_road_ends_with_a_dated_step() -> None:
    table = Table(pump())
    table.hear("两千块也是钱，换我也得问。", "acknowledge", won=("k-compare",))
    table.hear(WHY, "explore", won=("k-line",))
    table.hear(SAME, "explore")
    table.hear("两千块换的是不漏水。", "offer_solution", won=("k-answer",))
    assert table.state.objections["o-price"].state == "resolved"
    table.hear("周四我把对比表送来。", "advance", won=("k-next",))
    assert table.state.ended == "advanced"
    assert table.kinds[-1] == "end:advanced"


def test_a_question_nobody_prepared_gets_an_answer_in_role() -> None:
    table = Table(pump())
    table.hear("您这边几点下班？", "explore")
    assert table.kinds[0] in ("unknown_question", "softened")


def test_saying_goodbye_ends_the_talk() -> None:
    table = Table(pump())
    table.hear("那我先走了。", "small_talk", slips=frozenset({"farewell"}))
    assert table.state.ended == "rep_left"


def test_harmful_acts_cost_more_than_good_ones_bring() -> None:
    good, bad = Table(pump()), Table(pump())
    good.hear("两千块也是钱。", "acknowledge")
    bad.hear("两千块您也计较。", "dismiss")
    start = pump().difficulty.trust
    assert temper_of(good.state, pump()) > start
    assert start - temper_of(bad.state, pump()) > temper_of(good.state, pump()) - start


TEXTS = st.sampled_from(
    [WHY, SAME, "嗯。", "好的。", "两千块也是钱。", "我们的泵好。", "周四我来。", "您几点下班？", ""]
)
ACTS = st.sets(
    st.sampled_from(
        [
            "acknowledge",
            "explore",
            "offer_solution",
            "evade",
            "small_talk",
            "advance",
            "dismiss",
            "map_decision",
        ]
    ),
    max_size=3,
)
WON = st.sampled_from([(), (), (), ("k-compare",), ("k-answer",), ("k-next",)])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, ACTS, WON), max_size=40), st.integers(0, 5))
def test_whatever_is_said_no_line_comes_twice_nothing_leaks_and_it_ends(
    turns: list[tuple[str, set[str], tuple[str, ...]]], seed: int
) -> None:
    table = Table(pump(), seed)
    said = [step.move.line for step in table.steps]
    for text, acts, won in turns:
        if table.state.ended:
            break
        slips = frozenset({"silence"}) if not text else frozenset()
        for step in table.hear(text, *sorted(acts), won=won, slips=slips):  # type: ignore[arg-type]
            said.append(step.move.line)
            assert leaks(step.move.line, step.move.secrets) is None
        assert table.steps, "the customer always answers"
    assert len({bare(line) for line in said}) == len(said)
    if len(turns) == 40:
        assert table.state.ended is not None
    never = next(fact for fact in pump().private_facts if fact.unlock.never)
    assert never.id not in table.state.facts


@pytest.mark.parametrize("seed", range(4))
def test_the_same_seed_and_turns_give_the_same_talk(seed: int) -> None:
    def talk() -> list[str]:
        table = Table(pump(), seed)
        lines = [step.move.line for step in table.steps]
        for text, act in ((WHY, "explore"), ("嗯。", "evade"), (SAME, "explore"), ("周四我来。", "advance")):
            lines += [step.move.line for step in table.hear(text, act)]
        return lines

    assert talk() == talk()
