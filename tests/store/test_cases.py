"""The rows of cases: what an earlier schema held comes along, and the mark of the shelf never comes back to an old value."""

from __future__ import annotations

import json

from alembic import command
from sqlalchemy import create_engine, text

from coach.settings import Settings
from coach.store.cases import Cases, Change
from coach.store.database import Database, _alembic
from coach.store.people import everybody, local_person, roles_of
from coach.store.shelf import OwnShelf

BODY = {"title": "旧的一个", "outcome": "won", "language": "zh", "one_line": "客户先说不要。"}


def test_a_case_of_the_first_schema_becomes_its_own_version_one(settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    engine = create_engine(settings.database)
    with engine.connect() as connection:
        command.upgrade(_alembic(connection), "0002")
        at = "2026-01-02 03:04:05"
        connection.execute(
            text(
                "insert into person (id, name, roles, language, created_at) values ('p', '', '{}', 'zh', :at)"
            ),
            {"at": at},
        )
        connection.execute(
            text(
                'insert into "case" (id, owner, created_at, case_id, version, language, status, body, updated_at)'
                " values ('c', 'p', :at, 'zh-old', '1.0.0', 'zh', 'published', :body, :at)"
            ),
            {"at": at, "body": json.dumps(BODY)},
        )
        connection.commit()
    engine.dispose()
    database = Database(settings.database)
    kept = Cases(database, "p").load("zh-old")
    assert (kept.state, kept.newest, kept.live, kept.body) == ("published", 1, 1, BODY)
    assert [case.title for case in OwnShelf(database).cases()] == ["旧的一个"]
    assert OwnShelf(database).stamp()


def test_the_mark_of_the_shelf_moves_only_with_the_shelf_and_never_back(settings: Settings) -> None:
    database = Database(settings.database)
    shelf = OwnShelf(database)
    assert shelf.stamp() == ""
    assert shelf.cases() == []
    assert not database.is_there, "asking makes no database"
    cases = Cases(database, local_person(database, "zh"))
    cases.add("zh-a", "zh", BODY, {}, "in_review", visit_id=None)
    seen = [shelf.stamp()]
    for live in (1, 0, 1, 0):
        cases.change("zh-a", lambda now, live=live: Change("published", "published", live=live))  # type: ignore[misc]
        seen.append(shelf.stamp())
    assert len(set(seen)) == len(seen)
    cases.change("zh-a", lambda now: Change("commented", now.state, "好"))
    assert shelf.stamp() == seen[-1]


def test_roles_are_those_of_the_person(settings: Settings) -> None:
    database = Database(settings.database)
    person = local_person(database, "zh")
    assert "trainer" in roles_of(database, person)
    assert roles_of(database, "nobody") == frozenset()
    assert list(everybody(database)) == [person]
