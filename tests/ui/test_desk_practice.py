"""The practice desk on a real coach: a session is kept after each line, ends with a report, and can be redone."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.app import Coach
from coach.errors import CoachError, NotFound, Refused
from coach.practice.kept import Clock
from ui.desks.practice import PracticeRoom
from ui.parts.verdicts import report as drawn_report
from ui.views.practice import Session

LINES = (
    "您说得对，换了我也得问清楚。我先请教一句，您最担心的是哪一块？",
    "上次那一回，前后一共损失了多少？停了几天？",
    "我们这个保证绝对不出问题，今天签给您便宜两万。",
)


@pytest.fixture(scope="module")
def desk(coach: Coach) -> PracticeRoom:
    return PracticeRoom(coach)


@pytest.fixture
def running(desk: PracticeRoom) -> str:
    return desk.start(desk.shelf("zh")[0].id)


def _rep_lines(session: Session) -> list[str]:
    return [line.text for line in session.lines if line.side == "rep"]


def test_the_shelf_shows_one_language(desk: PracticeRoom, coach: Coach) -> None:
    zh, en = desk.shelf("zh"), desk.shelf("en")
    assert zh
    assert en
    assert {card.id for card in zh}.isdisjoint(card.id for card in en)
    assert {coach.scenarios[card.id].language for card in zh} == {"zh"}


def test_a_new_session_opens_with_the_customer_and_without_a_score(desk: PracticeRoom, running: str) -> None:
    session = desk.session(running, "zh")
    assert [line.side for line in session.lines] == ["customer"] * len(session.lines)
    assert session.lines
    assert session.live.score is None
    assert 0 < session.left <= session.limit


def test_lines_are_kept_by_the_server(desk: PracticeRoom, running: str) -> None:
    for line in LINES[:2]:
        desk.say(running, line)
    again = PracticeRoom(desk._coach).session(running, "zh")
    assert _rep_lines(again) == list(LINES[:2])
    assert again.live.score is not None or again.live.why, "a score, or why there is none yet"


def test_open_points_show_their_kind_and_nothing_else(desk: PracticeRoom, running: str, coach: Coach) -> None:
    session = desk.session(running, "zh")
    still = [point for point in session.live.points if not point.found]
    assert still
    assert all(point.learned == "" for point in still)
    scenario = coach.scenarios[desk.shelf("zh")[0].id]
    page = repr(session.live)
    assert not any(fact.statement in page for fact in scenario.private_facts)


def test_hints_climb_the_ladder_and_cost(desk: PracticeRoom, running: str) -> None:
    desk.say(running, LINES[0])
    for used in range(1, 4):
        desk.hint(running)
        rungs = desk.session(running, "zh").live.rungs
        assert [rung.state for rung in rungs[:used]] == ["used"] * used
        assert all(rung.text for rung in rungs[:used])
    assert desk.session(running, "zh").live.hints_used == 3


def test_the_clock_stops_and_goes_on(desk: PracticeRoom, running: str, coach: Coach) -> None:
    desk.pause(running, stop=True)
    stopped = desk.session(running, "zh")
    assert stopped.paused
    assert desk.session(running, "zh").left == stopped.left
    desk.pause(running, stop=False)
    assert not desk.session(running, "zh").paused


def test_a_browser_cannot_end_the_time_early(desk: PracticeRoom, running: str) -> None:
    desk.end(running, time_up=True)
    assert not desk.session(running, "zh").over


def test_when_our_clock_agrees_time_is_up(desk: PracticeRoom, running: str, coach: Coach) -> None:
    now = coach.keeping.load(running)
    past = Clock(elapsed=now.limit, at=dt.datetime.now(dt.UTC))
    coach.keeping.save(running, now.session, past)
    desk.end(running, time_up=True)
    session = desk.session(running, "zh")
    assert session.over
    assert session.left == 0


def test_no_report_while_it_runs(desk: PracticeRoom, running: str) -> None:
    assert desk.report(running, "zh") is None


def test_the_report_points_at_the_words(desk: PracticeRoom, running: str, coach: Coach) -> None:
    for line in LINES:
        desk.say(running, line)
    desk.end(running)
    report = desk.report(running, "zh")
    assert report is not None
    said = {line.turn: line.text for line in report.lines}
    done = [row for row in report.rows if row.verdict == "yes"]
    assert done
    assert all(row.quote and row.turn is not None and row.quote in said[row.turn] for row in done)
    assert not any(row.retry is not None for row in report.rows if row.verdict == "not_scored")
    assert len(report.turnings) <= 3
    assert report.missed
    drawn_report(report, "en")


def test_a_missed_moment_can_be_redone(desk: PracticeRoom, running: str) -> None:
    for line in LINES:
        desk.say(running, line)
    desk.end(running)
    new = desk.branch(running, 4)
    assert new != running
    assert _rep_lines(desk.session(new, "zh")) == [LINES[0]]
    assert len(_rep_lines(desk.session(running, "zh"))) == 3


def test_after_the_end_nothing_is_said(desk: PracticeRoom, running: str) -> None:
    desk.end(running)
    with pytest.raises(Refused):
        desk.say(running, LINES[0])


@pytest.mark.parametrize("id", ["", "nobody", "../../etc/passwd", "0" * 32])
def test_strange_ids_are_refused(desk: PracticeRoom, id: str) -> None:
    with pytest.raises(NotFound):
        desk.session(id, "zh")
    with pytest.raises(CoachError):
        desk.branch(id, 2)


def test_what_is_due_stands_above_the_shelf(desk: PracticeRoom, running: str) -> None:
    desk.say(running, LINES[0])
    desk.end(running)
    today = desk.today("zh")
    assert today.due is not None
    assert today.due.scenario_id
    assert len(today.round) >= 5
    assert any(one.times for one in today.trends)
    assert len(today.trends) == 6


def test_an_exam_is_not_paused_and_says_whether_it_counts(desk: PracticeRoom, coach: Coach) -> None:
    scenario = desk.shelf("zh")[-1].id
    first = desk.exam(scenario)
    assert desk.exam_standing(scenario, "zh").running == first
    assert "算数" in desk.session(first, "zh").exam
    with pytest.raises(Refused):
        desk.pause(first, stop=True)
    desk.end(first)
    second = desk.exam(scenario)
    assert "不算数" in desk.session(second, "zh").exam
    desk.end(second)


def test_the_clock_stands_still_while_nobody_gives_a_sign_of_life(
    desk: PracticeRoom, running: str, coach: Coach
) -> None:
    assert desk.alive(running)
    now = coach.keeping.load(running)
    gone = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=3)
    coach.keeping.save(running, now.session, Clock(elapsed=20, at=gone))
    assert desk.session(running, "zh").paused
    assert round(desk.session(running, "zh").left) == round(now.limit - 20)
    assert not desk.alive(running), "a sign of life does not start it again; a person does"
    desk.pause(running, stop=False)
    assert desk.alive(running)


def test_a_branch_stands_beside_what_it_came_from(desk: PracticeRoom, running: str) -> None:
    for line in LINES[:2]:
        desk.say(running, line)
    desk.end(running)
    turn = [line.turn for line in desk.session(running, "zh").lines if line.side == "rep"][1]
    assert turn is not None
    new = desk.branch(running, turn)
    desk.say(new, LINES[2])
    both = desk.compare(new, "zh")
    assert both.turn == turn
    assert both.old.lines[0].text == LINES[1]
    assert both.new.lines[0].text == LINES[2]
    assert desk.rewind(new) != new
    with pytest.raises(NotFound):
        desk.compare(running, "zh")


def test_trainers_are_told_how_a_scenario_stands_with_its_certificate(desk: PracticeRoom) -> None:
    assert all(card.certificate for card in desk.shelf("zh")), "the local person is a trainer too"
