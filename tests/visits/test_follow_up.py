"""After the visit: the 24 hours, what is missing, drafts in the customer's own words, files one can keep."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from coach.app import Coach
from coach.errors import BadInput, NotFound
from coach.visits.export import export, form_of
from coach.visits.followup import drafts
from coach.visits.form import deadline, gaps, hours_left
from coach.visits.standing import Standing, as_it_stands
from tests.visits.kept import a_coach, keep

EN = """\
# date: 2026-11-18
Rep: How do you find out who is on site?
Customer: A paper log. I want to know who is in the building right now.
Customer: Your price is far too high for us.
Rep: I will send you the outage plan by next Thursday.
Customer: My guess is the board blames me if it fails again.
"""
EN_READ: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("core_needs", "I want to know who is in the building right now", {}),
    ("objections", "Your price is far too high for us", {"type": "price"}),
    ("next_steps", "I will send you the outage plan by next Thursday", {"owner": "rep", "due": "2026-11-26"}),
    ("hidden_concerns", "the board blames me", {"summary": "afraid of carrying the blame"}),
)


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return a_coach(tmp_path)


def _stands(coach: Coach, id: str) -> Standing:
    return as_it_stands(coach.visits.load(id))


def test_the_clock_runs_a_day_from_the_visit() -> None:
    came = dt.datetime(2026, 11, 18, 10)
    due = deadline(came, None)
    assert (due - came.replace(tzinfo=dt.UTC)).total_seconds() == 24 * 3600
    same_day = came.replace(tzinfo=dt.UTC).astimezone().date()
    assert deadline(came, same_day) == due, "put in on the day itself"
    earlier = deadline(came, same_day - dt.timedelta(days=3))
    assert earlier < due
    assert earlier.date() == same_day - dt.timedelta(days=1), "of an earlier day its end counts"


def test_hours_are_rounded_so_that_the_last_one_is_one() -> None:
    due = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
    assert hours_left(due, due - dt.timedelta(minutes=5)) == 1
    assert hours_left(due, due + dt.timedelta(minutes=5)) == -1
    assert hours_left(due, due - dt.timedelta(hours=24)) == 24


def test_gaps_name_what_is_missing_and_a_line_in_the_form_closes_them(coach: Coach) -> None:
    id = keep(coach)
    before = gaps(_stands(coach, id))
    assert ("missing", "hidden_concerns") in [(one.kind, one.about) for one in before]
    coach.visits.edit(id, {"form": {"hidden_concerns": "怕出事自己担责任"}})
    assert not [one for one in gaps(_stands(coach, id)) if one.about == "hidden_concerns"]


def test_an_empty_phrase_is_a_gap(coach: Coach) -> None:
    id = keep(coach)
    coach.visits.edit(id, {"form": {"next_steps": "持续跟进"}})
    assert "empty_phrase" in {one.kind for one in gaps(_stands(coach, id))}


def test_the_mail_speaks_the_customers_words_and_promises_nothing_new(coach: Coach) -> None:
    stands = _stands(coach, keep(coach))
    mail, message, note = drafts(stands)
    for need in stands.record.core_needs[:4]:
        assert need.quote.strip("，。") in mail.body
    assert "你们报价太贵了" in mail.body
    assert "【当天没有答，写上你的回答】" in mail.body, "nobody answered the price"
    assert mail.open == 2
    assert mail.subject
    assert message.body.count("\n") == 0
    assert "只给同事看" in note.body


def test_a_step_keeps_its_words_where_colleagues_read_it(coach: Coach) -> None:
    """The note calls the customer 客户; what the customer said about 您这边 stays as it was said."""
    said = EN.replace("I will send you the outage plan", "You: which one suits you? I will send the plan")
    step = "You: which one suits you? I will send the plan by next Thursday"
    read = (("next_steps", step, {"action": step, "owner": "rep"}),)
    *_, note = drafts(_stands(coach, keep(coach, said, "words.txt", read=read)))
    assert step in note.body


def test_worries_and_roles_never_reach_the_customer(coach: Coach) -> None:
    id = keep(coach, EN, "gate.txt", read=EN_READ)
    stands = _stands(coach, id)
    mail, message, note = drafts(stands)
    (concern,) = stands.record.hidden_concerns
    assert concern.quote not in mail.body + message.body
    assert concern.summary in note.body
    assert "For colleagues only" in note.body
    assert "[name]" in mail.body


def test_the_calendar_holds_one_event_a_dated_step(coach: Coach) -> None:
    from icalendar import Calendar

    id = keep(coach)
    stands = _stands(coach, id)
    dated = [one for one in stands.record.next_steps if one.due]
    events = Calendar.from_ical(export(stands, "ics", "zh")).walk("VEVENT")
    assert (
        [event.decoded("dtstart") for event in events]
        == [one.due for one in dated]
        == [dt.date(2026, 11, 25)]
    )
    assert events[0].walk("VALARM")
    assert export(stands, "ics", "zh") == export(_stands(coach, id), "ics", "zh"), (
        "the same step is the same event"
    )


def test_a_visit_without_days_has_no_calendar(coach: Coach) -> None:
    stands = _stands(
        coach,
        keep(
            coach,
            "销售: 您好\n客户: 你们太贵了，比别家贵。\n",
            "x.txt",
            None,
            read=[("objections", "你们太贵了", {"type": "price"})],
        ),
    )
    with pytest.raises(NotFound):
        export(stands, "ics", "zh")


def test_the_workbook_holds_words_and_no_formula(coach: Coach) -> None:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    talk = '销售: 您看怎么样？\n客户: =HYPERLINK("x")，你们报价太贵了\x07。\n'
    stands = _stands(
        coach,
        keep(
            coach, talk, "y.txt", read=[("objections", '=HYPERLINK("x")，你们报价太贵了', {"type": "price"})]
        ),
    )
    book = load_workbook(io.BytesIO(export(stands, "xlsx", "zh")))
    assert book.sheetnames == ["记录", "访后跟进表", "逐字稿"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_json_is_the_records_contract_and_what_people_did(coach: Coach) -> None:
    id = keep(coach)
    key = _stands(coach, id).of("objections")[0].key
    coach.visits.edit(id, {"confirmed": [key], "form": {"note": "停车费自理"}}, confirmed=True)
    body = json.loads(export(_stands(coach, id), "json", "zh"))
    assert {"file", "language", "core_needs", "next_steps", "missing", "warnings"} <= body.keys()
    assert body["form"] == {"note": "停车费自理"}
    assert body["confirmed_at"].endswith("Z")
    assert body["by_people"][0]["field"] == "objections"


def test_markdown_shows_words_as_they_are(coach: Coach) -> None:
    talk = "销售: 您看？\n客户: 你们报价太贵了 <img src=x> [点我](http://x) *急*。\n"
    page = export(
        _stands(coach, keep(coach, talk, "z.txt", read=[("objections", talk[13:-1], {"type": "price"})])),
        "md",
        "en",
    ).decode()
    assert "## Objections" in page
    assert "<img" not in page.replace("\\<img", "")
    assert "[点我](" not in page.replace("\\[点我\\](", "")


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(BadInput):
        form_of("exe")
