"""Which rows go when something is erased: those named, those that cannot be without them, those that came of them.

A reference to a row that goes is followed: the child goes too where it was made from the parent's words or must have
a parent, and only loses the reference where it stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from coach.store.tables import Table

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy import Table as SqlTable
    from sqlalchemy.orm import Session

_GO_WITH: Final = frozenset(
    (
        ("deal", "customer_id"),
        ("visit", "deal_id"),
        ("job", "deal_id"),
        ("job", "visit_id"),
        ("practice", "visit_id"),
        ("own_scenario", "visit_id"),
        ("case", "visit_id"),
    )
)
"""References that may be empty, but whose row was made from what goes."""
_AT_ONCE: Final = 400

Rows = dict[str, set[str]]
"""Table name -> primary keys."""


def closure(session: Session, seeds: Mapping[str, Iterable[str]]) -> Rows:
    """The seeds and every row that goes with them."""
    doomed: Rows = {}
    open_: list[tuple[str, set[str]]] = [(name, set(keys)) for name, keys in seeds.items()]
    while open_:
        name, keys = open_.pop()
        fresh = keys - doomed.setdefault(name, set())
        if not fresh:
            continue
        doomed[name] |= fresh
        for table, column in _referring(name):
            if not column.nullable or (table.name, column.name) in _GO_WITH:
                open_.append((table.name, _keys_where(session, table, column, fresh)))
    return {name: keys for name, keys in doomed.items() if keys}


def delete(session: Session, doomed: Rows) -> None:
    """Delete these rows, children first; who only refers to one of them loses the reference."""
    from sqlalchemy import delete as deleting
    from sqlalchemy import update

    for name, keys in doomed.items():
        for table, column in _referring(name):
            if column.nullable:
                for some in _parts(keys):
                    session.execute(update(table).where(column.in_(some)).values({column.name: None}))
    for table in reversed(Table.metadata.sorted_tables):
        for some in _parts(doomed.get(table.name, ())):
            session.execute(deleting(table).where(key_of(table).in_(some)))


def key_of(table: SqlTable) -> ColumnElement[str]:
    """The primary key of a table; each has one column."""
    (column,) = table.primary_key.columns
    return column


def _referring(name: str) -> list[tuple[SqlTable, ColumnElement[str]]]:
    return [
        (table, key.parent)
        for table in Table.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table.name == name
    ]


def _keys_where(session: Session, table: SqlTable, column: ColumnElement[str], values: set[str]) -> set[str]:
    from sqlalchemy import select

    found: set[str] = set()
    for some in _parts(values):
        found.update(session.scalars(select(key_of(table)).where(column.in_(some))))
    return found


def _parts(keys: Iterable[str]) -> Iterable[list[str]]:
    """Keys in portions that any database takes."""
    listed = sorted(keys)
    return (listed[n : n + _AT_ONCE] for n in range(0, len(listed), _AT_ONCE))
