"""The tables, as they are now. What a table once was lives in migrations/; a test keeps both equal.

Ids are random hex; times are UTC; JSON columns hold what code in the rooms above has already validated.
A record keeps what the machine read and what people changed apart, so that neither can hide the other.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import JSON, Date, DateTime, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Json = dict[str, Any]
"""The edge of the store: rooms above parse it into their own types at once."""


def new_id() -> str:
    """A fresh random id of 32 hex digits."""
    return uuid4().hex


def now() -> dt.datetime:
    """This moment in UTC, without a zone, as the store keeps it."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


class Table(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map: ClassVar = {Json: JSON, dt.datetime: DateTime, dt.date: Date}


class Person(Table):
    """Somebody who uses the coach; in local mode there is exactly one."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[Json] = mapped_column(default=dict)
    language: Mapped[str] = mapped_column(String(2), default="zh")
    created_at: Mapped[dt.datetime] = mapped_column(default=now)


class Owned:
    """What every row that belongs to a person has."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    owner: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(default=now, index=True)


class Customer(Owned, Table):
    """A company that somebody sells to."""

    __tablename__ = "customer"

    name: Mapped[str] = mapped_column(String(300))
    industry: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[str | None] = mapped_column(String(20))


class Deal(Owned, Table):
    """An opportunity. `outcome` is null while it is open; only a finance receipt should ever make it won."""

    __tablename__ = "deal"

    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text, default="")
    industry: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[str | None] = mapped_column(String(20))
    pain: Mapped[Json] = mapped_column(default=dict)
    stage: Mapped[str | None] = mapped_column(String(20))
    outcome: Mapped[str | None] = mapped_column(String(20))
    closed_at: Mapped[dt.datetime | None]


class Visit(Owned, Table):
    """One visit: where its sound or transcript is, what was said, and who agreed to its being kept."""

    __tablename__ = "visit"
    __table_args__ = (Index("one_visit_for_the_same_bytes", "owner", "sha256", unique=True),)

    deal_id: Mapped[str | None] = mapped_column(ForeignKey("deal.id"), index=True)
    visited_on: Mapped[dt.date | None]
    source_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    seconds: Mapped[float | None] = mapped_column(Float)
    language: Mapped[str] = mapped_column(String(2))
    transcript: Mapped[str] = mapped_column(Text)
    consent: Mapped[str | None] = mapped_column(Text)


class VisitRecord(Owned, Table):
    """A five-action record of a visit: `machine` as it was read, `human` as people changed it."""

    __tablename__ = "record"

    visit_id: Mapped[str] = mapped_column(ForeignKey("visit.id"), index=True)
    engine: Mapped[str] = mapped_column(String(200))
    machine: Mapped[Json]
    human: Mapped[Json] = mapped_column(default=dict)
    confirmed_at: Mapped[dt.datetime | None]


class Job(Owned, Table):
    """A recording or transcript on its way to a visit: what was asked for, how far it is, what came of it.

    `attempt` is the fence: whoever works on an older attempt can no longer write. `error` is null or code and words.
    """

    __tablename__ = "job"
    __table_args__ = (Index("one_job_for_the_same_bytes", "owner", "sha256", unique=True),)

    deal_id: Mapped[str | None] = mapped_column(ForeignKey("deal.id"))
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"))
    source_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))
    visited_on: Mapped[dt.date | None]
    consent: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(2))
    priority: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), index=True)
    attempt: Mapped[int] = mapped_column(Integer, default=1)
    starts: Mapped[int] = mapped_column(Integer, default=0)
    step: Mapped[str | None] = mapped_column(String(12))
    step_at: Mapped[dt.datetime | None]
    seconds_before: Mapped[float] = mapped_column(Float, default=0.0)
    seconds_done: Mapped[float] = mapped_column(Float, default=0.0)
    seconds_total: Mapped[float | None] = mapped_column(Float)
    error: Mapped[Json | None]
    updated_at: Mapped[dt.datetime] = mapped_column(default=now)


