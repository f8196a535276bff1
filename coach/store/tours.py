"""Which tours somebody has taken or skipped: nobody is offered the same one twice.

Every time is a row of the person's own, so that it goes when the person is erased.
"""

from __future__ import annotations

from typing import Final, Literal

from coach.store.database import Database
from coach.store.tables import Event

Tour = Literal["first"]
Ended = Literal["taken", "skipped"]
_KIND: Final = "tour"


class Tours:
    """One person's tours."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def ended(self, tour: Tour) -> bool:
        """Whether this person has taken the tour to its end, or skipped it."""
        from sqlalchemy import select

        query = select(Event.id).where(Event.owner == self._owner, Event.kind == _KIND, Event.subject == tour)
        with self._database.session() as session:
            return session.scalars(query.limit(1)).first() is not None

    def end(self, tour: Tour, how: Ended) -> None:
        """Write down how it ended."""
        with self._database.session() as session:
            session.add(Event(owner=self._owner, kind=_KIND, subject=tour, data={"how": how}))
