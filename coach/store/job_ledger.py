"""The worker's side of the jobs' rows: every write carries its attempt, so that whoever was overtaken writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.store.database import Database
from coach.store.jobs import StoredJob, Trouble, anew, locked, stored
from coach.store.tables import Job, JobStep, Json, now
from coach.store.visits import NewVisit, put_visit

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Overtaken(Exception):
    """The job was cancelled or begun anew since: stop, and write nothing more."""


class JobLedger:
    """What those write down who work on jobs, whoever owns them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def active(self) -> list[StoredJob]:
        """The jobs that should be in a queue or under work, first come first."""
        return self._in_states("queued", "running")

    def waiting(self) -> list[StoredJob]:
        """The jobs that go on when what they miss is there."""
        return self._in_states("waiting")

    def begin(self, job_id: str, attempt: int) -> StoredJob:
        """Take a job up, again or for the first time."""
        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "queued", "running")
            row.state, row.updated_at = "running", now()
            return stored(row)

    def at_step(
        self, job_id: str, attempt: int, step: str, done: float | None = None, total: float | None = None
    ) -> int:
        """A step begins, in this process; `done` and `total` are seconds of sound where they are newly known.

        Gives how often a step was begun since one was last finished. A worker that ends before its first step
        (while it opens a model, say) was not ended by this file, and is not counted.
        """
        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "running")
            row.step, row.step_at = step, now()
            row.starts += 1
            row.seconds_done = row.seconds_done if done is None else done
            row.seconds_before = row.seconds_done
            row.seconds_total = row.seconds_total if total is None else total
            row.updated_at = now()
            return row.starts

    def progress(self, job_id: str, attempt: int, done: float) -> None:
        """So many seconds of sound are done."""
        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "running")
            row.seconds_done, row.updated_at = max(done, row.seconds_done), now()

    def kept(self, job_id: str) -> dict[str, Json]:
        """What the finished steps gave, by name."""
        from sqlalchemy import select

        with self._database.session() as session:
            rows = session.scalars(select(JobStep).where(JobStep.job_id == job_id))
            return {row.name: row.result for row in rows}

    def keep(self, job_id: str, attempt: int, name: str, result: Json) -> None:
        """A step is finished: once, however often it is said."""
        from sqlalchemy import select

        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "running")
            query = select(JobStep).where(JobStep.job_id == job_id, JobStep.name == name)
            if session.scalars(query).first() is None:
                session.add(JobStep(owner=row.owner, job_id=job_id, name=name, result=result))
            row.starts, row.updated_at = 0, now()

    def finish(self, job_id: str, attempt: int, visit: NewVisit, *, engine: str, machine: Json) -> str:
        """Visit, record and the end of the job in one transaction; the kept results go, the visit holds them."""
        from sqlalchemy.exc import IntegrityError

        try:
            return self._finish(job_id, attempt, visit, engine, machine)
        except IntegrityError:  # somebody saved the same bytes as a visit in between: now it is there
            return self._finish(job_id, attempt, visit, engine, machine)

    def _finish(self, job_id: str, attempt: int, visit: NewVisit, engine: str, machine: Json) -> str:
        from sqlalchemy import delete

        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "running")
            row.visit_id = put_visit(session, row.owner, visit, engine=engine, machine=machine)
            row.state, row.error, row.updated_at = "done", None, now()
            row.seconds_done = row.seconds_total or 0.0
            session.execute(delete(JobStep).where(JobStep.job_id == job_id))
            return row.visit_id

    def stop(self, job_id: str, attempt: int, trouble: Trouble, *, waits: bool) -> None:
        """The job stands still, and says why; with `waits` it goes on by itself when what it misses is there."""
        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "queued", "running")
            row.state, row.error, row.updated_at = "waiting" if waits else "failed", trouble.as_json(), now()
            row.starts = 0  # it came to a stop by itself: that is no crash

    def again(self, job_id: str, attempt: int, *, forget: bool = False) -> None:
        """Back into the queue behind a new fence; with `forget` what was kept is thrown away.

        The starts go on counting: a job that kills whoever takes it up must not do so for ever.
        """
        from sqlalchemy import delete

        with self._database.session() as session:
            row = _mine(session, job_id, attempt, "queued", "running", "waiting")
            starts = row.starts
            anew(row)
            row.starts = starts
            if forget:
                row.seconds_done = 0.0
                session.execute(delete(JobStep).where(JobStep.job_id == job_id))

    def _in_states(self, *states: str) -> list[StoredJob]:
        from sqlalchemy import select

        query = select(Job).where(Job.state.in_(states)).order_by(Job.priority, Job.created_at, Job.id)
        with self._database.session() as session:
            return [stored(row) for row in session.scalars(query)]


def _mine(session: Session, job_id: str, attempt: int, *states: str) -> Job:
    """The row, locked for this write, if this attempt may still write it."""
    row = locked(session, job_id)
    if row is None or row.attempt != attempt or row.state not in states:
        raise Overtaken(job_id)
    return row
