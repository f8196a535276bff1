"""What was agreed to holds wherever a visit is used: as a case, as a drill, for teaching the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coach.app import Coach
from coach.cli import build
from coach.curation.drafts import ShortWords, from_words
from coach.errors import Refused
from coach.privacy.consent import Agreed
from evals.reading.confirmed import LEAST, teachable
from tests.visits.kept import TALK, keep
from ui.desks.visits import VisitRoom
from ui.parts.visit import five


@pytest.fixture(autouse=True)
def _here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_LANGUAGE", "en")
    monkeypatch.setenv("COACH_ENGINE", "offline")


def _run(*words: str) -> str:
    """What a command says, errors and the way on included."""
    done = CliRunner().invoke(build(), list(words))
    error: Any = done.exception
    return done.output + (f"{error.what[1]} {error.next[1]}" if isinstance(error, Refused) else "")


def _agree(coach: Coach, visit: str, scope: str) -> None:
    sha256 = coach.visits.load(visit).visit.sha256
    coach.consents.give(sha256, Agreed("the buyer", "spoken", scope))  # type: ignore[arg-type]


def test_a_visit_is_used_only_for_what_was_agreed_to(lived_in: Coach) -> None:
    coach = lived_in
    visit = next(one.id for one in coach.visits.newest() if one.visit.source_name == "else.txt")
    _agree(coach, visit, "record")
    way_on = f"coach visits consent {visit[:8]} --scope coaching"
    assert way_on in _run("library", "submit", "--visit", visit, "--dry-run")
    assert coach.consents.usable(coach.visits.newest(1), "coaching") == []
    before = len(coach.curation.all())
    words = ShortWords("冷库报警没人接", "won", "客户要半小时内有人处理，我们五分钟推给值班。")
    draft = from_words(words, "zh")
    for deed in (lambda: coach.drill(visit, 1), lambda: coach.curation.submit(draft, visit_id=visit)):
        with pytest.raises(Refused) as caught:
            deed()
        assert way_on in caught.value.next[1]
    assert len(coach.curation.all()) == before

    said = _run("visits", "consent", visit[:8], "--scope", "coaching")
    assert "the buyer · agreed aloud · also for coaching" in said
    case = coach.curation.submit(draft, visit_id=visit).kept.case_id
    coach.curation.approve(case)
    assert coach.drill(visit, 1).objection_types == ("price",)
    _run("visits", "consent", visit, "--scope", "record")
    with pytest.raises(Refused):
        coach.curation.publish(case)  # what was agreed to was narrowed in between


def test_sound_that_nobody_agreed_to_is_used_for_nothing_and_typed_words_teach_nobody(coach: Coach) -> None:
    visit = keep(coach)
    coach.curation.may_tell(visit)
    assert _run("visits", "consent", visit[:8]).strip() == "no entry of who agreed"
    assert coach.consents.usable(coach.visits.newest(), "training") == []
    with coach.database.session() as session:
        from coach.store.tables import Visit

        row = session.get(Visit, visit)
        assert row is not None
        row.seconds = 61.0
    with pytest.raises(Refused):
        coach.curation.may_tell(visit)


def test_only_visits_that_may_teach_teach_the_reader(coach: Coach) -> None:
    visits = [keep(coach, TALK + f"[01:0{n}] 客户: 好，第{n}回。\n", f"{n}.txt") for n in range(LEAST + 2)]
    for n, visit in enumerate(visits):
        coach.visits.edit(visit, {}, confirmed=True)
        _agree(coach, visit, "training" if n < LEAST - 1 else "coaching")
    said = _run("reading", "train", "--with-confirmed")
    assert f"Only {LEAST - 1} visits can be used: {len(visits)} are confirmed" in said
    assert "--scope training" in said
    _agree(coach, visits[LEAST], "training")
    assert {one.id for one in teachable(coach)} == {*visits[: LEAST - 1], visits[LEAST]}


def test_the_page_shows_the_entry_and_puts_it_right(coach: Coach) -> None:
    visit = keep(coach)
    desk = VisitRoom(coach)
    assert "没有登记谁同意" in five(desk.visit(visit, "zh"), "zh")
    assert desk.usual_consent is None
    desk.agree(visit, Agreed("双方 <b>", "written", "training"))
    shown = five(desk.visit(visit, "zh"), "zh")
    assert "双方 &lt;b&gt; · 书面同意（短信、邮件、合同） · 还可以用来教这台机器上的离线引擎" in shown
    form = five(desk.visit(visit, "en"), "en", agreeing=True)
    assert '<option value="training" selected>' in form
    assert "not_said" not in form
    assert json.loads(_run("visits", "consent", visit, "--json"))["consent"]["scope"] == "training"
    assert desk.usual_consent == Agreed("双方 <b>", "written", "training")
