"""Practice sessions, saved after every turn so that a reload or a crash goes on where it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coach.errors import NotFound
from coach.store.database import Database
from coach.store.tables import Json, Practice, new_id, now


@dataclass(frozen=True, slots=True)
class StoredPractice:
    """A session as the store gives it back; `state` is what the practice room wrote."""

    id: str
    scenario: str
    scenario_version: str
    rubric_version: str
    engine: str
    seed: int
    state: Json
    outcome: str | None
    total: float | None
    created_at: dt.datetime
    updated_at: dt.datetime
    ended_at: dt.datetime | None
    visit_id: str | None


class Practices:
    """One person's practice sessions."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def begin(
        self,
        *,
        scenario: str,
        scenario_version: str,
        rubric_version: str,
        engine: str,
        seed: int,
        state: Json,
        visit_id: str | None = None,
    ) -> str:
        """Save a session that has just opened; versions are frozen here."""
        practice_id = new_id()
        with self._database.session() as session:
            session.add(
                Practice(
                    id=practice_id,
                    owner=self._owner,
                    visit_id=visit_id,
                    scenario=scenario,
                    scenario_version=scenario_version,
                    rubric_version=rubric_version,
                    engine=engine,
                    seed=seed,
                    state=state,
                )
            )
        return practice_id

    def save(
        self,
        practice_id: str,
        state: Json,
        *,
        ended: bool = False,
        outcome: str | None = None,
        total: float | None = None,
    ) -> None:
        """Save the state after a turn; `total` stays null when nothing was scored."""
        with self._database.session() as session:
            row = session.get(Practice, practice_id)
            if row is None or row.owner != self._owner:
                raise NotFound((f"没有这场练习：{practice_id}", f"No such practice: {practice_id}"))
            row.state = state
            row.outcome, row.total = outcome, total
            if ended and row.ended_at is None:
                row.ended_at = now()

    def load(self, practice_id: str) -> StoredPractice:
        """One session of this person (NotFound for anybody else's)."""
        with self._database.session() as session:
            row = session.get(Practice, practice_id)
            if row is None or row.owner != self._owner:
                raise NotFound((f"没有这场练习：{practice_id}", f"No such practice: {practice_id}"))
            return _stored(row)

    def newest(self, limit: int = 50) -> list[StoredPractice]:
        """The latest sessions, newest first."""
        from sqlalchemy import select

        with self._database.session() as session:
            query = select(Practice).where(Practice.owner == self._owner).order_by(Practice.created_at.desc())
            return [_stored(row) for row in session.scalars(query.limit(limit))]


def _stored(row: Practice) -> StoredPractice:
    return StoredPractice(**{name: getattr(row, name) for name in StoredPractice.__slots__})
