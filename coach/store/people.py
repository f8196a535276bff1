"""Whose data it is: in local mode one person with every role, made on first use."""

from __future__ import annotations

from coach.store.database import Database
from coach.store.tables import Person
from coach.vocabulary import Language

LOCAL = "local"
"""Id of the one person of local mode."""


def local_person(database: Database, language: Language) -> str:
    """The id of the local person, made when it is not there yet."""
    from sqlalchemy.exc import IntegrityError

    with database.session() as session:
        if session.get(Person, LOCAL):
            return LOCAL
    try:
        with database.session() as session:
            roles = {"roles": ["rep", "trainer", "manager", "admin"]}
            session.add(Person(id=LOCAL, name="", roles=roles, language=language))
    except IntegrityError:  # another process made it in between: the same person
        pass
    return LOCAL


def roles_of(database: Database, person: str) -> frozenset[str]:
    """What a person may be here: rep, trainer, manager, admin; nothing for somebody unknown."""
    with database.session() as session:
        found = session.get(Person, person)
        return frozenset(str(role) for role in found.roles.get("roles", ())) if found else frozenset()


def everybody(database: Database) -> dict[str, str]:
    """Person id -> name, in the order in which they came."""
    from sqlalchemy import select

    with database.session() as session:
        rows = session.scalars(select(Person).order_by(Person.created_at, Person.id))
        return {row.id: row.name for row in rows}
