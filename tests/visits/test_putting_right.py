"""People put a visit right: entries, lines, speakers. The machine's reading and the first transcript stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.app import Coach
from coach.errors import BadInput
from coach.visits.edits import Edits, Line
from coach.visits.putting_right import shifted, with_change, with_line
from coach.visits.standing import Standing, as_it_stands
from tests.visits.kept import a_coach, keep


@pytest.fixture
def coach(tmp_path: Path) -> Coach:
    return a_coach(tmp_path)


def _stands(coach: Coach, id: str) -> Standing:
    return as_it_stands(coach.visits.load(id))


def _kept(coach: Coach, id: str, edits: Edits) -> Standing:
    coach.visits.edit(id, edits.as_json())
    return _stands(coach, id)


def test_a_visit_that_nobody_touched_stands_as_it_was_read(coach: Coach) -> None:
    id = keep(coach)
    assert _stands(coach, id).record.model_dump(mode="json") == coach.visits.load(id).machine


def test_a_step_gets_another_day_and_owner(coach: Coach) -> None:
    id = keep(coach)
    before = _stands(coach, id)
    step = before.of("next_steps")[0]
    edits = with_change(before, step.key, {"action": "发方案", "owner": "customer", "due": ""})
    after = _kept(coach, id, edits)
    changed = after.of("next_steps")[0]
    assert (changed.key, changed.changed, changed.confirmed) == (step.key, True, True)
    assert after.record.next_steps[0].action == "发方案"
    assert after.record.next_steps[0].owner == "customer"
    assert after.record.next_steps[0].due is None
    assert coach.visits.load(id).machine == before.record.model_dump(mode="json"), (
        "the machine's reading stays"
    )


def test_a_quote_stays_exact(coach: Coach) -> None:
    id = keep(coach)
    before = _stands(coach, id)
    entry = before.of("objections")[0]
    after = _kept(
        coach, id, with_change(before, entry.key, {"quote": "比另一家高不少", "type": "competitor"})
    )
    now = after.record.objections[0]
    assert now.type == "competitor"
    assert after.talk.turn(now.turn).text[now.start : now.end] == "比另一家高不少"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("objections", {"quote": "他没说过这句"}),
        ("objections", {"quote": " "}),
        ("objections", {"type": "weather"}),
        ("next_steps", {"due": "下周三"}),
        ("next_steps", {"owner": "nobody"}),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(coach: Coach, field: str, values: dict[str, str]) -> None:
    stands = _stands(coach, keep(coach))
    with pytest.raises(BadInput) as refused:
        with_change(stands, stands.of(field)[0].key, values)
    assert all(refused.value.what)
    assert all(refused.value.next)


def test_a_strange_key_is_refused(coach: Coach) -> None:
    with pytest.raises(BadInput):
        with_change(_stands(coach, keep(coach)), "objections@1.0-3", {"quote": "陈总监"})


def test_a_corrected_line_is_read_anew_and_the_first_hearing_stays(coach: Coach) -> None:
    id = keep(coach)
    first = coach.visits.load(id).visit.transcript
    before = _stands(coach, id)
    talk, edits = with_line(before, 6, "行，最后得财务的宋总点头。", "客户")
    assert talk.turn(6).text == "行，最后得财务的宋总点头。"
    coach.visits.edit(id, edits.as_json())
    coach.reread(coach.visits.load(id), rep=before.record.rep_speaker)
    after = _stands(coach, id)
    assert not any("孙总" in one.said.quote for one in after.entries)
    assert coach.visits.load(id).visit.transcript == first
    assert after.edits.lines == (Line(6, "客户", "行，最后得财务的宋总点头。"),)
    for entry in after.entries:
        text = after.talk.turn(entry.said.turn).text
        assert text[entry.said.start : entry.said.end] == entry.said.quote


def test_what_was_done_elsewhere_in_the_line_moves_along(coach: Coach) -> None:
    id = keep(coach)
    before = _stands(coach, id)
    entry = before.of("objections")[0]
    edits = replace(before.edits, confirmed=frozenset({entry.key}), removed=frozenset({"feedback@2.0-3"}))
    coach.visits.edit(id, edits.as_json())
    _, after = with_line(_stands(coach, id), 4, "嗯，你们报价太贵了，比另一家高不少。", "客户")
    moved = f"objections@4.{entry.said.start + 2}-{entry.said.end + 2}"
    assert after.confirmed == {moved}
    assert after.removed == {"feedback@2.0-3"}


def test_an_empty_line_is_refused(coach: Coach) -> None:
    with pytest.raises(BadInput):
        with_line(_stands(coach, keep(coach)), 4, "   ", "客户")


def test_a_machine_reading_that_no_longer_fits_is_found_or_left_out(coach: Coach) -> None:
    id = keep(coach)
    coach.visits.edit(
        id, Edits(lines=(Line(4, "客户", "说真的，你们报价太贵了。"), Line(6, "客户", "行。"))).as_json()
    )
    stands = _stands(coach, id)
    assert stands.record.objections, "the words stand elsewhere in the line"
    assert not stands.record.decision_roles, "the words are gone"


@given(st.text(max_size=30), st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_shifted_words_are_the_same_words(before: str, after: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(before)), min(b, len(before))))
    span = shifted(start, end, before, after)
    if span is not None:
        assert after[span[0] : span[1]] == before[start:end]


def test_edits_survive_the_store_and_rubbish_counts_as_none() -> None:
    edits = Edits(
        frozenset({"a"}),
        frozenset({"b"}),
        {"k": {"due": None, "start": 3}},
        (Line(1, "x", "y"),),
        {"note": "n"},
    )
    assert Edits.of(edits.as_json()) == edits
    assert Edits.of({"changed": [1], "lines": {"turn": 1}, "form": "x", "confirmed": 3}) == Edits()
