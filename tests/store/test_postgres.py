"""What only PostgreSQL has: migrations from anywhere, first starts at once, an audit log that holds, plain refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from coach.errors import BadInput, Broken, DiskReadOnly, Unavailable
from coach.settings import Settings
from coach.store.audit import audit_lines, verify_audit, write_audit
from coach.store.consents import Consents
from coach.store.database import NEWEST, Database, _alembic, revisions
from coach.store.deals import Deals
from coach.store.people import LOCAL, local_person
from coach.store.postgres import open_engine, spelled
from coach.store.sign_ins import Limits, SignIns
from coach.store.tables import Table
from coach.store.visits import Visits
from evals.postgres import OwnPostgres
from tests.databases import ON_POSTGRES
from tests.store.test_migrations import ROWS

pytestmark = pytest.mark.postgres


@pytest.fixture
def empty(postgres: OwnPostgres) -> Iterator[str]:
    url = postgres.fresh()
    yield url
    postgres.drop(url)


def test_every_schema_of_the_past_comes_up_step_by_step_with_its_rows(empty: str) -> None:
    engine = open_engine(empty)
    for number, revision in enumerate(sorted(revisions())):
        with engine.connect() as connection:
            command.upgrade(_alembic(connection), revision)
            for row in ROWS if number == 0 else ():
                connection.execute(text(row))
            connection.commit()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    engine.dispose()
    with closing(Database(empty)) as database:
        visit = Visits(database, local_person(database, "zh")).load("v")
        assert (visit.visit.transcript, visit.machine) == ("客户: 太贵", {"core_needs": []})
        carried = Consents(database, LOCAL).of_bytes("ab")
        assert carried is not None
        assert carried.who == "王敏口头同意"


def test_several_first_starts_at_once_make_one_schema(empty: str) -> None:
    def open_first(_: int) -> str:
        with closing(Database(empty)) as database:
            return local_person(database, "zh")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_first, range(4))) == [LOCAL] * 4
    with closing(Database(empty)) as database:
        assert database.revision() == NEWEST
        with database.session() as session:
            session.execute(text("update alembic_version set version_num = '9999'"))
    with closing(Database(empty)) as database, pytest.raises(Broken, match="newer than this version"):
        local_person(database, "zh")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.database)
    local_person(opened, "zh")
    yield opened
    opened.close()


@pytest.mark.parametrize("settings", [ON_POSTGRES], indirect=True)
class TestOnOneDatabase:
    """Each on the same database, emptied."""

    def test_the_audit_log_only_grows_and_many_at_once_stand_in_line(self, database: Database) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: write_audit(database, LOCAL, "tried", str(n)), range(24)))
        assert verify_audit(database) == 24
        assert sorted(line.number for line in audit_lines(database)) == list(range(1, 25))
        for forbidden in ("update audit set act = 'x'", "delete from audit", "truncate audit"):
            with pytest.raises(Exception, match="only grows"), database.session() as session:
                session.execute(text(forbidden))

    def test_tries_to_sign_in_do_not_slip_through_at_once(self, database: Database) -> None:
        window, limits = dt.timedelta(minutes=15), Limits(both=5, login=50, address=30)
        sign_ins = SignIns(database)
        with ThreadPoolExecutor(8) as pool:
            may = list(pool.map(lambda _: sign_ins.may_try("name", "place", window, limits), range(16)))
        assert may.count(True) == 5

    def test_what_fits_no_column_is_said_plainly(self, database: Database) -> None:
        deals = Deals(database, LOCAL)
        for title in ("长" * 301, "nul\0"):
            with pytest.raises(BadInput) as caught:
                deals.save(title, "")
            assert all(caught.value.next)
        assert deals.newest() == []

    def test_a_read_only_server_is_said_plainly(self, database: Database, settings: Settings) -> None:
        read_only = f"{settings.database_url}?options=-cdefault_transaction_read_only%3Don"
        with closing(Database(read_only)) as copy, pytest.raises(DiskReadOnly):
            Deals(copy, LOCAL).save("a", "")


@pytest.mark.parametrize(
    "url", ["postgres://nobody@127.0.0.1:1/none", "postgresql://nobody@127.0.0.1:1/none"]
)
def test_a_server_that_is_not_there_is_said_plainly_and_no_password_is_shown(url: str) -> None:
    database = Database(url.replace("nobody", "nobody:geheim"))
    for ask in (lambda: local_person(database, "zh"), database.revision):
        with pytest.raises(Unavailable) as caught:
            ask()
        said = " ".join((*caught.value.what, *caught.value.next))
        assert "COACH_DATABASE_URL" in said
        assert "geheim" not in said
    assert database.shared
    assert spelled(url).startswith("postgresql+psycopg://")
