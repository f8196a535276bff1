"""The rows of jobs: a fence for whoever was overtaken, an order, a way back from every stop, and the time left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from coach.app import Coach
from coach.errors import NotFound
from coach.jobs.progress import part_done, time_left
from coach.settings import Settings
from coach.store.database import Database
from coach.store.job_ledger import JobLedger, Overtaken
from coach.store.jobs import Jobs, NewJob, StoredJob
from coach.store.tables import Person
from coach.store.visits import NewVisit
from tests.databases import ON_BOTH_DATABASES

Add = Callable[..., StoredJob]


def _new(name: str, **asked: object) -> NewJob:
    return replace(NewJob(name, (name * 64)[:64], "transcript"), **asked)  # type: ignore[arg-type]


@ON_BOTH_DATABASES
def test_whoever_was_overtaken_writes_nothing(coach: Coach) -> None:
    job, _ = coach.jobs.add(_new("a"))
    ledger = JobLedger(coach.database)
    ledger.begin(job.id, 1)
    coach.jobs.cancel(job.id)
    coach.jobs.retry(job.id)
    ledger.begin(job.id, 2)
    visit = NewVisit("a", job.asked.sha256, "zh", "客户: 贵\n")
    for write in (
        lambda: ledger.keep(job.id, 1, "slice 0", {}),
        lambda: ledger.progress(job.id, 1, 5.0),
        lambda: ledger.finish(job.id, 1, visit, engine="e", machine={}),
        lambda: ledger.again(job.id, 1),
    ):
        with pytest.raises(Overtaken):
            write()
    assert coach.visits.newest() == []
    assert ledger.kept(job.id) == {}
    ledger.finish(job.id, 2, visit, engine="e", machine={})
    with pytest.raises(Overtaken):
        ledger.finish(job.id, 2, visit, engine="e", machine={})
    assert len(coach.visits.newest()) == 1
    assert coach.jobs.cancel(job.id).state == "done", "what is done cannot be cancelled"


@ON_BOTH_DATABASES
def test_a_step_is_kept_once(coach: Coach) -> None:
    job, _ = coach.jobs.add(_new("a"))
    ledger = JobLedger(coach.database)
    ledger.begin(job.id, 1)
    ledger.keep(job.id, 1, "slice 0", {"first": True})
    ledger.keep(job.id, 1, "slice 0", {"first": False})
    assert ledger.kept(job.id) == {"slice 0": {"first": True}}


@ON_BOTH_DATABASES
def test_beginnings_without_a_finished_step_are_counted(coach: Coach) -> None:
    job, _ = coach.jobs.add(_new("a"))
    ledger = JobLedger(coach.database)
    ledger.begin(job.id, 1)
    assert [ledger.at_step(job.id, 1, "decode") for _ in range(3)] == [1, 2, 3]
    ledger.again(job.id, 1)
    ledger.begin(job.id, 2)
    assert ledger.at_step(job.id, 2, "decode") == 4, "a new run does not make the job innocent"
    ledger.keep(job.id, 2, "decode", {})
    assert ledger.at_step(job.id, 2, "transcribe", 0.0, 60.0) == 1


@ON_BOTH_DATABASES
def test_the_order_is_priority_then_age(coach: Coach) -> None:
    for name, priority in (("a", "low"), ("b", "normal"), ("c", "high"), ("d", "normal")):
        coach.jobs.add(_new(name, priority=priority))
    assert [job.asked.source_name for job in coach.jobs.unfinished()] == ["c", "b", "d", "a"]
    assert [job.asked.source_name for job in JobLedger(coach.database).active()] == ["c", "b", "d", "a"]


@ON_BOTH_DATABASES
def test_nobody_sees_or_stops_anybody_elses_job(coach: Coach) -> None:
    job, _ = coach.jobs.add(_new("a"))
    with coach.database.session() as session:
        session.add(Person(id="other", name="别人", roles={}, language="zh"))
    other = Jobs(coach.database, "other")
    assert other.newest() == other.unfinished() == []
    assert other.kept(job.id) == {}
    for ask in (other.load, other.cancel, other.retry):
        with pytest.raises(NotFound):
            ask(job.id)


@pytest.mark.parametrize("id", ["", "nobody", "%", "_"])
def test_strange_ids_name_nothing(coach: Coach, id: str) -> None:
    coach.jobs.add(_new("a"))
    with pytest.raises(NotFound):
        coach.jobs.load(id)


def test_the_time_left_follows_the_pace_of_this_run(coach: Coach) -> None:
    job, _ = coach.jobs.add(_new("a"))
    begun = dt.datetime(2026, 11, 18, 9, 0, 0)
    running = replace(
        job,
        state="running",
        step="transcribe",
        step_at=begun,
        seconds_before=600.0,
        seconds_done=900.0,
        seconds_total=1800.0,
        updated_at=begun + dt.timedelta(seconds=60),
    )
    assert part_done(running) == 0.5
    assert time_left(running, running.updated_at) == pytest.approx(180.0)
    assert time_left(running, running.updated_at + dt.timedelta(seconds=30)) == pytest.approx(150.0)
    assert time_left(replace(running, updated_at=begun + dt.timedelta(seconds=1))) is None
    assert time_left(replace(running, state="queued")) is None
    assert part_done(replace(running, step="decode")) is None


def test_visits_that_were_doubled_before_are_folded(settings: Settings) -> None:
    """A database of the first schema, with what two writers at once could do to it."""
    from alembic import command

    from coach.store import database as rooms

    settings.home.mkdir(parents=True)
    engine = create_engine(settings.database)
    with engine.connect() as connection:
        command.upgrade(rooms._alembic(connection), "0001")
        connection.execute(text("insert into person values ('p', '', '{}', 'zh', '2026-11-01 00:00:00')"))
        for visit, record in (("old", "r1"), ("new", "r2")):
            connection.execute(
                text(
                    "insert into visit (id, owner, created_at, source_name, sha256, language, transcript) "
                    f"values ('{visit}', 'p', '2026-11-0{2 if visit == 'old' else 3} 00:00:00', 'a', 's', 'zh', '')"
                )
            )
            connection.execute(
                text(
                    "insert into record (id, owner, created_at, visit_id, engine, machine, human) "
                    f"values ('{record}', 'p', '2026-11-03 00:00:00', '{visit}', 'e', '{{}}', '{{}}')"
                )
            )
        connection.commit()
    engine.dispose()
    opened = Database(settings.database)
    with opened.session() as session:
        assert session.execute(text("select id from visit")).scalars().all() == ["old"]
        assert session.execute(text("select distinct visit_id from record")).scalars().all() == ["old"]
    opened.close()


def test_a_file_stays_where_it_was_stored(coach: Coach, add: Add, transcript: Path) -> None:
    job = add(transcript)
    (kept,) = coach.settings.recordings.iterdir()
    assert kept.read_bytes() == transcript.read_bytes()
    assert kept.stem == job.asked.sha256
