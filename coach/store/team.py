"""What a manager may see of a team: finished practices and confirmed records, as figures. No words, no recordings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coach.store.database import Database
from coach.store.tables import Account, Person, Practice, VisitRecord, now


@dataclass(frozen=True, slots=True)
class Finished:
    """A practice that has ended: how, and its total, null when it was not scored."""

    mode: str
    outcome: str | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the team: finished practices since the day asked for, and which actions confirmed records miss."""

    name: str
    practices: tuple[Finished, ...]
    missing: tuple[tuple[str, ...], ...]
    """One entry a confirmed record: the names of the actions it misses."""


def team_members(database: Database, team: str, since: dt.timedelta) -> list[Member]:
    """The open accounts of a team that sell, by name; nobody for an empty team."""
    from sqlalchemy import select

    if not team:
        return []
    began = now() - since
    people = (
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(Account.team == team, Account.closed_at.is_(None))
    )
    with database.session() as session:
        members = []
        for person in session.scalars(people.order_by(Person.name, Person.id)):
            if "rep" not in person.roles.get("roles", ()):
                continue
            ended = select(Practice).where(Practice.owner == person.id, Practice.ended_at >= began)
            confirmed = select(VisitRecord).where(
                VisitRecord.owner == person.id, VisitRecord.confirmed_at >= began
            )
            newest = {
                row.visit_id: row for row in session.scalars(confirmed.order_by(VisitRecord.created_at))
            }
            members.append(
                Member(
                    name=person.name,
                    practices=tuple(
                        Finished(row.mode, row.outcome, row.total)
                        for row in session.scalars(ended.order_by(Practice.ended_at))
                    ),
                    missing=tuple(
                        tuple(str(field) for field in row.machine.get("missing", ()))
                        for row in newest.values()
                    ),
                )
            )
        return members
