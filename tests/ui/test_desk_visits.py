"""The visits desk on a real coach: files are queued, their records link to words, people may correct it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coach.app import Coach
from coach.errors import NotFound, Refused
from coach.jobs.work import Work, directly
from ui.desks.visits import VisitRoom
from ui.parts.queue import queue
from ui.parts.visit import five, said

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"


@pytest.fixture
def desk(coach: Coach) -> VisitRoom:
    return VisitRoom(coach)


def _take(desk: VisitRoom, coach: Coach, file: Path, day: dt.date | None = None) -> str:
    """Add a file and do its work in this process; the visit's id."""
    job = coach.jobs.load(desk.add(file, file.name, day, ""))
    work = Work(coach.settings, coach.database, lambda: coach.engine)
    work.through(job.id, job.attempt, directly)
    return desk.came_of(job.id)


def test_every_link_lights_exactly_its_quote(desk: VisitRoom, transcript: Path, coach: Coach) -> None:
    visit = desk.visit(_take(desk, coach, transcript), "zh")
    turns = {turn.number: turn for turn in visit.turns}
    entries = [entry for action in visit.actions for entry in action.entries]
    assert entries
    for entry in entries:
        words = [
            turns[entry.turn].text[link.start : link.end]
            for link in turns[entry.turn].links
            if link.field == entry.key
        ]
        assert words == [entry.quote]


def test_what_is_missing_says_what_to_do(desk: VisitRoom, transcript: Path, coach: Coach) -> None:
    visit = desk.visit(_take(desk, coach, transcript), "zh")
    assert len(visit.actions) == 5
    assert all(action.entries or action.advice for action in visit.actions)


def test_the_page_keeps_strange_words_inert(desk: VisitRoom, transcript: Path, coach: Coach) -> None:
    visit = desk.visit(_take(desk, coach, transcript), "zh")
    page = said(visit, "zh") + five(visit, "zh")
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


def test_confirming_and_removing_keep_the_machines_reading(
    desk: VisitRoom, transcript: Path, coach: Coach
) -> None:
    id = _take(desk, coach, transcript)
    machine = coach.visits.load(id).machine
    keys = [entry.key for action in desk.visit(id, "zh").actions for entry in action.entries]
    desk.confirm(id, keys[0])
    desk.remove(id, keys[-1])
    visit = desk.visit(id, "zh")
    left = {entry.key: entry for action in visit.actions for entry in action.entries}
    assert left[keys[0]].confirmed
    assert keys[-1] not in left
    assert visit.removed == 1
    assert coach.visits.load(id).machine == machine
    desk.restore(id)
    assert {entry.key for action in desk.visit(id, "zh").actions for entry in action.entries} == set(keys)


def test_the_other_side_can_be_named_the_rep(desk: VisitRoom, transcript: Path, coach: Coach) -> None:
    id = _take(desk, coach, transcript)
    desk.is_rep(id, "客户")
    assert desk.visit(id, "zh").rep == "客户"


def test_a_recording_needs_somebodys_consent(desk: VisitRoom) -> None:
    with pytest.raises(Refused):
        desk.add(SAMPLES / "zh-cold-chain.ogg", "a.ogg", None, "  ")


def test_rubbish_says_what_to_do_and_can_be_put_away(desk: VisitRoom, coach: Coach, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# <b>nothing</b> here\n", "utf-8")
    assert _take(desk, coach, file) == ""
    (row,) = desk.queue("zh")
    assert row.trouble
    assert row.way_on
    assert row.may_retry
    assert not row.moving
    page = queue(desk.queue("en"), "en")
    assert "data-poll" not in page, "nothing here will change by itself"
    assert "Try again" in page
    desk.retry(row.id)
    assert "data-poll" in queue(desk.queue("zh"), "zh")
    desk.cancel(row.id)
    assert desk.queue("zh") == []
    assert queue([], "zh") == ""


def test_the_queue_tells_how_far_and_how_long(desk: VisitRoom, coach: Coach) -> None:
    from sqlalchemy import text

    from coach.store.job_ledger import JobLedger

    job = coach.jobs.load(desk.add(SAMPLES / "zh-bakery-chain.ogg", "<i>一早.ogg", None, "罗厂长"))
    waiting = coach.jobs.load(desk.add(SAMPLES / "en-gate-access.txt", "b.txt", None, ""))
    ledger = JobLedger(coach.database)
    ledger.begin(job.id, job.attempt)
    ledger.at_step(job.id, job.attempt, "transcribe", 0.0, 1934.0)
    with coach.database.session() as session:
        long_ago = {"then": dt.datetime(2026, 11, 18), "now": dt.datetime(2026, 11, 18, 0, 1), "id": job.id}
        session.execute(
            text("update job set step_at = :then, updated_at = :now, seconds_done = 760 where id = :id"),
            long_ago,
        )
    first, second = desk.queue("zh")
    assert first.state == "正在听写"
    assert first.note.startswith("12:40 / 32:14")
    assert first.part == pytest.approx(760 / 1934)
    assert second.state == "排队，前面还有 1 个"
    page = queue([first, second], "zh")
    assert 'aria-valuenow="39"' in page
    assert "已听写" not in page
    line = {"side": 0, "start": 3.2, "end": 5.0, "text": "停线一小时<b>八千", "confidence": -0.1}
    ledger.keep(
        job.id, job.attempt, "slice 0", {"number": 0, "language": "zh", "lines": [line], "voices": []}
    )
    page = queue(desk.queue("zh"), "zh")
    assert "已听写 1 句" in page
    assert "停线一小时&lt;b&gt;八千" in page
    assert "<i>一早" not in page
    for one in (job, waiting):
        desk.cancel(one.id)


def test_text_has_no_player(desk: VisitRoom, transcript: Path, coach: Coach) -> None:
    id = _take(desk, coach, transcript)
    assert desk.recording(id) is None
    assert desk.visit(id, "zh").audio == ""


@pytest.mark.parametrize("id", ["", "nobody", "../coach.db"])
def test_strange_ids_are_refused(desk: VisitRoom, id: str) -> None:
    with pytest.raises(NotFound):
        desk.visit(id, "zh")
    with pytest.raises(NotFound):
        desk.recording(id)


def test_words_stay_here_until_an_endpoint_elsewhere_is_set(coach: Coach) -> None:
    from coach.app import open_coach

    def room(address: str) -> VisitRoom:
        changed = coach.settings.model_copy(update={"engine": "auto", "llm_base_url": address})
        return VisitRoom(open_coach(changed))

    assert VisitRoom(coach).stays_here
    assert room("http://127.0.0.1:9/v1").stays_here, "this machine's own model"
    assert not room("http://model.example/v1").stays_here


def test_an_objection_leads_to_the_scenario_that_practises_it(coach: Coach) -> None:
    from coach.store.visits import NewVisit
    from coach.visits.record import Objection, Record
    from ui.desks.visit import visit_view

    words = "你们报价太贵了"
    record = Record(objections=(Objection(quote=words, turn=1, start=0, end=len(words), type="price"),))
    new = NewVisit("a.txt", "0" * 64, "zh", f"客户: {words}\n")
    id = coach.visits.save(new, engine="e", machine=record.model_dump(mode="json"))
    drill = visit_view(coach, coach.visits.load(id), "zh", audio="", wave=()).drill
    assert drill is not None
    assert words in drill.words
    scenario = coach.scenario(VisitRoom(coach).drill(drill.wanted))
    assert scenario.objection_types == ("price",)
    assert words in scenario.opening[0].text
