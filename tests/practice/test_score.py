"""The score is arithmetic over the ledger; its JSON is the one that others script against."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from coach.conversation import conversation, parse_transcript, write_transcript
from coach.practice.checks import PER_TURN, Ledger, Scene, enter, items_of, open_items
from coach.practice.composure import Composure, composure
from coach.practice.finished import score_dialogue
from coach.practice.judging import Before, judge
from coach.practice.score import Score, score
from coach.reading.engine import Finding, Reading
from scenarios.rubric import load_rubrics
from tests.practice.talks import Table, engine, played, pump
from tests.practice.test_session import GOOD

RUBRIC = load_rubrics()["b2b-laer/1"]
ITEMS = items_of(pump(), RUBRIC)
CALM = Composure(None, (), "unknown")
VERDICTS = st.sampled_from(["yes", "no", "not_scored"])


def _score(verdicts: dict[str, str], *, hints: float = 0, turns: int = 3) -> Score:
    findings = {
        id: Finding(id, verdict, "x", 2, 0, 1) if verdict == "yes" else Finding(id, verdict, reason="?")  # type: ignore[arg-type]
        for id, verdict in verdicts.items()
    }
    return score(
        pump(),
        RUBRIC,
        ITEMS,
        Ledger(findings),
        CALM,
        facts=(),
        hint_cost=hints,
        engine="offline/1",
        rep_turns=turns,
    )


@given(st.fixed_dictionaries({item.id: VERDICTS for item in ITEMS if item.kind != "red_line"}))
def test_the_total_is_the_share_of_what_could_be_scored(verdicts: dict[str, str]) -> None:
    result = _score(verdicts)
    weights = {item.id: item.weight for item in ITEMS}
    scored = sum(weights[id] for id, verdict in verdicts.items() if verdict != "not_scored")
    proved = sum(weights[id] for id, verdict in verdicts.items() if verdict == "yes")
    if scored < RUBRIC.scored_at_least:
        assert result.total is None
        assert result.outcome == "not_scored"
        assert result.reason
    else:
        assert result.total == round(100 * proved / scored)
        assert result.outcome == ("pass" if result.total >= RUBRIC.pass_mark else "fail")
    for dimension, value in result.dimensions.items():
        mine = {verdicts[item.id] for item in ITEMS if item.dimension == dimension}
        assert (value is None) == (mine <= {"not_scored"})


def test_a_red_line_fails_whatever_the_total() -> None:
    everything = {item.id: "yes" for item in ITEMS if item.kind != "red_line"}
    assert _score(everything).outcome == "pass"
    crossed = _score({**everything, "r-concede": "yes"})
    assert crossed.outcome == "fail"
    assert crossed.total == 100
    assert [line.check for line in crossed.red_lines] == ["r-concede"]


def test_hints_are_paid_for_and_silence_is_not_scored() -> None:
    everything = {item.id: "yes" for item in ITEMS if item.kind != "red_line"}
    assert _score(everything, hints=10).total == 90
    silent = _score({}, turns=0)
    assert (silent.outcome, silent.total) == ("not_scored", None)


def test_the_json_is_the_contract() -> None:
    body = json.loads(json.dumps(played(pump(), GOOD).score().as_json("talk.txt")))
    assert list(body) == [
        "file",
        "outcome",
        "total",
        "reason",
        "checks",
        "red_lines",
        "missing",
        "composure",
        "engine",
        "scenario",
        "scenario_version",
        "rubric_version",
    ]
    assert {tuple(check) for check in body["checks"]} == {
        ("id", "dimension", "weight", "verdict", "quote", "turn", "start", "end", "tip")
    }
    assert set(body["composure"]) == {"index", "signals"}
    assert sum(check["weight"] for check in body["checks"]) == 100
    assert body["scenario"] == pump().id


def test_what_was_not_heard_yet_cannot_be_answered() -> None:
    able = {item.id for item in open_items(ITEMS, Ledger(), Scene(frozenset(), False))}
    assert "k-answer" not in able, "the fact it rests on is not out"
    assert "g-acknowledge" not in able, "no objection was raised"
    later = {item.id for item in open_items(ITEMS, Ledger(), Scene(frozenset({"f-old"}), True))}
    assert {"k-answer", "g-acknowledge"} <= later


def test_one_turn_earns_no_more_than_two_of_a_kind_and_only_by_its_own_words() -> None:
    text = "为什么是两万？那家一样的配置吗？周四我把对比表送来。"
    talk = conversation([("陈工", "贵两千。"), ("销售", text)], language="zh")
    points = [item for item in ITEMS if item.kind == "key_point"]
    right = [Finding(item.id, "yes", text[:7], 2, 0, 7) for item in points]
    ledger, counted = enter(Ledger(), points, right, talk, ())
    assert len(counted) == PER_TURN
    assert sum(ledger.proved(item.id) for item in points) == PER_TURN
    invented = [Finding(item.id, "yes", "没说过的话", 2, 0, 7) for item in points]
    assert enter(Ledger(), points, invented, talk, ())[1] == []


def test_a_red_line_needs_its_act_among_the_readings() -> None:
    text = "行吧，给您便宜两千。"
    talk = conversation([("陈工", "贵两千。"), ("销售", text)], language="zh")
    red = [item for item in ITEMS if item.id == "r-concede"]
    yes = [Finding("r-concede", "yes", text, 2, 0, len(text))]
    assert enter(Ledger(), red, yes, talk, ())[1] == []
    read = [Reading(2, "concede_price", text, 0, len(text), 0.9)]
    assert len(enter(Ledger(), red, yes, talk, read)[1]) == 1


def test_composure_counts_what_was_declared_around_a_provocation() -> None:
    calm, slipped, back = Table(pump()), Table(pump()), Table(pump())
    for table in (calm, slipped, back):
        table.hear("嗯，您说。", "acknowledge")
        table.hear("我在听。", "acknowledge")
        assert table.kinds[-1] == "provocation"
    calm.hear("您这么说，是吃过亏？", "explore")
    slipped.hear("您这话不对。", "dismiss")
    back.hear("您这话不对。", "dismiss")
    back.hear("是我急了，您被哪家骗过？", "acknowledge", "explore")
    index = [composure(pump(), table.state, RUBRIC.composure).index for table in (calm, slipped, back)]
    assert index == [100, 0, 60]
    nobody = Table(pump())
    assert composure(pump(), nobody.state, RUBRIC.composure).index is None


def test_a_finished_dialogue_scores_like_the_practice_it_came_from() -> None:
    session = played(pump(), GOOD)
    talk = parse_transcript(write_transcript(session.talk), language="zh")
    again = score_dialogue(pump(), RUBRIC, talk, engine())
    live = session.score()
    assert {c.item.id: c.verdict for c in again.checks} == {c.item.id: c.verdict for c in live.checks}
    assert again.total == live.total
    assert again.missing == live.missing


def test_a_dialogue_without_a_rep_is_not_scored() -> None:
    talk = conversation([("客户", "太贵了。"), ("客户", "便宜点。")], language="zh")
    assert score_dialogue(pump(), RUBRIC, talk, engine()).outcome == "not_scored"


def test_idle_talk_around_a_turn_costs_nothing_and_ends_nothing() -> None:
    said = (
        "三十万是按哪几块算的，这个我先记下。您说年底前要停一条线，停一天差不多损失多少？那批不合格的件，"
        "是机长看出来的，还是到了客户那边才看出来的？上个月退回来的那两批，最后算在了谁的头上？"
    )
    idle = "嗯，那个，怎么说呢，您看是吧，今天这天儿也真是，一路过来，堵得不行，反正咱们都这么熟了，我就随便聊聊，对吧，"
    before = Before(
        conversation([("customer", "你们三十万，太贵了。")], language="zh"),
        Ledger(),
        Scene(),
        ("你们三十万，太贵了。",),
        (),
    )
    items = items_of(pump(), load_rubrics()[pump().rubric])
    plain, found, _ = judge(engine(), pump(), items, before, "rep", said)
    padded, again, _ = judge(engine(), pump(), items, before, "rep", idle + idle + said)
    assert "too_long" not in plain.slips | padded.slips
    assert padded.acts == plain.acts
    assert [(one.check, one.verdict) for one in again] == [(one.check, one.verdict) for one in found]
    assert all(one.quote == padded.text[one.start : one.end] for one in padded.readings)


def test_a_long_speech_is_too_long_whatever_stands_around_it() -> None:
    said = "我们的密封件用的是进口材料，寿命是普通件的三倍，装了两年的客户都没有换过，" * 6
    before = Before(conversation([], language="zh"), Ledger(), Scene(), (), ())
    items = items_of(pump(), load_rubrics()[pump().rubric])
    assert "too_long" in judge(engine(), pump(), items, before, "rep", said)[0].slips
