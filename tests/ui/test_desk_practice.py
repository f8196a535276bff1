"""The practice desk on a real coach: a session is kept after each line, ends with a report, and can be redone."""

from __future__ import annotations

import datetime as dt

import pytest

from coach.app import Coach
from coach.errors import CoachError, NotFound, Refused
from ui.desks import kept
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
    assert again.live.score is not None


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
    now = kept.load(coach, running)
    past = kept.Clock(elapsed=now.limit, at=dt.datetime.now(dt.UTC))
    kept.save(coach, running, now.session, past)
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
