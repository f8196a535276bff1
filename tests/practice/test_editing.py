"""A trainer's own scenarios as texts: kept with their faults, played by bots in a process beside, published with a certificate."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from coach.app import Coach, OneOfMany, open_coach
from coach.errors import NotFound, Refused
from coach.practice.certificate import Certificate
from coach.practice.certificates import kept_from
from coach.practice.certifying import Certifying
from coach.settings import Settings
from coach.store.tables import OwnScenario, Person
from coach.store.visits import NewVisit
from scenarios.outline import Outline
from scenarios.typed import LONGEST, file_text, renamed, template, typed
from tests.practice.talks import shipped

DAY = dt.date(2026, 11, 22)
SHIPPED = "zh-bank-branch-terminals"


@pytest.fixture
def coach(settings: Settings) -> Iterator[Coach]:
    """A trainer's coach, and a rep beside."""
    made = open_coach(settings)
    vars(made)["shipped"] = shipped()  # read once for all tests
    with made.database.session() as session:
        session.add(Person(id="rep", name="小周", roles={"roles": ["rep"]}, language="zh"))
    assert made.person
    yield made
    made.database.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_to_begin_with_has_no_fault(language: str) -> None:
    now = typed(template("en" if language == "en" else "zh"), "own-1")
    assert now.whole
    assert now.body is not None
    assert now.body["id"] == "own-1"


@pytest.mark.parametrize(
    ("text", "line", "field", "zh"),
    [
        ("title: x\nbrief: [", 2, "", "YAML"),
        ("- x", 1, "", "键"),
        ("", 1, "", "键"),
        ("title: x\nroom: y", 2, "room", "键"),
        ("title: x\ndifficulty: hard", 2, "difficulty", "键"),
        ("a: &a [x]\nb: *a", 2, "", "YAML"),
        ("x" * (LONGEST + 1), 1, "", "太长"),
    ],
)
def test_whatever_is_typed_gets_a_fault_on_its_line(text: str, line: int, field: str, zh: str) -> None:
    now = typed(text, "own-1")
    assert not now.whole
    assert any((one.line, name) == (line, field) and zh in one.zh for one, name in now.faults), now.faults


def test_a_copy_reads_as_the_file_does_under_its_own_name() -> None:
    now = typed(renamed(file_text(SHIPPED, "zh"), "zh-own-1", '带"引号"的：题'), "zh-own-1")
    assert now.whole
    assert now.body is not None
    assert (now.body["id"], now.body["title"]) == ("zh-own-1", '带"引号"的：题')
    assert now.body["expert_script"]


def test_answers_of_the_form_become_a_text_that_can_be_played(coach: Coach) -> None:
    points = "销售问了一个月用多少油。\n您一个月加几桶？\n哪台加得最勤？\n\n销售约了看油的日子。\n周四我带样来。\n下周二我来量，行不？"
    objections = "贵三成，我报不上去。\n这事得厂长点头。"
    answers = Outline(
        title="一桶油: 的账", situation="你卖油。", goal="约一天", objections=objections, points=points
    )
    draft = coach.editing.open(coach.editing.begin("zh", answers))
    assert draft.scenario is not None
    assert draft.title == "一桶油: 的账"
    assert [one.type for one in draft.scenario.objections] == ["price", "decision_chain"]
    assert sum(point.weight for point in draft.scenario.key_points) == 60
    assert not coach.editing.open(coach.editing.begin("zh", Outline())).typed.whole


def test_a_draft_is_kept_with_its_faults_and_is_nobody_elses(coach: Coach) -> None:
    editing = coach.editing
    id = editing.begin("zh")
    assert coach.scenario(id).status == "draft"
    broken = editing.keep(id, "title: 半句\nobjections: [1, 2]")
    assert (broken.scenario, broken.stands) == (None, "none")
    assert editing.open(id).typed.text == "title: 半句\nobjections: [1, 2]"
    assert id not in coach.scenarios, "the shelf holds only what can be played"
    assert SHIPPED in coach.scenarios
    mended = editing.keep(id, template("zh"))
    assert mended.scenario is not None
    with pytest.raises(Refused):
        editing.publish(id)
    with pytest.raises(Refused):
        OneOfMany(coach, "rep").editing.open(id)
    with pytest.raises(NotFound):
        editing.copy("nobody")


def test_what_is_published_is_not_changed_but_copied(coach: Coach) -> None:
    editing = coach.editing
    id = editing.copy(SHIPPED)
    draft = editing.open(id)
    assert draft.title.endswith("（副本）")
    assert draft.scenario is not None
    given = Certificate(id, "1.0.0", True, {}, 0, 0, ())
    kept = kept_from(given, draft.scenario, coach.offline.name, [1], DAY).model_dump(mode="json")
    store = coach.own.store
    store.certify(id, kept, {"id": "changed meanwhile"})
    assert editing.open(id).stands == "none"
    store.certify(id, kept, store.load(id).body)
    assert editing.open(id).stands == "certified"
    assert editing.keep(id, draft.typed.text).stands == "certified", "nothing was changed"
    editing.publish(id)
    assert OneOfMany(coach, "rep").scenario(id).status == "published"
    with pytest.raises(Refused):
        editing.keep(id, draft.typed.text + "\n# mehr")
    again = editing.copy(id)
    assert editing.keep(again, editing.open(again).typed.text + "\n# mehr").stands == "none"
    editing.retire(id)
    assert id not in OneOfMany(coach, "rep").scenarios


def test_a_scenario_made_from_a_visit_goes_with_the_visit_after_it_was_edited(coach: Coach) -> None:
    visit = coach.visits.save(NewVisit("a.txt", "ab", "zh", "客户: 太贵"), engine="offline/1", machine={})
    id = coach.editing.begin("zh")
    with coach.database.session() as session:
        session.query(OwnScenario).update({"visit_id": visit})
    coach.editing.keep(id, template("zh") + "# 改过\n")
    assert coach.own.store.load(id).visit_id == visit
    with pytest.raises(Refused):
        coach.editing.copy(id)
    coach.forgetting.visit(visit)
    assert coach.editing.mine() == []


def test_bots_play_a_draft_in_a_process_of_their_own_and_leave_the_certificate(coach: Coach) -> None:
    id = coach.editing.begin("en")
    bots, seen = Certifying(), set()
    bots.start(coach.settings, coach.person, id, faults=0, seeds=(1,))
    with pytest.raises(Exception, match="one goes at a time"):
        bots.start(coach.settings, coach.person, id, faults=0)
    until = time.monotonic() + 120
    while (run := bots.look(coach.person, id)) and run.state == "running" and time.monotonic() < until:
        seen.add(run.bot)
        time.sleep(0.05)
    assert run is not None
    assert (run.state, bots.look("rep", id)) == ("done", None)
    assert len(seen) > 2
    draft = coach.editing.open(id)
    assert draft.stands == "refused", "the page to begin with has no expert"
    assert draft.certificate is not None
    assert any("expert" in en for _, en in draft.certificate.reasons)
