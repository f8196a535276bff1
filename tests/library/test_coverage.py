"""The coverage map and the freshness board: pure, and true to the shipped content."""

from __future__ import annotations

import datetime as dt

from coach.library.coverage import Cell, coverage, gaps
from coach.library.demand import asked_for
from coach.library.freshness import Item, board, case_item, decay, items, quarantine
from knowledge.loader import load_cases, load_handbooks, load_industries
from knowledge.schema import Case

TODAY = dt.date(2026, 11, 22)


def test_every_case_stands_where_it_belongs() -> None:
    cases, tree = load_cases(), load_industries()
    the_map = coverage(cases, tree)
    assert the_map.counted == len(cases)
    held = {case for cell, ids in the_map.cases.items() if cell.stage is None for case in ids}
    assert held == {case.id for case in cases if case.objection_types}
    some = next(case for case in cases if case.stage and case.objection_types)
    sector = tree.place(some.industry).sector
    assert some.id in the_map.at(Cell(sector, some.objection_types[0], some.stage))
    filled, places = the_map.filled
    assert filled + len(gaps(the_map)) == places


def test_what_deals_ask_for_comes_first() -> None:
    tree = load_industries()
    the_map = coverage(load_cases(), tree)
    empty = gaps(the_map)
    last = empty[-1].cell
    asked = asked_for(
        [(last.sector, (last.objection,)), (last.sector, (last.objection,)), ("", ("price",))], tree
    )
    first = gaps(the_map, asked)[0]
    assert (first.cell, first.asked) == (last, 2)
    assert all(
        the_map.many(one.cell.sector, one.cell.objection, one.cell.stage) == 0
        for one in gaps(the_map, stages=True)
    )


def _item(due: dt.date | None, *, tier: str = "weapon", sample: bool = False) -> Item:
    return Item("x", "case", "x", tier, "op", due, sample)  # type: ignore[arg-type]


def test_tiers_age_at_their_own_pace() -> None:
    assert _item(dt.date(2026, 12, 30)).state(TODAY) == "fresh"
    assert _item(TODAY).state(TODAY) == "soon"
    assert _item(TODAY - dt.timedelta(3)).state(TODAY) == "late"
    assert _item(TODAY - dt.timedelta(15)).state(TODAY) == "aside"
    assert _item(TODAY - dt.timedelta(15), tier="tactical").state(TODAY) == "late"
    assert _item(TODAY - dt.timedelta(15), sample=True).state(TODAY) == "late"
    assert _item(None).state(TODAY) == "undated"
    assert decay(_item(TODAY), TODAY) == 1.0
    assert decay(_item(TODAY - dt.timedelta(7)), TODAY) == 0.75
    assert 0.5 <= decay(_item(dt.date(2020, 1, 1)), TODAY) < 0.51


def test_a_case_without_a_day_is_due_after_its_tiers_days() -> None:
    case = Case.model_validate(
        {"id": "a", "title": "a", "outcome": "won", "language": "zh", "reviewed_on": "2026-11-01"}
    )
    assert case_item(case).due == dt.date(2026, 12, 2)


def test_the_board_holds_everything_once_and_nothing_shipped_is_set_aside() -> None:
    everything = items(load_cases(), load_handbooks())
    lanes = board(everything, TODAY)
    assert [lane.tier for lane in lanes] == ["weapon", "tactical", "strategic"]
    assert sorted(one.id for lane in lanes for one in lane.items) == sorted(one.id for one in everything)
    assert quarantine(everything, TODAY) == []
    assert quarantine([_item(dt.date(2026, 1, 1))], TODAY)
