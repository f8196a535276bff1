"""The rows of cases that people wrote here: every wording kept, every step with its person, changed one at a time.

What may be done to a case is decided above; here a decision is asked for while nobody else can write, and kept whole
or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

from coach.errors import NotFound, Refused
from coach.store.database import Database
from coach.store.tables import CaseStep, CaseVersion, Json, Person, StoredCase, now

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

CaseState = Literal["draft", "in_review", "sent_back", "published", "retired"]
Step = Literal[
    "drafted", "submitted", "commented", "approved", "sent_back", "published", "revised", "retired"
]


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case as it stands: its newest wording `body`, and `live`, the number of the one that is matched."""

    case_id: str
    author: str
    author_name: str
    language: str
    state: CaseState
    newest: int
    live: int | None
    body: Json
    masked: Json
    approved: bool
    visit_id: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What a decision comes to. A `body` is a new wording; `live` 0 takes the case off the shelf, None leaves it."""

    step: Step
    state: CaseState
    comment: str = ""
    body: Json | None = None
    masked: Json = field(default_factory=dict)
    live: int | None = None
    approve: bool = False


@dataclass(frozen=True, slots=True)
class KeptStep:
    """One line of a case's history."""

    number: int
    step: Step
    who: str
    at: dt.datetime
    comment: str


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One wording, by whom, when, and who approved it when."""

    number: int
    body: Json
    who: str
    at: dt.datetime
    approved_by: str | None
    approved_at: dt.datetime | None


class Cases:
    """All cases that were written here, as seen by one person: what they do is written down under their name."""

    def __init__(self, database: Database, person: str) -> None:
        self._database = database
        self.person = person

    def add(
        self, case_id: str, language: str, body: Json, masked: Json, state: CaseState, *, visit_id: str | None
    ) -> None:
        """A new case with its first wording. Raises Refused when the id is taken."""
        from sqlalchemy.exc import IntegrityError

        step: Step = "submitted" if state == "in_review" else "drafted"
        try:
            with self._database.session() as session:
                row = StoredCase(
                    owner=self.person, case_id=case_id, language=language, state=state, visit_id=visit_id
                )
                session.add(row)
                session.flush()
                session.add(
                    CaseVersion(owner=self.person, case_row=row.id, number=1, body=body, masked=masked)
                )
                session.add(CaseStep(owner=self.person, case_row=row.id, number=1, step=step))
        except IntegrityError as error:
            raise Refused(
                (f"编号 {case_id} 已经有了。", f"There is a case {case_id} already."),
                (
                    "改它用 `coach library revise`；另写一个就换个编号。",
                    "Change it with `coach library revise`, or give yours another id.",
                ),
            ) from error

    def change(self, case_id: str, decide: Callable[[KeptCase], Change]) -> KeptCase:
        """Ask for a decision on the case as it is, and keep what it comes to, with nobody else writing meanwhile."""
        with self._database.session() as session:
            row = _locked(session, case_id)
            version = _version(session, row)
            change = decide(_kept(row, version, _name(session, row.owner)))
            if change.body is not None:
                row.newest += 1
                row.language = str(change.body.get("language") or row.language)
                session.add(
                    CaseVersion(
                        owner=self.person,
                        case_row=row.id,
                        number=row.newest,
                        body=change.body,
                        masked=change.masked,
                    )
                )
            if change.approve:
                version.approved_by, version.approved_at = self.person, now()
            if change.live is not None:
                row.live, row.turns = change.live or None, row.turns + 1
            row.state, row.updated_at = change.state, now()
            session.add(
                CaseStep(
                    owner=self.person,
                    case_row=row.id,
                    number=row.newest,
                    step=change.step,
                    comment=change.comment,
                )
            )
            session.flush()
            return _kept(row, _version(session, row), _name(session, row.owner))

    def load(self, case_id: str) -> KeptCase:
        """One case (NotFound)."""
        with self._database.session() as session:
            row = _row(session, case_id)
            return _kept(row, _version(session, row), _name(session, row.owner))

    def listed(
        self, states: Sequence[CaseState] = (), *, author: str | None = None, live: bool | None = None
    ) -> list[KeptCase]:
        """The cases in these states (all of them when none is named), latest change first."""
        from sqlalchemy import select

        query = (
            select(StoredCase, CaseVersion, Person.name)
            .join(CaseVersion, _newest())
            .join(Person, Person.id == StoredCase.owner)
            .order_by(StoredCase.updated_at.desc(), StoredCase.case_id)
        )
        if states:
            query = query.where(StoredCase.state.in_(states))
        if author is not None:
            query = query.where(StoredCase.owner == author)
        if live is not None:
            query = query.where(StoredCase.live.is_not(None) if live else StoredCase.live.is_(None))
        with self._database.session() as session:
            return [_kept(row, version, name) for row, version, name in session.execute(query)]

    def ids(self) -> frozenset[str]:
        """The id of every case that was written here."""
        from sqlalchemy import select

        with self._database.session() as session:
            return frozenset(session.scalars(select(StoredCase.case_id)))

    def count(self, author: str, since: dt.datetime) -> int:
        """How many cases somebody has handed in since a moment (UTC); drafts do not count."""
        from sqlalchemy import func, select

        query = select(func.count()).where(
            StoredCase.owner == author, StoredCase.state != "draft", StoredCase.created_at >= since
        )
        with self._database.session() as session:
            return int(session.scalar(query) or 0)

    def history(self, case_id: str) -> list[KeptStep]:
        """Every step, oldest first."""
        from sqlalchemy import select

        with self._database.session() as session:
            row = _row(session, case_id)
            query = select(CaseStep).where(CaseStep.case_row == row.id).order_by(CaseStep.created_at)
            return [
                KeptStep(
                    one.number,
                    cast(Step, one.step),
                    _name(session, one.owner),
                    one.created_at,
                    one.comment,
                )
                for one in session.scalars(query)
            ]

    def versions(self, case_id: str) -> list[KeptVersion]:
        """Every wording, oldest first."""
        from sqlalchemy import select

        with self._database.session() as session:
            row = _row(session, case_id)
            query = select(CaseVersion).where(CaseVersion.case_row == row.id).order_by(CaseVersion.number)
            return [
                KeptVersion(
                    one.number,
                    one.body,
                    _name(session, one.owner),
                    one.created_at,
                    _name(session, one.approved_by) if one.approved_by else None,
                    one.approved_at,
                )
                for one in session.scalars(query)
            ]


def _locked(session: Session, case_id: str) -> StoredCase:
    """The row, with nobody else writing until this transaction ends."""
    from sqlalchemy import update

    # Writing first takes SQLite's write lock before anything is read: no other writer comes in between.
    session.execute(update(StoredCase).where(StoredCase.case_id == case_id).values(turns=StoredCase.turns))
    return _row(session, case_id)


def _row(session: Session, case_id: str) -> StoredCase:
    from sqlalchemy import select

    row = session.scalars(select(StoredCase).where(StoredCase.case_id == case_id)).first()
    if row is None:
        raise NotFound(
            (f"没有这个自写的战例：{case_id}", f"No case of your own has the id {case_id}"),
            (
                "`coach library pending --all` 列出全部；自带的样例不在这里改。",
                "`coach library pending --all` lists them; shipped samples are not changed here.",
            ),
        )
    return row


def _version(session: Session, row: StoredCase) -> CaseVersion:
    from sqlalchemy import select

    query = select(CaseVersion).where(CaseVersion.case_row == row.id, CaseVersion.number == row.newest)
    return session.scalars(query).one()


def _kept(row: StoredCase, version: CaseVersion, author: str) -> KeptCase:
    return KeptCase(
        case_id=row.case_id,
        author=row.owner,
        author_name=author or row.owner,
        language=row.language,
        state=cast(CaseState, row.state),
        newest=row.newest,
        live=row.live,
        body=version.body,
        masked=version.masked,
        approved=version.approved_by is not None,
        visit_id=row.visit_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _newest() -> ColumnElement[bool]:
    """Joins a case with its newest wording."""
    from sqlalchemy import and_

    return and_(CaseVersion.case_row == StoredCase.id, CaseVersion.number == StoredCase.newest)


def _name(session: Session, person: str) -> str:
    """What somebody is called; the id where nobody gave a name."""
    found = session.get(Person, person)
    return found.name if found and found.name else person
