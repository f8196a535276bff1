"""Verdicts of finished practices, laid out for trainers, and what trainers said to them. Votes are only ever added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from coach.errors import NotFound
from coach.store.database import Database
from coach.store.tables import Json, JudgedCheck, Person, Practice, VerdictVote

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A verdict as it is laid out; see the table for what the columns mean."""

    scope: str
    check_id: str
    kind: str
    statement: str
    language: str
    engine: str
    scenario: str
    scenario_version: str
    rubric_version: str
    verdict: str
    p: float | None = None
    edge: float | None = None
    turn: int | None = None
    begins: int | None = None
    stops: int | None = None


@dataclass(frozen=True, slots=True)
class StoredVerdict:
    """A verdict as the store gives it back."""

    id: str
    practice_id: str
    created_at: dt.datetime
    told: NewVerdict


@dataclass(frozen=True, slots=True)
class StoredVote:
    """One vote; `name` is the trainer's, empty in local mode."""

    verdict_id: str
    owner: str
    name: str
    number: int
    vote: str
    meant: str | None
    remark: str
    created_at: dt.datetime


class Verdicts:
    """The verdicts of everybody's practices, as one trainer votes on them."""

    def __init__(self, database: Database, person: str) -> None:
        self._database = database
        self._person = person

    def not_laid_out(self, limit: int) -> list[tuple[str, Json]]:
        """Finished practices against the simulated customer without verdicts here, newest first: (id, state)."""
        from sqlalchemy import select

        there = select(JudgedCheck.id).where(JudgedCheck.practice_id == Practice.id).exists()
        query = (
            select(Practice.id, Practice.state)
            .where(Practice.ended_at.is_not(None), Practice.mode != "colleague", ~there)
            .order_by(Practice.ended_at.desc(), Practice.id)
            .limit(limit)
        )
        with self._database.session() as session:
            return [(id, state) for id, state in session.execute(query)]

    def lay_out(self, practice_id: str, verdicts: Iterable[NewVerdict]) -> None:
        """Keep the verdicts of a practice; when somebody else just did, theirs stay."""
        from sqlalchemy.exc import IntegrityError

        try:
            with self._database.session() as session:
                practice = session.get(Practice, practice_id)
                if practice is None:
                    return
                for one in verdicts:
                    told = {field.name: getattr(one, field.name) for field in fields(one)}
                    session.add(JudgedCheck(owner=practice.owner, practice_id=practice_id, **told))
        except IntegrityError:
            return

    def all(self, language: str = "", engine: str = "") -> list[StoredVerdict]:
        """Every verdict there is, of one language and engine where they are given."""
        from sqlalchemy import select

        query = select(JudgedCheck).order_by(JudgedCheck.created_at, JudgedCheck.id)
        if language:
            query = query.where(JudgedCheck.language == language)
        if engine:
            query = query.where(JudgedCheck.engine == engine)
        with self._database.session() as session:
            return [_stored(row) for row in session.scalars(query)]

    def find(self, start: str) -> StoredVerdict:
        """The verdict whose id begins so (NotFound when none does, or several)."""
        from sqlalchemy import select

        with self._database.session() as session:
            query = select(JudgedCheck).where(JudgedCheck.id.startswith(start, autoescape=True)).limit(2)
            rows = list(session.scalars(query)) if start else []
            if len(rows) != 1:
                raise _unknown(start)
            return _stored(rows[0])

    def state_of(self, practice_id: str) -> Json:
        """The log of a practice (NotFound)."""
        with self._database.session() as session:
            row = session.get(Practice, practice_id)
            if row is None:
                raise _unknown(practice_id)
            return row.state

    def vote(self, verdict_id: str, vote: str, meant: str | None, remark: str) -> None:
        """Add this trainer's vote; from now on it is the one that stands (NotFound)."""
        from sqlalchemy import func, select

        with self._database.session() as session:
            if session.get(JudgedCheck, verdict_id) is None:
                raise _unknown(verdict_id)
            mine = (VerdictVote.owner == self._person, VerdictVote.verdict_id == verdict_id)
            last = session.scalar(select(func.max(VerdictVote.number)).where(*mine)) or 0
            session.add(
                VerdictVote(
                    owner=self._person,
                    verdict_id=verdict_id,
                    number=last + 1,
                    vote=vote,
                    meant=meant,
                    remark=remark,
                )
            )

    def votes(self, verdict_ids: Sequence[str] | None = None) -> list[StoredVote]:
        """Every vote ever cast, oldest first; with ids only those on these verdicts."""
        from sqlalchemy import select

        query = (
            select(VerdictVote, Person.name)
            .join(Person, Person.id == VerdictVote.owner)
            .order_by(VerdictVote.created_at, VerdictVote.number)
        )
        if verdict_ids is not None:
            query = query.where(VerdictVote.verdict_id.in_(verdict_ids))
        with self._database.session() as session:
            return [_vote(row, name) for row, name in session.execute(query)]


def standing(votes: Iterable[StoredVote]) -> dict[str, list[StoredVote]]:
    """By verdict, the one vote of each trainer that stands."""
    newest: dict[tuple[str, str], StoredVote] = {}
    for one in votes:
        key = one.verdict_id, one.owner
        if key not in newest or newest[key].number < one.number:
            newest[key] = one
    found: dict[str, list[StoredVote]] = {}
    for one in newest.values():
        found.setdefault(one.verdict_id, []).append(one)
    return found


def voted_in(
    database: Database, scopes: Sequence[str], language: str, engine: str
) -> Mapping[StoredVerdict, list[StoredVote]]:
    """The verdicts of these scopes that somebody voted on, with the votes that stand."""
    from sqlalchemy import select

    query = (
        select(JudgedCheck, VerdictVote)
        .join(VerdictVote, VerdictVote.verdict_id == JudgedCheck.id)
        .where(JudgedCheck.scope.in_(scopes), JudgedCheck.language == language, JudgedCheck.engine == engine)
    )
    verdicts: dict[str, StoredVerdict] = {}
    votes: list[StoredVote] = []
    with database.session() as session:
        for verdict, vote in session.execute(query):
            verdicts.setdefault(verdict.id, _stored(verdict))
            votes.append(_vote(vote, ""))
    return {verdicts[id]: stand for id, stand in standing(votes).items()}


def _stored(row: JudgedCheck) -> StoredVerdict:
    told = NewVerdict(**{field.name: getattr(row, field.name) for field in fields(NewVerdict)})
    return StoredVerdict(row.id, row.practice_id, row.created_at, told)


def _vote(row: VerdictVote, name: str) -> StoredVote:
    return StoredVote(
        row.verdict_id, row.owner, name, row.number, row.vote, row.meant, row.remark, row.created_at
    )


def _unknown(id: str) -> NotFound:
    return NotFound(
        (f"没有这条判定：{id}", f"No such verdict: {id}"),
        ("能投的见 coach calibrate list。", "See coach calibrate list."),
    )
