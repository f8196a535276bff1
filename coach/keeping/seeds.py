"""Where an erasure begins: the rows of a customer, of a user, of a visit, and those that hang on them without a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from coach.errors import NotFound
from coach.keeping.blackout import Spans
from coach.keeping.doomed import Rows
from coach.store.tables import (
    CaseStep,
    CaseVersion,
    Consent,
    Customer,
    Deal,
    Event,
    Job,
    OwnScenario,
    Person,
    StoredCase,
    Visit,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GONE: Final = "gone"
"""Id of the person without a name to whom published work of erased people belongs."""


def of_customer(
    session: Session, names: Sequence[str], spans: Spans, *, whole: bool
) -> tuple[Rows, list[str]]:
    """The customer's rows and deals by name or id; and other visits in which a name is said, which go only if `whole`."""
    from sqlalchemy import select

    wanted = {name.casefold() for name in names}

    def named(*words: str | None) -> bool:
        return any((word or "").strip().casefold() in wanted for word in words)

    customers = {row.id for row in session.scalars(select(Customer)) if named(row.id, row.name)}
    deals = {
        row.id
        for row in session.scalars(select(Deal))
        if named(row.id, row.title) or row.customer_id in customers
    }
    visits: set[str] = set()
    mentioned: list[str] = []
    for row in session.scalars(select(Visit).execution_options(yield_per=100)):
        if row.deal_id in deals:
            visits.add(row.id)
        elif any(True for _ in spans(row.transcript)) or any(True for _ in spans(row.source_name)):
            mentioned.append(row.id)
    jobs = {
        row.id
        for row in session.scalars(select(Job))
        if row.deal_id in deals or (whole and any(True for _ in spans(row.source_name)))
    }
    if whole:
        visits.update(mentioned)
    return {"customer": customers, "deal": deals, "visit": visits, "job": jobs}, sorted(mentioned)


def of_visit(session: Session, visit_id: str, owner: str | None) -> Rows:
    """One visit by the beginning of its id, of this owner or of anybody. Raises NotFound."""
    from sqlalchemy import select

    query = select(Visit.id).where(Visit.id.startswith(visit_id, autoescape=True))
    if owner is not None:
        query = query.where(Visit.owner == owner)
    found = session.scalars(query.limit(2)).all() if visit_id else []
    if len(found) != 1:
        raise NotFound((f"没有这次拜访：{visit_id}", f"No such visit: {visit_id}"))
    return {"visit": {found[0]}}


def of_user(session: Session, person: str, *, may_miss: bool = False) -> tuple[Rows, list[str]]:
    """A person with everything that is theirs, and the name to black out elsewhere.

    What they published is handed to nobody in particular first: it belongs to the house. Raises NotFound.
    """
    from sqlalchemy import select, update

    row = session.get(Person, person)
    if row is None or person == GONE:
        if may_miss:
            return {}, []
        raise NotFound(
            (f"没有这个人：{person}", f"There is nobody with the id {person}."),
            ("用编号，不是名字。", "Give the id, not the name."),
        )
    if session.get(Person, GONE) is None:
        session.add(Person(id=GONE, name="", roles={"roles": []}, language=row.language))
        session.flush()
    shared = select(StoredCase.id).where((StoredCase.live.is_not(None)) | (StoredCase.owner != person))
    for table in (CaseVersion, CaseStep):
        session.execute(
            update(table).where(table.owner == person, table.case_row.in_(shared)).values(owner=GONE)
        )
    session.execute(update(CaseVersion).where(CaseVersion.approved_by == person).values(approved_by=GONE))
    session.execute(
        update(StoredCase)
        .where(StoredCase.owner == person, StoredCase.live.is_not(None))
        .values(owner=GONE, visit_id=None)
    )
    session.execute(
        update(OwnScenario)
        .where(OwnScenario.owner == person, OwnScenario.status == "published")
        .values(owner=GONE)
    )
    name = " ".join(row.name.split())
    sure = len(name) > 1 and (not name.isascii() or " " in name)
    return {"person": {person}}, [name] if sure else []


def more_of(session: Session, doomed: Rows) -> Rows:
    """With those rows, the consents of their recordings and the events that tell of them."""
    from sqlalchemy import select

    more = {name: set(keys) for name, keys in doomed.items()}
    bytes_ = _bytes_of(session, doomed)
    left = _bytes_left(session, doomed)
    for row in session.scalars(select(Consent)):
        if (row.owner, row.sha256) in bytes_ - left:
            more.setdefault("consent", set()).add(row.id)
    ids = {
        one for table in ("visit", "deal", "customer", "case", "practice") for one in doomed.get(table, ())
    }
    if ids:
        for event in session.scalars(select(Event).execution_options(yield_per=500)):
            if event.subject in ids or ids & {str(value) for value in (event.data or {}).values()}:
                more.setdefault("event", set()).add(event.id)
    return more


def hashes_that_go(session: Session, doomed: Rows) -> set[str]:
    """The recordings whose last visit or job goes; the same bytes may be somebody else's too."""
    going = {sha256 for _, sha256 in _bytes_of(session, doomed)}
    return going - {sha256 for _, sha256 in _bytes_left(session, doomed)}


def _bytes_of(session: Session, doomed: Rows) -> set[tuple[str, str]]:
    from sqlalchemy import select

    found: set[tuple[str, str]] = set()
    for table in (Visit, Job, Consent):
        for row in session.execute(select(table.id, table.owner, table.sha256)):
            if row[0] in doomed.get(table.__tablename__, ()):
                found.add((row[1], row[2]))
    return found


def _bytes_left(session: Session, doomed: Rows) -> set[tuple[str, str]]:
    from sqlalchemy import select

    found: set[tuple[str, str]] = set()
    for table in (Visit, Job):
        for row in session.execute(select(table.id, table.owner, table.sha256)):
            if row[0] not in doomed.get(table.__tablename__, ()):
                found.add((row[1], row[2]))
    return found