class JobStep(Owned, Table):
    """What a finished step of a job gave, kept until the visit holds it: a job that goes on does not do it again."""

    __tablename__ = "job_step"
    __table_args__ = (Index("one_result_for_a_step", "job_id", "name", unique=True),)

    job_id: Mapped[str] = mapped_column(ForeignKey("job.id"))
    name: Mapped[str] = mapped_column(String(40))
    result: Mapped[Json]


class Practice(Owned, Table):
    """A practice session after its last turn; `state` alone is enough to go on with it.

    A branch names the practice it came from and the turn it goes back to; it may outlive it, so no key binds them.
    `objections` is how each objection stood at the end, null until then.
    """

    __tablename__ = "practice"

    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id"), index=True)
    scenario: Mapped[str] = mapped_column(String(200), index=True)
    scenario_version: Mapped[str] = mapped_column(String(40))
    rubric_version: Mapped[str] = mapped_column(String(40))
    engine: Mapped[str] = mapped_column(String(200))
    seed: Mapped[int] = mapped_column(Integer)
    state: Mapped[Json]
    mode: Mapped[str] = mapped_column(String(20), server_default="practice", default="practice")
    parent_id: Mapped[str | None] = mapped_column(String(32), index=True)
    from_turn: Mapped[int | None] = mapped_column(Integer)
    outcome: Mapped[str | None] = mapped_column(String(20))
    total: Mapped[float | None] = mapped_column(Float)
    objections: Mapped[Json | None]
    updated_at: Mapped[dt.datetime] = mapped_column(default=now, onupdate=now)
    ended_at: Mapped[dt.datetime | None]


class JudgedCheck(Owned, Table):
    """One verdict of a finished practice, laid out for trainers to vote on; its `owner` is who practised.

    `scope` is the rubric of a generic check, else the scenario. `p` is how sure the engine was, `edge` where its yes
    begins, null where nobody can say. The words stay in the practice: `turn`, `begins` and `stops` point at them.
    """

    __tablename__ = "verdict"
    __table_args__ = (Index("one_verdict_for_a_check", "practice_id", "check_id", unique=True),)

    practice_id: Mapped[str] = mapped_column(ForeignKey("practice.id"))
    scope: Mapped[str] = mapped_column(String(200), index=True)
    check_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12))
    statement: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    engine: Mapped[str] = mapped_column(String(200))
    scenario: Mapped[str] = mapped_column(String(200))
    scenario_version: Mapped[str] = mapped_column(String(40))
    rubric_version: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(12))
    p: Mapped[float | None] = mapped_column(Float)
    edge: Mapped[float | None] = mapped_column(Float)
    turn: Mapped[int | None] = mapped_column(Integer)
    begins: Mapped[int | None] = mapped_column(Integer)
    stops: Mapped[int | None] = mapped_column(Integer)


class VerdictVote(Owned, Table):
    """What a trainer (`owner`) said to a verdict; only added to, the highest `number` stands. `meant`: what it should be."""

    __tablename__ = "verdict_vote"
    __table_args__ = (Index("one_vote_for_a_number", "owner", "verdict_id", "number", unique=True),)

    verdict_id: Mapped[str] = mapped_column(ForeignKey("verdict.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    vote: Mapped[str] = mapped_column(String(8))
    meant: Mapped[str | None] = mapped_column(String(12))
    remark: Mapped[str] = mapped_column(Text, default="")


class OwnScenario(Owned, Table):
    """A scenario that somebody here made; the shipped ones stay files. A draft is its owner's alone.

    `body` is what a scenario file holds, not yet completed; `text` is how its trainer typed it, faults and all, null
    where nobody did. One made from a visit goes when the visit goes.
    """

    __tablename__ = "own_scenario"

    scenario_id: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(20), index=True)
    body: Mapped[Json]
    text: Mapped[str | None] = mapped_column(Text)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="CASCADE"), index=True)
    certificate: Mapped[Json | None]
    updated_at: Mapped[dt.datetime] = mapped_column(default=now, onupdate=now)


