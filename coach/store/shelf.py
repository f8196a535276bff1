"""The published wordings of the cases that people wrote here, as the library reads them."""

from __future__ import annotations

from coach.store.database import Database
from coach.store.tables import CaseVersion, StoredCase
from knowledge.schema import Case, Owner


class OwnShelf:
    """What of the store belongs into the index; a store that was never made is empty and stays unmade."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cases(self) -> list[Case]:
        """The live wording of every published case, with the ids of who wrote and who approved it."""
        from sqlalchemy import and_, select

        if not self._database.is_there:
            return []
        query = select(StoredCase, CaseVersion).join(
            CaseVersion, and_(CaseVersion.case_row == StoredCase.id, CaseVersion.number == StoredCase.live)
        )
        with self._database.session() as session:
            return [_case(row, version) for row, version in session.execute(query)]

    def stamp(self) -> str:
        """Changes whenever a case goes onto the shelf or off it, and never comes back to what it was."""
        from sqlalchemy import func, select

        if not self._database.is_there:
            return ""
        query = select(func.count(), func.sum(StoredCase.turns), func.max(StoredCase.created_at)).where(
            StoredCase.turns > 0
        )
        with self._database.session() as session:
            many, turns, newest = session.execute(query).one()
        return f"{many} {turns} {newest}" if many else ""


def _case(row: StoredCase, version: CaseVersion) -> Case:
    kept = Case.model_validate({**version.body, "id": row.case_id, "language": row.language})
    return kept.model_copy(
        update={
            "status": "published",
            "version": f"{version.number}.0.0",
            "owner": Owner(role=kept.owner.role, author=row.owner),
            "reviewed_by": version.approved_by or "",
            "reviewed_on": version.approved_at.date() if version.approved_at else None,
            "contributed_on": row.created_at.date(),
        }
    )
