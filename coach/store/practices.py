"""Practice sessions, saved after every turn so that a reload or a crash goes on where it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coach.errors import BadInput, NotFound
from coach.store.database import Database
from coach.store.tables import Json, Practice, new_id, now


@dataclass(frozen=True, slots=True)
class StoredPractice:
    """A session as the store gives it back; `state` is what the practice room wrote.

    `parent_id` and `from_turn` say what it branched from; `objections` is null until it has ended.
    """

    id: str
    scenario: str
    scenario_version: str
    rubric_version: str
    engine: str
    seed: int
    state: Json
    mode: str
    parent_id: str | None
    from_turn: int | None
    outcome: str | None
    total: float | None
    objections: Json | None
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
        mode: str = "practice",
        parent_id: str | None = None,
        from_turn: int | None = None,
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
                    mode=mode,
                    parent_id=parent_id,
                    from_turn=from_turn,
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
        objections: Json | None = None,
    ) -> None:
        """Save the state after a turn; `total` stays null when nothing was scored."""
        with self._database.session() as session:
            row = session.get(Practice, practice_id)
            if row is None or row.owner != self._owner:
                raise _unknown(practice_id)
            row.state = state
            row.outcome, row.total, row.objections = outcome, total, objections
            if ended and row.ended_at is None:
                row.ended_at = now()

    def load(self, practice_id: str) -> StoredPractice:
        """One session of this person (NotFound for anybody else's)."""
        with self._database.session() as session:
            row = session.get(Practice, practice_id)
            if row is None or row.owner != self._owner:
                raise _unknown(practice_id)
            return _stored(row)

    def find(self, start: str = "") -> StoredPractice:
        """The session whose id begins so; without a beginning the newest that still runs.

        Raises NotFound when there is none, BadInput when several begin so.
        """
        from sqlalchemy import select

        query = select(Practice).where(Practice.owner == self._owner)
        if start:
            query = query.where(Practice.id.startswith(start, autoescape=True))
        else:
            query = query.where(Practice.ended_at.is_(None))
        with self._database.session() as session:
            rows = list(session.scalars(query.order_by(Practice.updated_at.desc()).limit(2)))
            if not rows:
                raise _unknown(start) if start else _none_running()
            if start and len(rows) > 1:
                raise BadInput(
                    (f"有几场练习都以 {start} 开头。", f"Several practices begin with {start}."),
                    ("多写几位编号。", "Give more of the id."),
                )
            return _stored(rows[0])

    def newest(self, limit: int = 50) -> list[StoredPractice]:
        """The latest sessions, newest first."""
        from sqlalchemy import select

        with self._database.session() as session:
            query = select(Practice).where(Practice.owner == self._owner).order_by(Practice.created_at.desc())
            return [_stored(row) for row in session.scalars(query.limit(limit))]

    def exams(self, scenario: str) -> list[StoredPractice]:
        """Every exam this person has sat in a scenario, the first one first."""
        from sqlalchemy import select

        mine = (Practice.owner == self._owner, Practice.scenario == scenario, Practice.mode == "exam")
        with self._database.session() as session:
            query = select(Practice).where(*mine).order_by(Practice.created_at, Practice.id)
            return [_stored(row) for row in session.scalars(query)]


def _stored(row: Practice) -> StoredPractice:
    return StoredPractice(**{name: getattr(row, name) for name in StoredPractice.__slots__})


def _unknown(practice_id: str) -> NotFound:
    return NotFound(
        (f"没有这场练习：{practice_id}", f"No such practice: {practice_id}"),
        ("存下来的练习见 coach practice --list。", "See coach practice --list."),
    )


def _none_running() -> NotFound:
    return NotFound(
        ("没有停在半路的练习。", "No practice was left halfway."),
        ("再开一场，或用 --list 看存下来的。", "Begin one, or see --list."),
    )
