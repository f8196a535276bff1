"""Many cases at once: the rows of a spreadsheet kept in few transactions, each whole or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from coach.errors import Busy
from coach.store.database import Database
from coach.store.tables import CaseStep, CaseVersion, Json, StoredCase, new_id, now

HandedInAs = Literal["draft", "in_review"]
_ASKED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands here: whose it is, and its newest wording."""

    row: str
    author: str
    newest: int
    body: Json


@dataclass(frozen=True, slots=True)
class Wording:
    """A case to be kept: its id, language, words, what was masked, and how it stands so far (None: it is new)."""

    case_id: str
    language: str
    body: Json
    masked: Json
    standing: Standing | None = None


class ImportedCases:
    """Reads and keeps many cases under one person's name."""

    def __init__(self, database: Database, person: str) -> None:
        self._database = database
        self.person = person

    def standing(self, case_ids: Iterable[str]) -> dict[str, Standing]:
        """How those of the cases stand that are here."""
        from sqlalchemy import and_, select

        wanted = list(case_ids)
        if not self._database.is_there:
            return {}
        found: dict[str, Standing] = {}
        newest = and_(CaseVersion.case_row == StoredCase.id, CaseVersion.number == StoredCase.newest)
        with self._database.session() as session:
            for n in range(0, len(wanted), _ASKED_AT_ONCE):
                query = select(StoredCase, CaseVersion).join(CaseVersion, newest)
                some = query.where(StoredCase.case_id.in_(wanted[n : n + _ASKED_AT_ONCE]))
                for row, version in session.execute(some):
                    found[row.case_id] = Standing(row.id, row.owner, row.newest, version.body)
        return found

    def keep(self, wordings: Sequence[Wording], state: HandedInAs, comment: str) -> None:
        """New cases with a first wording, others with one more: all of them or none.

        Raises Busy when somebody else kept one of them meanwhile.
        """
        from sqlalchemy import insert, update
        from sqlalchemy.exc import IntegrityError

        if not wordings:
            return
        at = now()
        keys = {one.case_id: one.standing.row if one.standing else new_id() for one in wordings}
        try:
            with self._database.session() as session:
                if new := [
                    self._case(one, keys[one.case_id], state, at) for one in wordings if one.standing is None
                ]:
                    session.execute(insert(StoredCase), new)
                for one in wordings:
                    if one.standing is not None:
                        session.execute(
                            update(StoredCase)
                            .where(StoredCase.id == one.standing.row)
                            .values(newest=_number(one), state=state, language=one.language, updated_at=at)
                        )
                session.execute(
                    insert(CaseVersion), [self._version(one, keys[one.case_id], at) for one in wordings]
                )
                session.execute(
                    insert(CaseStep),
                    [self._step(one, keys[one.case_id], state, comment, at) for one in wordings],
                )
        except IntegrityError as error:
            raise Busy(
                ("有人同时在改这些战例。", "Somebody else is changing these cases."),
                ("再导一次：已经存好的不会存两遍。", "Import again: nothing is kept twice."),
            ) from error

    def _case(self, one: Wording, row: str, state: HandedInAs, at: dt.datetime) -> Json:
        return {
            "id": row,
            "owner": self.person,
            "case_id": one.case_id,
            "language": one.language,
            "state": state,
            "newest": 1,
            "turns": 0,
            "created_at": at,
            "updated_at": at,
        }

    def _version(self, one: Wording, row: str, at: dt.datetime) -> Json:
        return {
            "id": new_id(),
            "owner": self.person,
            "case_row": row,
            "number": _number(one),
            "body": one.body,
            "masked": one.masked,
            "created_at": at,
        }

    def _step(self, one: Wording, row: str, state: HandedInAs, comment: str, at: dt.datetime) -> Json:
        first = "submitted" if state == "in_review" else "drafted"
        return {
            "id": new_id(),
            "owner": self.person,
            "case_row": row,
            "number": _number(one),
            "step": "revised" if one.standing else first,
            "comment": comment,
            "created_at": at,
        }


def _number(one: Wording) -> int:
    return one.standing.newest + 1 if one.standing else 1
