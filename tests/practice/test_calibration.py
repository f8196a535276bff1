"""Calibration through its doors: verdicts of a finished practice are voted on, figures follow, reports say what is advice only."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach.app import Coach, OneOfMany, open_coach
from coach.cli import build
from coach.commands.score_page import page
from coach.errors import BadInput, NotFound, Refused
from coach.practice.calibration.agreement import ENOUGH, kappa, wilson
from coach.settings import Settings
from coach.store.tables import Person
from coach.store.verdicts import StoredVerdict
from tests.practice.talks import shipped

SCENARIO = "zh-bank-branch-terminals"


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one finished practice of somebody else's."""
    home = tmp_path_factory.mktemp("practised")
    made = open_coach(Settings(home=home))
    vars(made)["shipped"] = shipped()
    with made.database.session() as session:
        session.add(Person(id="rep", name="小周", roles={"roles": ["rep"]}, language="zh"))
    rep = OneOfMany(made, "rep")
    _practise(rep)
    made.database.close()
    return home


@pytest.fixture
def coach(practised: Path, home: Path) -> Iterator[Coach]:
    """A trainer's coach at home where that practice is."""
    made = open_coach(Settings(home=Path(shutil.copytree(practised, home))))
    vars(made)["shipped"] = shipped()  # read once for all tests
    yield made
    made.database.close()


def _practise(coach: Coach) -> None:
    id = coach.keeping.begin(coach.start(SCENARIO, seed=2))
    now = coach.keeping.load(id)
    for line in shipped()[SCENARIO].expert_script[:4]:
        if now.session.ended is None:
            now.session.say(line.say, 12)
    now.session.end()
    coach.keeping.save(id, now.session, now.clock)


def test_verdicts_are_laid_out_with_their_words_and_the_least_sure_come_first(coach: Coach) -> None:
    desk = coach.calibration
    assert desk.lay_out() == 1
    assert desk.lay_out() == 0, "once is enough"
    queue = desk.queue("zh")
    assert len(queue) > 10
    sure = [
        round(abs(one.told.p - one.told.edge), 6) for one in queue if one.told.p is not None and one.told.edge
    ]
    assert sure == sorted(sure)
    talk = OneOfMany(coach, "rep").keeping.load(queue[0].practice_id).session
    for one in queue:
        finding = talk.ledger.verdict(one.told.check_id)
        assert one.told.verdict == finding.verdict
        case = desk.case(one.id)
        if finding.verdict == "yes":
            assert case.quote == finding.quote
            assert one.told.p is not None
        if case.quote:
            assert case.quote in case.said
            assert case.before, "somebody spoke before the rep"
    assert desk.queue("en") == []


def test_one_vote_of_a_trainer_stands_and_all_are_kept(coach: Coach) -> None:
    desk = coach.calibration
    desk.lay_out()
    first, second = desk.queue()[:2]
    assert desk.overall().rate is None
    assert desk.figures() == {}
    desk.vote(first.id, "reject", remark="=没法判")
    desk.vote(first.id[:12], "accept")
    assert (desk.overall().n, desk.overall().agreed) == (1, 1)
    other = "no" if second.told.verdict == "yes" else "yes"
    desk.vote(second.id, "adjust", other, "改一下")
    assert (desk.overall().n, desk.overall().agreed) == (2, 1)
    assert [one.id for one in desk.queue()][-2:] in ([first.id, second.id], [second.id, first.id])
    rows = desk.rows()
    assert [(row["vote"], row["stands"]) for row in rows] == [
        ("reject", False),
        ("accept", True),
        ("adjust", True),
    ]
    assert rows[2]["trainer_verdict"] == other
    with pytest.raises(BadInput):
        desk.vote(first.id, "adjust", first.told.verdict)
    with pytest.raises(NotFound):
        desk.vote("nobody", "accept")
    with pytest.raises(Refused):
        OneOfMany(coach, "rep").calibration.queue()


def _against(coach: Coach, check: str, many: int) -> StoredVerdict:
    """So many verdicts of one check, each thrown out by the trainer."""
    practices = OneOfMany(coach, "rep").practices
    (stored,) = practices.newest()
    for _ in range(many - 1):
        again = practices.begin(
            scenario=stored.scenario,
            scenario_version=stored.scenario_version,
            rubric_version=stored.rubric_version,
            engine=stored.engine,
            seed=stored.seed,
            state=stored.state,
        )
        practices.save(again, stored.state, ended=True)
    desk = coach.calibration
    desk.lay_out(most=many)
    mine = [one for one in desk.queue() if one.told.check_id == check]
    assert len(mine) == many
    for one in mine:
        desk.vote(one.id, "adjust", "yes" if one.told.verdict == "no" else "no")
    return mine[0]