class StoredCase(Owned, Table):
    """A case of the battle bank that somebody here wrote (its `owner`); the shipped ones stay files.

    `state` is that of its newest version; `live` numbers the version that is matched, null when none is. `turns`
    counts how often it went onto the shelf or off it, so that the index sees in one question that something changed.
    """

    __tablename__ = "case"

    case_id: Mapped[str] = mapped_column(String(200), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(12), index=True)
    newest: Mapped[int] = mapped_column(Integer, default=1)
    live: Mapped[int | None] = mapped_column(Integer)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"))
    turns: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[dt.datetime] = mapped_column(default=now, onupdate=now)


class CaseVersion(Owned, Table):
    """One wording of a case, by whoever wrote it (`owner`); it never changes, except that somebody approves it."""

    __tablename__ = "case_version"
    __table_args__ = (Index("one_wording_for_a_number", "case_row", "number", unique=True),)

    case_row: Mapped[str] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int] = mapped_column(Integer)
    body: Mapped[Json]
    masked: Mapped[Json] = mapped_column(default=dict)
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[dt.datetime | None]


class CaseStep(Owned, Table):
    """What happened to a case, when, and by whom (`owner`): submitted, commented, approved, sent back, published, ..."""

    __tablename__ = "case_step"

    case_row: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    step: Mapped[str] = mapped_column(String(12))
    comment: Mapped[str] = mapped_column(Text, default="")


class Event(Owned, Table):
    """Something that happened and may count later: a case was shown, opened, adopted; a record was confirmed."""

    __tablename__ = "event"

    kind: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(200), index=True)
    data: Mapped[Json] = mapped_column(default=dict)


class Account(Table):
    """How a person signs in. `login` is the folded name; `password` is an argon2 hash, null until it was chosen.

    Whoever has a row here and is not closed may come in; what the person may do is `Person.roles`.
    """

    __tablename__ = "account"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    password: Mapped[str | None] = mapped_column(String(300))
    team: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    closed_at: Mapped[dt.datetime | None]


class SignIn(Table):
    """A browser that is signed in, by the digest of its secret; deleting the row signs it out at once."""

    __tablename__ = "sign_in"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    seen_at: Mapped[dt.datetime] = mapped_column(default=now)


class SignInTry(Table):
    """A try to sign in that has not succeeded; name and address only as digests, a mistyped name may be a password."""

    __tablename__ = "sign_in_try"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[dt.datetime] = mapped_column(default=now, index=True)


class Invitation(Table):
    """A link with which a person chooses a password, once, by the digest of its secret."""

    __tablename__ = "invitation"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    ends_at: Mapped[dt.datetime]


class ApiToken(Table):
    """A person's token for programs, by the digest of its secret; `scopes` is {"scopes": [...]}."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[Json]
    created_at: Mapped[dt.datetime] = mapped_column(default=now)
    used_at: Mapped[dt.datetime | None]
    ends_at: Mapped[dt.datetime | None]


class Consent(Owned, Table):
    """Who agreed to the recording with these bytes being kept, how they said it, and what it may be used for."""

    __tablename__ = "consent"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    who: Mapped[str] = mapped_column(Text)
    how: Mapped[str] = mapped_column(String(12))
    scope: Mapped[str] = mapped_column(String(12))


class Audited(Table):
    """A line of the audit log: who did what to which row. It can be added and nothing else (triggers see to that).

    `person` is an id and no key: the line outlives the person. `seal` is a hash over this line and the seal before.
    """

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    person: Mapped[str] = mapped_column(String(32), index=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    data: Mapped[Json]
    seal: Mapped[str] = mapped_column(String(64))


class Forgotten(Table):
    """What was erased, so that a restored backup can be made to forget it again: ids and hashes, never words."""

    __tablename__ = "forgotten"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    at: Mapped[dt.datetime] = mapped_column(default=now)
    what: Mapped[Json]


class MadeFile(Owned, Table):
    """A file that was written out of the store (an export), so that it can be found when something is to be erased."""

    __tablename__ = "made_file"

    path: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
