"""Every earlier schema comes up to the newest one with its rows, and leaves a backup that can be gone back to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from coach.errors import Broken, DiskReadOnly
from coach.settings import Settings
from coach.store.database import NEWEST, Database, _alembic, revisions
from coach.store.people import local_person
from coach.store.visits import Visits

EARLIER = sorted(revisions() - {NEWEST})
ROWS = (
    "insert into person (id, name, roles, language, created_at) values ('local', '', '{}', 'zh', '2026-01-02')",
    "insert into deal (id, owner, created_at, title, text, pain) values ('d', 'local', '2026-01-02', '缝包线', '', '{}')",
    "insert into visit (id, owner, created_at, deal_id, source_name, sha256, language, transcript, consent, seconds)"
    " values ('v', 'local', '2026-01-02', 'd', 'a.ogg', 'ab', 'zh', '客户: 太贵', '王敏口头同意', 3)",
    "insert into record (id, owner, created_at, visit_id, engine, machine, human)"
    " values ('r', 'local', '2026-01-02', 'v', 'offline/1', '{\"core_needs\": []}', '{}')",
)


def at_schema(settings: Settings, revision: str) -> Path:
    """A database as an earlier version of the product left it."""
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = create_engine(settings.database)
    with engine.connect() as connection:
        command.upgrade(_alembic(connection), revision)
        for row in ROWS:
            connection.execute(text(row))
        connection.commit()
    engine.dispose()
    return settings.home / "coach.db"


def revision_in(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        (found,) = connection.execute("select version_num from alembic_version").fetchone()
        return str(found)


@pytest.mark.parametrize("revision", EARLIER)
def test_an_earlier_schema_comes_up_with_its_rows_and_is_backed_up_first(
    settings: Settings, revision: str
) -> None:
    at_schema(settings, revision)
    database = Database(settings.database)
    person = local_person(database, "zh")
    assert database.revision() == NEWEST
    visit = Visits(database, person).load("v")
    assert (visit.visit.transcript, visit.visit.consent) == ("客户: 太贵", "王敏口头同意")
    agreed = Database(settings.database)
    from coach.store.consents import Consents

    carried = Consents(agreed, person).of_bytes("ab")
    if revision < "0006":  # since then it is written down beside the recording from the start
        assert carried is not None
        assert (carried.who, carried.how, carried.scope) == ("王敏口头同意", "not_said", "record")
    (kept,) = (settings.home / "backups").iterdir()
    assert kept.name.startswith(f"before-{NEWEST}-")
    assert revision_in(kept) == revision
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("select transcript from visit").fetchone() == ("客户: 太贵",)


def test_a_new_or_current_database_makes_no_backup(settings: Settings) -> None:
    for _ in range(2):
        database = Database(settings.database)
        local_person(database, "zh")
        database.close()
    assert not (settings.home / "backups").exists()


def test_without_a_place_for_the_backup_nothing_is_migrated(settings: Settings) -> None:
    file = at_schema(settings, EARLIER[0])
    (settings.home / "backups").write_text("a file where the folder should be")
    with pytest.raises(Exception, match=r"stored|writing") as caught:
        local_person(Database(settings.database), "zh")
    assert not isinstance(caught.value, DiskReadOnly) or caught.value.next[0]
    assert revision_in(file) == EARLIER[0]


def test_a_database_of_a_newer_version_is_left_alone_and_says_so(settings: Settings) -> None:
    file = at_schema(settings, EARLIER[0])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with pytest.raises(Broken, match="newer than this version"):
        local_person(Database(settings.database), "zh")
    assert revision_in(file) == "9999"
