"""The store keeps what it was given, for its owner alone, on every database; migrations build the tables of the code."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event

from coach.errors import Broken, NotFound
from coach.settings import Settings
from coach.store.database import NEWEST, Database
from coach.store.deals import Deals
from coach.store.people import LOCAL, local_person
from coach.store.practices import Practices
from coach.store.recordings import find, keep, sha256_of
from coach.store.tables import Person, Table
from coach.store.visits import NewVisit, Visits
from tests.databases import ON_BOTH_DATABASES


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.database)
    yield opened
    opened.close()


@pytest.fixture
def owner(database: Database) -> str:
    return local_person(database, "zh")


def _other_person(database: Database) -> str:
    with database.session() as session:
        session.add(Person(id="other", name="别人", roles={"roles": ["rep"]}, language="zh"))
    return "other"


@ON_BOTH_DATABASES
def test_migrations_build_exactly_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert differences == []
    assert database.revision() == NEWEST


def _open_first(url: str) -> str:
    return local_person(Database(url), "zh")


def test_two_processes_may_open_a_new_database_at_once(settings: Settings) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert pool.map(_open_first, [settings.database] * 3) == [LOCAL] * 3


def test_a_file_that_is_no_database_is_broken_and_left_as_it_was(settings: Settings) -> None:
    path = settings.home / "coach.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is not a database" * 100)
    with pytest.raises(Broken):
        local_person(Database(settings.database), "zh")
    assert path.read_bytes().startswith(b"this is not")


VISIT = NewVisit("visit.ogg", "ab" * 32, "zh", "客户: 贵\n", consent="王敏口头同意")


@ON_BOTH_DATABASES
def test_the_same_bytes_twice_are_one_visit_and_keep_what_people_changed(
    database: Database, owner: str
) -> None:
    visits = Visits(database, owner)
    first = visits.save(VISIT, engine="offline/1", machine={"core_needs": []})
    visits.edit(first, {"core_needs": {"0": "rejected"}}, confirmed=True)
    again = visits.save(VISIT, engine="offline/2", machine={"core_needs": [1]})
    stored = visits.load(again)
    assert again == first
    assert stored.machine == {"core_needs": [1]}
    assert stored.human == {"core_needs": {"0": "rejected"}}
    assert len(visits.newest()) == 1


@ON_BOTH_DATABASES
def test_nobody_reads_anybody_elses_rows(database: Database, owner: str) -> None:
    other = _other_person(database)
    visit = Visits(database, owner).save(VISIT, engine="e", machine={})
    practice = Practices(database, owner).begin(
        scenario="s", scenario_version="1", rubric_version="1", engine="e", seed=1, state={}
    )
    with pytest.raises(NotFound):
        Visits(database, other).load(visit)
    with pytest.raises(NotFound):
        Visits(database, other).edit(visit, {})
    with pytest.raises(NotFound):
        Practices(database, other).load(practice)
    with pytest.raises(NotFound):
        Practices(database, other).save(practice, {})
    assert Visits(database, other).newest() == []
    assert Deals(database, other).newest() == []


@ON_BOTH_DATABASES
def test_a_practice_is_whole_after_every_turn_and_not_scored_stays_null(
    database: Database, owner: str
) -> None:
    practices = Practices(database, owner)
    practice = practices.begin(
        scenario="s", scenario_version="1.0.0", rubric_version="1", engine="e", seed=7, state={"turns": []}
    )
    practices.save(practice, {"turns": ["你好"]})
    assert practices.load(practice).state == {"turns": ["你好"]}
    practices.save(practice, {"turns": ["你好", "再见"]}, ended=True, outcome="not_scored", total=None)
    stored = practices.load(practice)
    assert stored.ended_at is not None
    assert stored.total is None
    assert stored.outcome == "not_scored"


@ON_BOTH_DATABASES
def test_a_transaction_that_fails_leaves_nothing(database: Database, owner: str) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    event.listen(database.engine, "commit", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        Visits(database, owner).save(VISIT, engine="e", machine={})
    event.remove(database.engine, "commit", fail)
    assert Visits(database, owner).newest() == []


def test_recordings_are_kept_once_under_their_hash(settings: Settings, tmp_path: Path) -> None:
    one, two = tmp_path / "早会.OGG", tmp_path / "copy.ogg"
    one.write_bytes(b"sound" * 1000)
    two.write_bytes(one.read_bytes())
    kept = keep(one, settings.recordings)
    assert keep(two, settings.recordings) == kept
    assert kept.name == f"{sha256_of(one)}.ogg"
    assert find(sha256_of(two), settings.recordings) == kept
    assert find("0" * 64, settings.recordings) is None
    assert [path.name for path in settings.recordings.iterdir()] == [kept.name]
