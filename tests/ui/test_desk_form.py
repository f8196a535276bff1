"""The post-visit form and the pages' files on a real coach: what it shows, keeps, hands in, gives away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.app import Coach
from coach.errors import NotFound
from tests.visits.kept import keep
from ui.desks.form import FormRoom
from ui.desks.home import HomeRoom
from ui.desks.visits import VisitRoom
from ui.pages.home import home
from ui.parts.form import form


@pytest.fixture
def desk(coach: Coach) -> FormRoom:
    return FormRoom(coach)


def test_the_form_is_filled_from_the_record(desk: FormRoom, coach: Coach) -> None:
    id = keep(coach, name="filled.txt")
    it = desk.form(id, "zh")
    assert [action.id for action in it.actions if not action.entries] == ["feedback", "hidden_concerns"]
    assert it.gaps
    assert not it.due.handed_in
    page = form(it, "zh")
    assert 'name="hidden_concerns"' in page
    assert 'name="core_needs"' not in page, "what was heard is not asked again"
    assert "我要的是温度一不对" in page


def test_what_the_rep_writes_is_kept_and_handing_in_stops_the_clock(desk: FormRoom, coach: Coach) -> None:
    id = keep(coach, name="handed.txt")
    desk.keep(id, {"support": "请技术一起去", "strange": "x", "note": ""})
    assert ("support", "请技术一起去") in [(key, words) for key, _, words in desk.form(id, "zh").notes]
    assert "strange" not in coach.visits.load(id).human["form"]
    assert coach.visits.load(id).confirmed_at is None
    desk.keep(id, {"support": ""}, hand_in=True)
    it = desk.form(id, "en")
    assert it.due.handed_in
    assert "Handed in" in it.when
    assert "form" not in coach.visits.load(id).human, "an emptied field is gone"


def test_words_stay_words_in_the_form(desk: FormRoom, coach: Coach) -> None:
    id = keep(
        coach,
        "销售: 您看？\n客户: <img src=x onerror=alert(1)> 太贵了\n",
        "<b>x.txt",
        read=[("objections", "<img src=x onerror=alert(1)> 太贵了", {"type": "price"})],
    )
    desk.keep(id, {"note": "</textarea><script>"})
    page = form(desk.form(id, "zh"), "zh")
    assert "<img" not in page
    assert "<script>" not in page


def test_strange_ids_have_no_form_and_no_file(desk: FormRoom) -> None:
    with pytest.raises(NotFound):
        desk.form("nobody", "zh")
    with pytest.raises(NotFound):
        desk.file("nobody", "json", "zh")


def test_changes_are_in_the_files(desk: FormRoom, coach: Coach) -> None:
    id = keep(coach, name="changed.txt")
    visits = VisitRoom(coach)
    (key,) = [
        entry.key
        for action in visits.visit(id, "zh").actions
        for entry in action.entries
        if entry.quote.startswith("那我")
    ]
    visits.change(id, key, {"due": "2026-12-01"})
    name, body = desk.file(id, "json", "zh")
    assert name == "changed"
    assert json.loads(body)["next_steps"][0]["due"] == "2026-12-01"


def test_home_shows_what_waits_until_it_is_handed_in(coach: Coach, desk: FormRoom) -> None:
    id = keep(coach, name="waits.txt")
    room = HomeRoom(coach)
    before = room.standing("zh")
    assert id in " ".join(one.href for one in before.visits.items) or before.visits.more
    page = home(before, room.due("zh"), "zh")
    assert "等你确认的拜访" in page
    assert "带教的活" in page, "the local person is a trainer too"
    count = len(before.visits.items) + before.visits.more
    desk.keep(id, {}, hand_in=True)
    after = room.standing("zh")
    assert len(after.visits.items) + after.visits.more == count - 1


def test_somebody_new_sees_what_to_do(tmp_path: Path) -> None:
    from tests.visits.kept import a_coach

    room = HomeRoom(a_coach(tmp_path))
    page = home(room.standing("en"), room.due("en"), "en")
    assert "No visit waits to be confirmed." in page
    assert "No scores yet." in page
    assert "Pick a scenario" in page
