"""Visits and their records: saved whole, found by owner, the machine's reading never overwritten by people's edits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.errors import BadInput, NotFound
from coach.store.database import Database
from coach.store.tables import Json, Visit, VisitRecord, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What a visit is saved with; `transcript` is in the transcript format, `consent` says who agreed to what."""

    source_name: str
    sha256: str
    language: str
    transcript: str
    visited_on: dt.date | None = None
    seconds: float | None = None
    deal_id: str | None = None
    consent: str | None = None


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """A visit with its newest record as the store gives it back."""

    id: str
    created_at: dt.datetime
    visit: NewVisit
    engine: str
    machine: Json
    human: Json
    confirmed_at: dt.datetime | None


class Visits:
    """One person's visits."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def save(self, visit: NewVisit, *, engine: str, machine: Json) -> str:
        """Save a visit with its machine reading and return its id; the same bytes again are the same visit.

        A visit that is there already keeps what people changed; it gets a new record only when it was read anew.
        """
        from sqlalchemy.exc import IntegrityError

        try:
            with self._database.session() as session:
                return put_visit(session, self._owner, visit, engine=engine, machine=machine)
        except IntegrityError:  # another process saved the same bytes in between: now they are there
            with self._database.session() as session:
                return put_visit(session, self._owner, visit, engine=engine, machine=machine)

    def load(self, visit_id: str) -> StoredVisit:
        """One visit of this person (NotFound for anybody else's)."""
        with self._database.session() as session:
            row = session.get(Visit, visit_id)
            record = _newest(session, visit_id) if row else None
            if row is None or record is None or row.owner != self._owner:
                raise NotFound((f"没有这次拜访：{visit_id}", f"No such visit: {visit_id}"))
            return _stored(row, record)

    def find(self, start: str) -> StoredVisit:
        """The visit whose id begins so. Raises NotFound when there is none, BadInput when several begin so."""
        from sqlalchemy import select

        query = select(Visit.id).where(
            Visit.owner == self._owner, Visit.id.startswith(start, autoescape=True)
        )
        with self._database.session() as session:
            ids = list(session.scalars(query.limit(2)))
        if len(ids) > 1:
            raise BadInput(
                (f"有几次拜访都以 {start} 开头。", f"Several visits begin with {start}."),
                ("多写几位编号。", "Give more of the id."),
            )
        return self.load(ids[0] if ids and start else start)

    def newest(self, limit: int = 50) -> list[StoredVisit]:
        """The latest visits, newest first."""
        from sqlalchemy import select

        with self._database.session() as session:
            query = (
                select(Visit).where(Visit.owner == self._owner).order_by(Visit.created_at.desc()).limit(limit)
            )
            rows = [(row, _newest(session, row.id)) for row in session.scalars(query)]
            return [_stored(row, record) for row, record in rows if record]

    def of_bytes(self, sha256: str) -> StoredVisit | None:
        """The visit of a file by its hash, None when it is not there."""
        from sqlalchemy import select

        with self._database.session() as session:
            query = select(Visit).where(Visit.owner == self._owner, Visit.sha256 == sha256)
            row = session.scalars(query).first()
            record = _newest(session, row.id) if row else None
            return _stored(row, record) if row and record else None

    def edit(self, visit_id: str, human: Json, *, confirmed: bool = False) -> None:
        """Keep what a person changed beside the machine's reading, and whether they confirmed the whole."""
        with self._database.session() as session:
            record = _newest(session, visit_id)
            if record is None or record.owner != self._owner:
                raise NotFound((f"没有这次拜访：{visit_id}", f"No such visit: {visit_id}"))
            record.human = human
            if confirmed:
                record.confirmed_at = now()


def put_visit(session: Session, owner: str, visit: NewVisit, *, engine: str, machine: Json) -> str:
    """Save a visit as part of a transaction that does more; its id. `Visits.save` says what is kept."""
    from sqlalchemy import select

    row = session.scalars(select(Visit).where(Visit.owner == owner, Visit.sha256 == visit.sha256)).first()
    if row is None:
        row = Visit(owner=owner, **{name: getattr(visit, name) for name in visit.__slots__})
        session.add(row)
        session.flush()
    elif visit.visited_on is not None:
        row.visited_on = visit.visited_on
    latest = _newest(session, row.id)
    if latest is None or latest.machine != machine or latest.engine != engine:
        human = latest.human if latest else {}
        session.add(VisitRecord(owner=owner, visit_id=row.id, engine=engine, machine=machine, human=human))
    return row.id


def _newest(session: Session, visit_id: str) -> VisitRecord | None:
    from sqlalchemy import select

    query = (
        select(VisitRecord).where(VisitRecord.visit_id == visit_id).order_by(VisitRecord.created_at.desc())
    )
    return session.scalars(query).first()


def _stored(row: Visit, record: VisitRecord) -> StoredVisit:
    visit = NewVisit(**{name: getattr(row, name) for name in NewVisit.__slots__})
    return StoredVisit(
        row.id, row.created_at, visit, record.engine, record.machine, record.human, record.confirmed_at
    )
