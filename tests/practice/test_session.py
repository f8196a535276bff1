"""A whole practice with the engine that ships: replay, saving, branching, leaks, endings, gaming."""

from __future__ import annotations

import json

import pytest

from coach.errors import BadInput, Refused
from coach.practice.guard import leaks
from coach.practice.session import Session
from scenarios.schema import Scenario
from scenarios.wording import bare
from tests.practice.scripts import DISCOUNTER, INJECTOR, LAZY, SMALL_TALK
from tests.practice.talks import engine, played, pump, shipped

SCENARIOS = sorted(shipped())
GOOD = [
    "陈工，两千块也是钱，换我也得问。为什么正好是两万，这个数怎么来的？",
    "明白，过了两万就得找厂长。那家便宜两千，是同样的配置吗？",
    "漏过水，难怪。我说说我听到的：泵您看着行，难的是多两千怎么跟厂长讲，对吗？",
    "两千块换的是不漏水，密封写进合同包三年，漏一次我们全换。",
    "周四我把对比表送来，您先改，改完再给厂长，行吗？",
]


def _lines(session: Session) -> list[str]:
    return [turn.text for turn in session.talk.turns]


def _expert(scenario: Scenario) -> list[str]:
    return [line.say for line in scenario.expert_script]


@pytest.mark.parametrize("id", SCENARIOS)
def test_the_same_seed_and_lines_give_the_same_transcript_and_score(id: str) -> None:
    one, other = (played(shipped()[id], _expert(shipped()[id])[:4], seed=7) for _ in range(2))
    assert _lines(one) == _lines(other)
    assert one.score() == other.score()


def test_another_seed_gives_another_talk() -> None:
    talks = {tuple(_lines(played(pump(), GOOD[:1], seed))) for seed in range(6)}
    assert len(talks) > 1


@pytest.mark.parametrize("id", SCENARIOS)
@pytest.mark.parametrize("script", [LAZY, DISCOUNTER, INJECTOR, SMALL_TALK])
def test_scripts_that_know_nothing_win_nothing_and_find_the_door(
    id: str, script: dict[str, list[str]]
) -> None:
    scenario = shipped()[id]
    session = played(scenario, script[scenario.language], seed=3)
    assert session.log.ended is None, "the customer ended it, not the end of the script"
    assert session.ended not in ("advanced", "rep_left", None)
    score = session.score()
    assert score.outcome != "pass"
    assert score.total is None or score.total < 40


@pytest.mark.parametrize("id", SCENARIOS)
def test_no_customer_line_comes_twice_and_no_locked_fact_slips_out(id: str) -> None:
    scenario = shipped()[id]
    for script in (_expert(scenario), LAZY[scenario.language]):
        session = played(scenario, script, seed=5)
        said = [*session.log.opening, *(line for one in session.log.exchanges for line in one.said)]
        assert len({bare(line.text) for line in said}) == len(said)
        known: set[str] = set()
        for line in said:
            known |= {line.fact}
            locked = [fact for fact in scenario.private_facts if fact.id not in known]
            assert leaks(line.text, [word for fact in locked for word in fact.leak_words]) is None, line.text


@pytest.mark.parametrize("id", [id for id in SCENARIOS if _expert(shipped()[id])])
def test_the_expert_beats_the_lazy_one(id: str) -> None:
    scenario = shipped()[id]
    expert, lazy = (
        played(scenario, script, seed=2).score() for script in (_expert(scenario), LAZY[scenario.language])
    )
    assert expert.total is not None
    assert lazy.total is not None
    assert expert.total >= lazy.total + 30


def test_parroting_the_customer_earns_nothing() -> None:
    for scenario in shipped().values():
        session = Session(scenario, engine(), seed=4)
        last = session.open().lines
        while not session.ended:
            last = session.say(" ".join(line.text for line in last)).lines
        score = session.score()
        assert score.outcome != "pass"
        assert (score.total or 0) <= 10


def test_heaps_of_key_words_stay_weak() -> None:
    for scenario in shipped().values():
        groups = list(scenario.concepts.values())
        heaps = ["，".join(words[0] for words in groups[i : i + 6]) for i in range(0, len(groups), 6)]
        score = played(scenario, heaps, seed=4).score()
        assert score.outcome != "pass"
        assert (score.total or 0) < 40


