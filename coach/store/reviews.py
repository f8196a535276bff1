"""That somebody looked at a case or a handbook and found it still true: who, when, whose it is now, when it is due next.

Nothing is overwritten: every look is a row, the newest counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coach.store.database import Database
from coach.store.tables import Event, Person

_KIND = "reviewed"


@dataclass(frozen=True, slots=True)
class Looked:
    """The newest look at one item; `owner` and `by` are names as people read them."""

    item: str
    on: dt.date
    by: str
    owner: str
    due: dt.date


class Reviews:
    """The looks of everybody; a store that was never made holds none and stays unmade."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, person: str, item: str, on: dt.date, owner: str, due: dt.date) -> None:
        """Keep a look at `item` (the id of a case or of a handbook)."""
        data = {"on": on.isoformat(), "owner": owner, "due": due.isoformat()}
        with self._database.session() as session:
            session.add(Event(owner=person, kind=_KIND, subject=item, data=data))

    def newest(self) -> dict[str, Looked]:
        """Item -> its newest look."""
        from sqlalchemy import select

        if not self._database.is_there:
            return {}
        query = (
            select(Event.subject, Event.data, Person.name)
            .join(Person, Person.id == Event.owner)
            .where(Event.kind == _KIND)
            .order_by(Event.created_at, Event.id)
        )
        with self._database.session() as session:
            return {
                item: Looked(
                    item,
                    dt.date.fromisoformat(data["on"]),
                    name,
                    str(data.get("owner") or ""),
                    dt.date.fromisoformat(data["due"]),
                )
                for item, data, name in session.execute(query)
            }
