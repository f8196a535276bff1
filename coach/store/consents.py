"""The entries of consent: written before a recording is kept, looked up by its bytes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from coach.privacy.consent import Agreed, How, Scope, covers, refusal
from coach.store.audit import alone, audit
from coach.store.database import Database
from coach.store.tables import Consent, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from coach.store.visits import StoredVisit


@dataclass(frozen=True, slots=True)
class StoredConsent:
    """One entry: whose recording it covers, by its bytes, and since when (UTC)."""

    owner: str
    sha256: str
    agreed: Agreed
    at: dt.datetime


class Consents:
    """What was agreed to for one person's recordings."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def give(self, sha256: str, agreed: Agreed) -> None:
        """Write down a consent, and that it was; the same again is one entry."""
        with self._database.session() as session:
            alone(session)
            newest = _newest(session, self._owner, sha256)
            if newest is not None and _agreed(newest) == agreed:
                return
            row = Consent(
                owner=self._owner, sha256=sha256, who=agreed.who, how=agreed.how, scope=agreed.scope
            )
            session.add(row)
            session.flush()
            audit(session, self._owner, "consent", row.id, {"how": agreed.how, "scope": agreed.scope})

    def of_bytes(self, sha256: str) -> Agreed | None:
        """What holds for a recording: the newest entry, None when there is none."""
        with self._database.session() as session:
            row = _newest(session, self._owner, sha256)
            return _agreed(row) if row else None

    def usable(self, visits: Sequence[StoredVisit], scope: Scope) -> list[StoredVisit]:
        """Those of this person's visits that what was agreed to lets be used so, in their order."""
        from sqlalchemy import select

        query = (
            select(Consent)
            .where(Consent.owner == self._owner)
            .order_by(Consent.created_at, Consent.id.desc())
        )
        with self._database.session() as session:
            given = {row.sha256: _agreed(row) for row in session.scalars(query)}
        return [
            one
            for one in visits
            if covers(given.get(one.visit.sha256), scope, sound=one.visit.seconds is not None)
        ]

    def usual(self) -> Agreed | None:
        """What this person said last time, so that the same need not be typed again; samples do not count."""
        from sqlalchemy import select

        query = select(Consent).where(Consent.owner == self._owner, Consent.how != "not_said")
        with self._database.session() as session:
            row = session.scalars(query.order_by(Consent.created_at.desc(), Consent.id)).first()
            return _agreed(row) if row else None

    def newest(self, limit: int = 200) -> list[StoredConsent]:
        """The latest entries, newest first."""
        from sqlalchemy import select

        query = select(Consent).where(Consent.owner == self._owner).order_by(Consent.created_at.desc())
        with self._database.session() as session:
            return [
                StoredConsent(row.owner, row.sha256, _agreed(row), row.created_at)
                for row in session.scalars(query.limit(limit))
            ]


def covered(database: Database) -> frozenset[str]:
    """The hashes of all recordings for which anybody wrote a consent down."""
    from sqlalchemy import select

    with database.session() as session:
        return frozenset(session.scalars(select(Consent.sha256).distinct()))


def demand(database: Database, visit_id: str, scope: Scope) -> None:
    """Raises Refused, with the way on, when what was agreed to for this visit does not cover a use of it."""
    with database.session() as session:
        visit = session.get(Visit, visit_id)
        if visit is None:
            return
        row = _newest(session, visit.owner, visit.sha256)
        given = _agreed(row) if row else None
        if not covers(given, scope, sound=visit.seconds is not None):
            raise refusal(given, scope, visit_id)


def _newest(session: Session, owner: str, sha256: str) -> Consent | None:
    from sqlalchemy import select

    query = select(Consent).where(Consent.owner == owner, Consent.sha256 == sha256)
    return session.scalars(query.order_by(Consent.created_at.desc(), Consent.id)).first()


def _agreed(row: Consent) -> Agreed:
    return Agreed(row.who, cast(How, row.how), cast(Scope, row.scope))