def test_a_sensible_talk_gets_its_facts_and_its_points() -> None:
    session = played(pump(), GOOD)
    assert "f-line" in session.state.facts
    proved = {one.item.id for one in session.score().checks if one.verdict == "yes"}
    assert "k-line" in proved
    total, lazy = session.score().total, played(pump(), LAZY["zh"]).score().total
    assert total is not None
    assert total > (lazy or 0) + 20


def test_every_yes_stands_in_the_reps_own_words() -> None:
    for scenario in (pump(), *shipped().values()):
        session = played(scenario, GOOD if scenario is pump() else _expert(scenario))
        rep = {exchange.heard.turn: exchange.text for exchange in session.log.exchanges}
        for one in session.score().checks:
            if one.verdict == "yes":
                finding = one.finding
                assert finding.turn is not None
                assert rep[finding.turn][finding.start : finding.end] == finding.quote != ""


def test_a_practice_saved_after_every_turn_goes_on_as_if_it_had_not_been() -> None:
    whole = played(pump(), GOOD, seed=9)
    halting = Session(pump(), engine(), seed=9)
    halting.open()
    for line in GOOD:
        if halting.ended:
            break
        halting.say(line)
        halting = Session.from_json(halting.to_json(), {pump().id: pump()}, engine())
    halting.end()
    assert _lines(halting) == _lines(whole)
    assert halting.score() == whole.score()
    assert halting.state == whole.state
    assert halting.curve == whole.curve
    assert json.loads(halting.to_json()) == json.loads(whole.to_json())


def test_a_changed_scenario_is_not_gone_on_with() -> None:
    session = played(pump(), GOOD[:1])
    changed = pump().model_copy(update={"title": "三千块"})
    with pytest.raises(Refused):
        Session.from_json(session.to_json(), {changed.id: changed}, engine())
    with pytest.raises(BadInput):
        Session.from_json("{}", {}, engine())


def test_a_branch_goes_back_before_the_turn_and_leaves_the_old_talk_alone() -> None:
    session = played(pump(), GOOD)
    third = session.log.exchanges[2].heard.turn
    branch = session.branch(third)
    assert _lines(branch) == _lines(session)[: third - 1]
    assert branch.ended is None
    branch.say("行吧，给您便宜两千。")
    assert _lines(session) != _lines(branch)
    with pytest.raises(BadInput):
        session.branch(1)


def test_nothing_can_be_said_before_the_opening_or_after_the_end() -> None:
    session = Session(pump(), engine(), seed=1)
    with pytest.raises(BadInput):
        session.say("您好。")
    assert session.open().lines == session.open().lines
    session.end()
    with pytest.raises(Refused):
        session.say("等等。")
    assert session.end().ended == "rep_left"


def test_the_clock_ends_it() -> None:
    session = Session(pump(), engine(), seed=1)
    session.open()
    result = session.say("您这两千块是怎么算的？", seconds=pump().time_limit_minutes * 60)
    assert result.ended == "time_up"
    assert result.live.seconds_left == 0


def test_an_exam_has_no_hints_and_names_no_kinds() -> None:
    session = Session(pump(), engine(), seed=1, mode="exam")
    result = session.open()
    assert result.live.open_points == ()
    assert result.live.open_count == 2
    with pytest.raises(Refused):
        session.hint()


def test_hints_climb_the_ladder_and_cost_points() -> None:
    scenario = next(iter(shipped().values()))
    session = Session(scenario, engine(), seed=1)
    session.open()
    hints = [session.hint() for _ in range(4)]
    assert [hint.rung for hint in hints] == [1, 2, 3, 1]
    assert [hint.cost for hint in hints] == [2, 3, 5, 2]
    assert len({hint.check for hint in hints[:3]}) == 1
    assert hints[3].check != hints[0].check
    assert session.score().hint_cost == 12
    target = next(point for point in scenario.key_points if point.id == hints[0].check)
    assert target.requires_fact is None, "what nobody could know yet is not hinted at"


def test_the_live_view_shows_what_was_learned_and_only_the_kinds_of_the_rest() -> None:
    session = Session(pump(), engine(), seed=1)
    before = session.open().live
    assert before.score == 0
    assert before.open_count == 2, "what is never told is nobody's gap"
    session.say(GOOD[0])
    live = session.say(GOOD[1]).live
    assert [found.id for found in live.found][:1] == ["f-line"]
    assert live.open_count == 2 - len(live.found)
    assert live.mood.words
