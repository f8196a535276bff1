"""The rows of jobs as a person sees them: added once for the same bytes, listed, cancelled, tried again.

States: queued → running → done; or waiting (a model or disk space is missing, it goes on by itself), failed (a
person must do something), cancelled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

from coach.errors import NotFound, Words
from coach.store.consents import Consents
from coach.store.database import Database
from coach.store.tables import Job, JobStep, Json, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

State = Literal["queued", "running", "waiting", "done", "failed", "cancelled"]
Kind = Literal["recording", "transcript"]
Priority = Literal["high", "normal", "low"]
RANKS: Final[dict[Priority, int]] = {"high": 1, "normal": 5, "low": 9}
"""What a priority is in the queue: the lowest rank goes first."""
UNDER_WAY: Final = ("queued", "running", "waiting")


@dataclass(frozen=True, slots=True)
class NewJob:
    """What is asked for; `language` is what is spoken, None when it is to be heard out."""

    source_name: str
    sha256: str
    kind: Kind
    visited_on: dt.date | None = None
    consent: str | None = None
    language: str | None = None
    deal_id: str | None = None
    priority: Priority = "normal"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a job stands still: code, what happened, the one way on."""

    code: str
    what: Words
    next: Words

    def as_json(self) -> Json:
        """What the store keeps."""
        return {"code": self.code, "what": list(self.what), "next": list(self.next)}


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A job as it stands. Seconds are of sound; `seconds_before` were done when this step began at `step_at` (UTC)."""

    id: str
    created_at: dt.datetime
    asked: NewJob
    state: State
    attempt: int
    step: str | None
    step_at: dt.datetime | None
    seconds_before: float
    seconds_done: float
    seconds_total: float | None
    error: Trouble | None
    visit_id: str | None
    updated_at: dt.datetime
    owner: str


class Jobs:
    """One person's jobs."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    @property
    def consents(self) -> Consents:
        """What was agreed to for this person's recordings."""
        return Consents(self._database, self._owner)

    def add(self, new: NewJob) -> tuple[StoredJob, bool]:
        """The job for these bytes, and whether there is something new to do.

        The same bytes again are the same job: one that failed or was cancelled is tried again, one that is done is
        read again only when another day is given.
        """
        from sqlalchemy import select
        from sqlalchemy.exc import IntegrityError

        query = select(Job).where(Job.owner == self._owner, Job.sha256 == new.sha256)
        for last in (False, True):
            try:
                with self._database.session() as session:
                    row = locked(session, session.scalars(query.with_only_columns(Job.id)).first())
                    if row is None:
                        row = Job(
                            owner=self._owner,
                            state="queued",
                            **{name: getattr(new, name) for name in new.__slots__ if name != "priority"},
                            priority=RANKS[new.priority],
                        )
                        session.add(row)
                        session.flush()
                        return stored(row), True
                    other_day = new.visited_on is not None and new.visited_on != row.visited_on
                    again = row.state in ("failed", "cancelled") or (row.state == "done" and other_day)
                    if again:
                        row.visited_on = new.visited_on or row.visited_on
                        row.consent = new.consent or row.consent
                        row.priority = RANKS[new.priority]
                        anew(row)
                    return stored(row), again
            except IntegrityError:  # another process added the same bytes in between
                if last:
                    raise
        raise AssertionError("unreachable")

    def load(self, job_id: str) -> StoredJob:
        """One job of this person (NotFound for anybody else's); the beginning of an id is enough."""
        from sqlalchemy import select

        query = select(Job).where(Job.owner == self._owner, Job.id.startswith(job_id, autoescape=True))
        with self._database.session() as session:
            rows = session.scalars(query.limit(2)).all() if job_id else []
            if len(rows) != 1:
                raise _unknown(job_id)
            return stored(rows[0])

    def newest(self, limit: int = 50) -> list[StoredJob]:
        """The latest jobs, newest first."""
        from sqlalchemy import select

        query = select(Job).where(Job.owner == self._owner).order_by(Job.created_at.desc(), Job.id)
        with self._database.session() as session:
            return [stored(row) for row in session.scalars(query.limit(limit))]

    def unfinished(self) -> list[StoredJob]:
        """The jobs that are not done and not cancelled, in the order in which they will be worked on."""
        from sqlalchemy import select

        query = (
            select(Job)
            .where(Job.owner == self._owner, Job.state.in_([*UNDER_WAY, "failed"]))
            .order_by(Job.state != "running", Job.state == "failed", Job.priority, Job.created_at, Job.id)
        )
        with self._database.session() as session:
            return [stored(row) for row in session.scalars(query)]

    def kept(self, job_id: str) -> dict[str, Json]:
        """What the finished steps of a job gave, by name of the step."""
        from sqlalchemy import select

        query = select(JobStep).where(JobStep.job_id == job_id, JobStep.owner == self._owner)
        with self._database.session() as session:
            return {row.name: row.result for row in session.scalars(query)}

    def cancel(self, job_id: str) -> StoredJob:
        """Stop a job and keep what there is of it; one that is done stays done."""
        found = self.load(job_id).id
        with self._database.session() as session:
            row = _there(locked(session, found), job_id)
            if row.state != "done":
                row.state, row.updated_at = "cancelled", now()
            return stored(row)

    def retry(self, job_id: str) -> StoredJob:
        """Try a job again that failed, waits or was cancelled; finished steps are not done again."""
        found = self.load(job_id).id
        with self._database.session() as session:
            row = _there(locked(session, found), job_id)
            if row.state in ("failed", "waiting", "cancelled"):
                anew(row)
            return stored(row)


def locked(session: Session, job_id: str | None) -> Job | None:
    """The row, with nobody else writing until this transaction ends."""
    from sqlalchemy import update

    # Writing first takes SQLite's write lock before anything is read: no other writer comes in between.
    if job_id is None or not session.execute(update(Job).where(Job.id == job_id).values(id=Job.id)).rowcount:  # type: ignore[attr-defined]
        return None
    return session.get(Job, job_id, populate_existing=True)


def anew(row: Job) -> None:
    """Put a job back into the queue behind a new fence."""
    row.state, row.error, row.visit_id = "queued", None, None
    row.attempt, row.starts = row.attempt + 1, 0
    row.step, row.step_at, row.updated_at = None, None, now()


def stored(row: Job) -> StoredJob:
    """A row as the rooms above see it."""
    ranks = {rank: priority for priority, rank in RANKS.items()}
    asked = NewJob(
        row.source_name,
        row.sha256,
        cast(Kind, row.kind),
        row.visited_on,
        row.consent,
        row.language,
        row.deal_id,
        ranks.get(row.priority, "normal"),
    )
    error = None
    if row.error:
        what, way_on = row.error["what"], row.error["next"]
        error = Trouble(str(row.error["code"]), (what[0], what[1]), (way_on[0], way_on[1]))
    return StoredJob(
        row.id,
        row.created_at,
        asked,
        cast(State, row.state),
        row.attempt,
        row.step,
        row.step_at,
        row.seconds_before,
        row.seconds_done,
        row.seconds_total,
        error,
        row.visit_id,
        row.updated_at,
        row.owner,
    )


def _there(row: Job | None, job_id: str) -> Job:
    if row is None:
        raise _unknown(job_id)
    return row


def _unknown(job_id: str) -> NotFound:
    return NotFound(
        (f"没有这项工作：{job_id}", f"No such job: {job_id}"),
        ("coach jobs list 列出全部。", "coach jobs list shows them all."),
    )