def test_a_check_that_trainers_do_not_agree_with_is_marked_everywhere_and_the_total_stays(
    coach: Coach,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from coach.practice.calibration.advice import advice_on
    from ui.desks.colleague import ColleagueRoom
    from ui.desks.compare import fork_view
    from ui.parts.compare import compare
    from ui.parts.seats import beside

    check = "g-answer"
    voted = _against(coach, check, ENOUGH)
    rep = OneOfMany(coach, "rep")
    talk = rep.keeping.load(voted.practice_id).session
    result = talk.score()
    advice = advice_on(result, talk.scenario, coach.database, talk.log.engine)
    assert list(advice.figures) == [check]
    assert advice.figures[check].n == ENOUGH
    left = [one for one in result.checks if one.item.id != check and one.verdict != "not_scored"]
    share = sum(one.item.weight for one in left if one.verdict == "yes") / sum(
        one.item.weight for one in left
    )
    page(result, talk.scenario, talk.ended, result.pass_mark, advice)
    assert f"不算它们是 {advice.total}" in capsys.readouterr().out
    assert advice.total == (None if result.total is None else round(100 * share))
    told = advice.on(result.as_json())
    assert [one["id"] for one in told["checks"] if one["advice_only"]] == [check]
    assert told["total_without_advice_only"] == advice.total
    assert {**told, "checks": None} == {
        **result.as_json(),
        "checks": None,
        "total_without_advice_only": advice.total,
    }

    (name,) = (one.name for one in talk.items if one.id == check)
    branch = rep.keeping.branch(voted.practice_id, 2)
    now = rep.keeping.load(branch)
    now.session.say("随便。", 12)
    now.session.end()
    rep.keeping.save(branch, now.session, now.clock)
    drawn = compare(fork_view(rep, branch, "zh"), "zh")
    assert "仅供参考" in drawn
    assert f"培训师认可 0%，看过 {ENOUGH} 条" in drawn

    room = ColleagueRoom(rep)
    seats = room.begin(SCENARIO)
    room.say(seats, "customer", "你们太贵了。")
    room.say(
        seats,
        "rep",
        "我不跟您争贵不贵：合同里写两小时到场，晚一小时赔二百，这是盖章的条款，您可以查去年的工单。",
    )
    room.end(seats, "advanced")
    told = [one for one in room.seats(seats, "rep", "en").checks if one.advice]
    assert [one.name for one in told] == [name]
    assert "Advice only" in beside(room.seats(seats, "rep", "en"), "en")

    monkeypatch.setenv("COACH_HOME", str(coach.settings.home))
    said = tmp_path / "a.txt"
    said.write_text("[00:01] 客户: 你们太贵了。\n[00:05] 销售: 我理解您的顾虑。\n", "utf-8")
    script = tmp_path / "s.txt"
    script.write_text("我理解您的顾虑。\n", "utf-8")
    for asked in (
        ["score", str(said), "--scenario", SCENARIO, "--json"],
        ["practice", SCENARIO, "--script", str(script), "--json"],
    ):
        body = json.loads(CliRunner().invoke(build(), asked).stdout)
        assert [one["id"] for one in body["checks"] if one["advice_only"]] == [check], asked
        assert "total_without_advice_only" in body


def test_the_commands_list_vote_and_count(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(coach.settings.home))
    run, app = CliRunner(), build()
    assert "还没有数" in run.invoke(app, ["calibrate", "figures"]).stdout
    rows = [json.loads(line) for line in run.invoke(app, ["calibrate", "list", "--json"]).stdout.splitlines()]
    assert len(rows) == 10
    assert run.invoke(app, ["calibrate", "vote", rows[0]["id"], "accept"]).exit_code == 0
    figures = run.invoke(app, ["calibrate", "figures", "--json"]).stdout.splitlines()
    assert [json.loads(line)["n"] for line in figures] == [1, 1]
    (vote,) = run.invoke(app, ["calibrate", "export"]).stdout.splitlines()
    assert json.loads(vote)["quote"] == rows[0]["quote"]
    assert isinstance(run.invoke(app, ["calibrate", "vote", rows[0]["id"], "maybe"]).exception, BadInput)


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_share_and_narrows(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = wilson(hits, n)
    assert low is not None
    assert high is not None
    assert 0 <= low <= hits / n <= high <= 1
    wider = wilson(hits * 4, n * 4)
    assert wider[1] is not None
    assert wider[0] is not None
    assert wider[1] - wider[0] < high - low


def test_kappa_knows_chance() -> None:
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    pairs = [("yes", "yes")] * 10 + [("no", "no")] * 5 + [("yes", "no")] * 3 + [("no", "yes")] * 2
    assert kappa(pairs) == pytest.approx(0.4681, abs=1e-4)
    assert kappa(pairs[:19]) is None
    assert kappa([("yes", "yes")] * 30) is None
    assert kappa([("not_scored", "yes")] * 30) is None
