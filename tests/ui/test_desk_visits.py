"""The visits desk on a real coach: a file comes in step by step, its record links to words, people may correct it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coach.app import Coach
from coach.errors import BadTranscript, NotFound, Refused
from ui.desks.visits import VisitRoom
from ui.parts.visit import five, said
from ui.views.visits import Work

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"


@pytest.fixture
def desk(coach: Coach) -> VisitRoom:
    return VisitRoom(coach)


def _take(desk: VisitRoom, file: Path, day: dt.date | None = None) -> str:
    steps = list(desk.take(file, file.name, day, "", "zh"))
    assert all(isinstance(step, Work) for step in steps[:-1])
    assert isinstance(steps[-1], str)
    return steps[-1]


def test_every_link_lights_exactly_its_quote(desk: VisitRoom, transcript: Path) -> None:
    visit = desk.visit(_take(desk, transcript), "zh")
    turns = {turn.number: turn for turn in visit.turns}
    entries = [entry for action in visit.actions for entry in action.entries]
    assert entries
    for entry in entries:
        words = [
            turns[entry.turn].text[link.start : link.end]
            for link in turns[entry.turn].links
            if link.field == entry.key
        ]
        assert words == [entry.quote]


def test_what_is_missing_says_what_to_do(desk: VisitRoom, transcript: Path) -> None:
    visit = desk.visit(_take(desk, transcript), "zh")
    assert len(visit.actions) == 5
    assert all(action.entries or action.advice for action in visit.actions)


def test_the_page_keeps_strange_words_inert(desk: VisitRoom, transcript: Path) -> None:
    visit = desk.visit(_take(desk, transcript), "zh")
    page = said(visit, "zh") + five(visit, "zh")
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page


def test_confirming_and_removing_keep_the_machines_reading(
    desk: VisitRoom, transcript: Path, coach: Coach
) -> None:
    id = _take(desk, transcript)
    machine = coach.visits.load(id).machine
    keys = [entry.key for action in desk.visit(id, "zh").actions for entry in action.entries]
    desk.confirm(id, keys[0])
    desk.remove(id, keys[-1])
    visit = desk.visit(id, "zh")
    left = {entry.key: entry for action in visit.actions for entry in action.entries}
    assert left[keys[0]].confirmed
    assert keys[-1] not in left
    assert visit.removed == 1
    assert coach.visits.load(id).machine == machine
    desk.restore(id)
    assert {entry.key for action in desk.visit(id, "zh").actions for entry in action.entries} == set(keys)


def test_the_other_side_can_be_named_the_rep(desk: VisitRoom, transcript: Path) -> None:
    id = _take(desk, transcript)
    desk.is_rep(id, "客户")
    assert desk.visit(id, "zh").rep == "客户"


def test_a_recording_needs_somebodys_consent(desk: VisitRoom) -> None:
    with pytest.raises(Refused):
        list(desk.take(SAMPLES / "zh-cold-chain.ogg", "a.ogg", None, "  ", "zh"))


def test_rubbish_is_refused_in_words(desk: VisitRoom, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("# nothing here\n", "utf-8")
    with pytest.raises(BadTranscript):
        list(desk.take(file, "a.txt", None, "", "zh"))


def test_text_has_no_player(desk: VisitRoom, transcript: Path) -> None:
    id = _take(desk, transcript)
    assert desk.recording(id) is None
    assert desk.visit(id, "zh").audio == ""


@pytest.mark.parametrize("id", ["", "nobody", "../coach.db"])
def test_strange_ids_are_refused(desk: VisitRoom, id: str) -> None:
    with pytest.raises(NotFound):
        desk.visit(id, "zh")
    with pytest.raises(NotFound):
        desk.recording(id)


def test_nothing_stays_here_once_an_endpoint_is_set(coach: Coach) -> None:
    from coach.app import open_coach

    there = coach.settings.model_copy(update={"engine": "auto", "llm_base_url": "http://127.0.0.1:9/v1"})
    assert VisitRoom(coach).stays_here
    assert not VisitRoom(open_coach(there)).stays_here


def test_an_objection_leads_to_the_scenario_that_practises_it(coach: Coach) -> None:
    from coach.store.visits import NewVisit, StoredVisit
    from coach.visits.record import Objection, Record
    from ui.desks.visit import visit_view

    words = "你们报价太贵了"
    record = Record(objections=(Objection(quote=words, turn=1, start=0, end=len(words), type="price"),))
    new = NewVisit("a.txt", "0" * 64, "zh", f"客户: {words}\n")
    stored = StoredVisit("v", dt.datetime(2026, 11, 18), new, "e", record.model_dump(mode="json"), {}, None)
    drill = visit_view(coach, stored, "zh", audio="", wave=()).drill
    assert drill is not None
    assert words in drill.words
    assert "price" in coach.scenarios[drill.scenario_id].objection_types
