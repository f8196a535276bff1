"""The audit log: who did what to which row, in order, one line after the other and never another way.

Ids, counts and kinds stand in it, never a customer's words: it outlives what is erased. The database refuses to
change a line, and every line seals those before it, so that a log that was tampered with behind our back shows it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.errors import Broken
from coach.store.database import Database
from coach.store.only_writer import only_writer
from coach.store.tables import Audited, Json, now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line as it stands; `at` in UTC."""

    number: int
    at: dt.datetime
    person: str
    act: str
    subject: str
    data: Json


def audit(session: Session, person: str, act: str, subject: str = "", data: Json | None = None) -> None:
    """Add a line as part of a transaction that does what it says.

    `act` is a verb in one word (consent, exported, erased, …); `subject` an id; `data` holds no words of people.
    """
    from sqlalchemy import select

    alone(session)
    last = session.scalars(select(Audited).order_by(Audited.number.desc()).limit(1)).first()
    line = AuditLine(last.number + 1 if last else 1, now(), person, act, subject, data or {})
    row = Audited(**{name: getattr(line, name) for name in line.__slots__})
    row.seal = _seal(last.seal if last else _FIRST, line)
    session.add(row)
    session.flush()


def write_audit(
    database: Database, person: str, act: str, subject: str = "", data: Json | None = None
) -> None:
    """Add a line by itself."""
    with database.session() as session:
        audit(session, person, act, subject, data)


def audit_lines(database: Database, limit: int = 50, *, person: str | None = None) -> list[AuditLine]:
    """The newest lines, newest first; with `person` only what that person did."""
    from sqlalchemy import select

    query = select(Audited).order_by(Audited.number.desc()).limit(limit)
    if person is not None:
        query = query.where(Audited.person == person)
    with database.session() as session:
        return [_line(row) for row in session.scalars(query)]


def verify_audit(database: Database) -> int:
    """How many lines there are. Raises Broken that names the first one that is not as it was written."""
    from sqlalchemy import select

    seal, number = _FIRST, 0
    with database.session() as session:
        for row in session.scalars(select(Audited).order_by(Audited.number)):
            number += 1
            seal = _seal(seal, _line(row))
            if row.number != number or row.seal != seal:
                raise Broken(
                    (
                        f"审计日志第 {number} 行被动过，或者少了一行。",
                        f"Line {number} of the audit log was changed, or one is missing.",
                    ),
                    (
                        "把数据库留作证据，从更早的备份里对照这一行。",
                        "Keep the database as evidence and compare with an earlier backup.",
                    ),
                )
    return number


def alone(session: Session) -> None:
    """Nobody else adds a line until this transaction ends."""
    only_writer(session, Audited)


def _line(row: Audited) -> AuditLine:
    return AuditLine(**{name: getattr(row, name) for name in AuditLine.__slots__})


def _seal(before: str, line: AuditLine) -> str:
    at = line.at.isoformat(timespec="microseconds")
    told = [before, line.number, at, line.person, line.act, line.subject, line.data]
    words = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()
