"""The trainer's desk on a real coach: rows, one case beside its twins, decisions, and the form from a visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.app import Coach
from coach.errors import BadInput, NotFound
from coach.store.visits import NewVisit
from ui.desks.curation import CurationRoom
from ui.parts.curation import beside, draft, giving, shelf, waiting

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
STORY = "张总嫌换膜太勤，我把两家的清洗记录摆在一起，他答应先换一半。<img src=x onerror=alert(1)>"


@pytest.fixture
def desk(coach: Coach) -> CurationRoom:
    return CurationRoom(coach)


def _hand_in(desk: CurationRoom, title: str, *, visit: str = "", revise: str = "") -> str:
    return desk.hand_in(title, "won", STORY, "您先看这两家的记录。", False, visit, revise, "zh")


def test_a_case_goes_through_the_desk(desk: CurationRoom) -> None:
    first = desk.overview("zh")
    assert first.due, "nothing was handed in this month yet"
    assert "还没有自己的战例" in shelf(first.shelf, "zh")
    case = _hand_in(desk, "换膜太勤")
    it = desk.overview("zh")
    assert [row.id for row in it.waiting] == [case]
    assert it.due == ""
    assert it.waiting[0].chip == "在审"
    shown = desk.review(case, "en")
    assert shown.may_decide
    assert shown.masked == "Masked: name 1"
    assert "A总嫌换膜太勤" in draft(shown, "zh")
    assert "<img" not in draft(shown, "zh")
    desk.decide(case, "approve", "好")
    assert [row.id for row in desk.sought("清洗 换膜", "zh")] == [case]
    assert desk.sought("叉车", "zh") == ()
    after = desk.review(case, "zh")
    assert (after.may_decide, after.may_retire) == (False, True)
    assert [step.what for step in after.steps] == ["发布", "通过", "交审"]
    twin = desk.review(_hand_in(desk, "换膜换得太勤"), "zh")
    assert [one.id for one in twin.twins] == [case]
    assert "几乎一样" in beside(twin, "zh")
    assert "1" in giving(desk.overview("zh").givers, "zh")


def test_sending_back_and_revising_by_the_form(desk: CurationRoom) -> None:
    case = _hand_in(desk, "要退回的一个")
    with pytest.raises(BadInput):
        desk.decide(case, "send_back", "")
    desk.decide(case, "send_back", "结果写上")
    assert "已退回" in waiting(desk.overview("zh"), "zh")
    form = desk.form("", case, "zh")
    assert form.title == "要退回的一个"
    assert "A总" in form.happened
    again = desk.hand_in(
        form.title, "lost", form.happened + "后来还是丢了。", form.words, False, "", case, "zh"
    )
    assert again == case
    assert desk.review(case, "zh").steps[0].what == "改版"
    desk.decide(case, "retire", "不要了")
    desk.decide(case, "comment", "留个话")
    with pytest.raises(BadInput):
        desk.decide(case, "burn", "")


def test_a_visit_fills_the_form_and_its_record_comes_along(desk: CurationRoom, coach: Coach) -> None:
    from coach.conversation import parse_transcript, write_transcript

    talk = parse_transcript((SAMPLES / "zh-cold-chain.txt").read_text("utf-8"))
    record = coach.record(talk)
    new = NewVisit("cold.txt", "c" * 64, "zh", write_transcript(talk))
    visit = coach.visits.save(new, engine=record.engine, machine=record.model_dump(mode="json"))
    form = desk.form(visit, "", "zh")
    assert form.passages
    assert "人名" in form.masked
    case = desk.hand_in("山里没信号谁叫醒司机", "won", form.happened, form.words, False, visit, "", "zh")
    kept = coach.curation.load(case)
    assert kept.visit_id == visit
    assert kept.body["title"] == "山里没信号谁叫醒司机"
    assert kept.body["objection_types"][0] == "technical"
    assert "钱" not in str(kept.body["decision_roles"])


def test_a_strange_case_is_not_found(desk: CurationRoom) -> None:
    with pytest.raises(NotFound):
        desk.review("../coach.db", "zh")
    with pytest.raises(NotFound):
        desk.form("nobody", "", "zh")
