"""Scenarios that people made: a draft is its owner's alone, a published one everybody's, and it goes with its visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.errors import NotFound
from coach.settings import Settings
from coach.store.database import Database
from coach.store.own_scenarios import OwnScenarios
from coach.store.people import local_person, roles_of
from coach.store.tables import Person, Visit
from coach.store.visits import NewVisit, Visits
from tests.databases import ON_BOTH_DATABASES

pytestmark = ON_BOTH_DATABASES


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    made = Database(settings.database)
    local_person(made, "zh")
    with made.session() as session:
        session.add(Person(id="other", name="别人", roles={"roles": ["rep"]}, language="zh"))
    yield made
    made.close()


def _keep(store: OwnScenarios, id: str = "s-1", visit_id: str | None = None) -> None:
    store.keep(id, {"id": id, "title": "题"}, version="1.0.0", language="zh", visit_id=visit_id)


def test_a_draft_is_its_owners_alone_until_it_is_published(database: Database) -> None:
    mine, theirs = OwnScenarios(database, "local"), OwnScenarios(database, "other")
    _keep(mine)
    assert [one.scenario_id for one in mine.visible()] == ["s-1"]
    assert theirs.visible() == []
    for refused in (lambda: theirs.load("s-1"), lambda: _keep(theirs), lambda: theirs.publish("s-1", {})):
        with pytest.raises(NotFound):
            refused()
    mine.publish("s-1", {"passed": True})
    assert theirs.load("s-1").status == "published"
    _keep(mine)
    assert mine.load("s-1").status == "draft", "what was changed is a draft again"
    assert mine.load("s-1").certificate is None


def test_it_goes_when_its_visit_goes(database: Database) -> None:
    visits, store = Visits(database, "local"), OwnScenarios(database, "local")
    visit = visits.save(NewVisit("v.txt", "a" * 64, "zh", "客户: 贵。\n"), engine="e", machine={})
    _keep(store, "s-1", visit)
    _keep(store, "s-2", visit)
    store.publish("s-2", {})
    with database.session() as session:
        from sqlalchemy import delete

        from coach.store.tables import VisitRecord

        session.execute(delete(VisitRecord).where(VisitRecord.visit_id == visit))
        session.execute(delete(Visit).where(Visit.id == visit))
    assert [one.scenario_id for one in store.visible()] == ["s-2"]


def test_the_local_person_has_every_role(database: Database) -> None:
    assert {"rep", "trainer", "manager"} <= roles_of(database, "local")
    assert roles_of(database, "other") == {"rep"}
    assert roles_of(database, "nobody") == frozenset()
