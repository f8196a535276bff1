"""Deals, and what became of the cases that were shown for them."""

from __future__ import annotations

from dataclasses import dataclass

from coach.errors import NotFound
from coach.store.database import Database
from coach.store.tables import Deal, Event, Json


@dataclass(frozen=True, slots=True)
class StoredDeal:
    """An opportunity as the store gives it back."""

    id: str
    title: str
    text: str
    industry: str | None
    size: str | None
    pain: tuple[str, ...]


class Deals:
    """One person's deals, and the trail of shown, opened and adopted cases."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def save(
        self,
        title: str,
        text: str,
        *,
        industry: str | None = None,
        size: str | None = None,
        pain: tuple[str, ...] = (),
    ) -> str:
        """Save a new deal and return its id."""
        with self._database.session() as session:
            row = Deal(
                owner=self._owner,
                title=title,
                text=text,
                industry=industry,
                size=size,
                pain={"words": list(pain)},
            )
            session.add(row)
            session.flush()
            return row.id

    def by_title(self, title: str) -> str | None:
        """The id of this person's newest deal with this title or id."""
        from sqlalchemy import or_, select

        with self._database.session() as session:
            query = select(Deal.id).where(
                Deal.owner == self._owner, or_(Deal.title == title, Deal.id == title)
            )
            return session.scalars(query.order_by(Deal.created_at.desc())).first()

    def load(self, deal_id: str) -> StoredDeal:
        """One deal of this person (NotFound for anybody else's)."""
        with self._database.session() as session:
            row = session.get(Deal, deal_id)
            if row is None or row.owner != self._owner:
                raise NotFound((f"没有这个商机：{deal_id}", f"No such deal: {deal_id}"))
            return _stored(row)

    def newest(self, limit: int = 50) -> list[StoredDeal]:
        """The latest deals, newest first."""
        from sqlalchemy import select

        with self._database.session() as session:
            query = (
                select(Deal).where(Deal.owner == self._owner).order_by(Deal.created_at.desc()).limit(limit)
            )
            return [_stored(row) for row in session.scalars(query)]

    def note(self, kind: str, subject: str, data: Json) -> None:
        """Write down that something happened with a case: kind is case_shown, case_opened or case_adopted."""
        with self._database.session() as session:
            session.add(Event(owner=self._owner, kind=kind, subject=subject, data=data))


def _stored(row: Deal) -> StoredDeal:
    return StoredDeal(row.id, row.title, row.text, row.industry, row.size, tuple(row.pain.get("words", ())))
