"""What to practise today: what was left open last, else the type practised least; the daily round; the trend per type."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from coach.practice.history import trends
from coach.practice.today import daily_round, todays_drill, unanswered
from coach.store.practices import StoredPractice
from coach.store.visits import NewVisit, StoredVisit
from coach.visits.record import Objection, Record, Said
from coach.vocabulary import OBJECTION_TYPES
from tests.practice.talks import shipped

NOW = dt.datetime(2026, 11, 22, 9, 0)
ZH = {id: one for id, one in shipped().items() if one.language == "zh"}


def _objection(turn: int, type: str = "price") -> Objection:
    return Objection.model_validate({"quote": f"句{turn}", "turn": turn, "start": 0, "end": 2, "type": type})


def _point(turn: int) -> Said:
    return Said(quote="方案", turn=turn, start=0, end=2)


def _visit(days: float, *objections: Objection, points: tuple[int, ...] = ()) -> StoredVisit:
    record = Record(objections=objections, solution_points=tuple(_point(turn) for turn in points))
    visit = NewVisit("v.txt", "0" * 64, "zh", "客户: 句\n")
    return StoredVisit(
        "v1", NOW - dt.timedelta(days=days), visit, "", record.model_dump(mode="json"), {}, None
    )


def _practice(days: float, total: float | None = 60, **objections: Any) -> StoredPractice:
    at = NOW - dt.timedelta(days=days)
    stood = {
        f"o-{type}": {"type": type, "state": state, "said": "太贵"} for type, state in objections.items()
    }
    return StoredPractice(
        id=f"p{days}",
        scenario=next(iter(ZH)),
        scenario_version="1.0.0",
        rubric_version="1.0.0",
        engine="offline/2",
        seed=1,
        state={},
        mode="practice",
        parent_id=None,
        from_turn=None,
        outcome="fail",
        total=total,
        objections=stood or None,
        created_at=at,
        updated_at=at,
        ended_at=at,
        visit_id=None,
    )


def test_an_objection_is_answered_by_a_point_before_the_next_one() -> None:
    met = Record(objections=(_objection(2), _objection(6)), solution_points=(_point(3), _point(7)))
    assert unanswered(met) is None
    open_first = Record(objections=(_objection(2), _objection(6)), solution_points=(_point(7),))
    assert unanswered(open_first) == (1, _objection(2))
    open_last = Record(objections=(_objection(2), _objection(6)), solution_points=(_point(3),))
    assert unanswered(open_last) == (2, _objection(6))
    assert unanswered(open_last, frozenset({"objections@6.0-2"})) is None, (
        "what people took out is no objection"
    )


def test_the_newer_of_visit_and_practice_is_asked_first() -> None:
    visit = _visit(1, _objection(2, "trust"))
    found = todays_drill([visit], [_practice(2, price="hardened")], ZH, "zh", NOW)
    assert found is not None
    assert (found.why, found.objection, found.visit_id, found.number) == ("visit", "trust", "v1", 1)
    assert found.said == "句2"
    found = todays_drill([visit], [_practice(0.5, price="hardened")], ZH, "zh", NOW)
    assert found is not None
    assert (found.why, found.objection) == ("practice", "price")


def test_an_objection_that_was_held_in_practice_since_is_done_with() -> None:
    visit = _visit(1, _objection(2, "trust"))
    found = todays_drill([visit], [_practice(0.5, trust="resolved")], ZH, "zh", NOW)
    assert found is not None
    assert found.why == "least"
    assert found.objection != "trust"


def test_with_nothing_open_it_is_the_type_practised_least_in_two_weeks() -> None:
    done = [
        _practice(n / 10, **{type: "resolved"}) for n, type in enumerate(OBJECTION_TYPES) if type != "timing"
    ]
    found = todays_drill([], [*done, _practice(20, timing="resolved")], ZH, "zh", NOW)
    assert found is not None
    assert (found.why, found.objection, found.times) == ("least", "timing", 0)
    assert "timing" in ZH[found.scenario].objection_types
    assert todays_drill([], [], {}, "zh", NOW) is None


def test_the_round_is_one_for_each_type_and_the_same_all_day() -> None:
    day = dt.date(2026, 11, 22)
    today = daily_round(ZH, "zh", "local", day)
    able = {type for one in ZH.values() for type in one.objection_types}
    assert [type for type, _ in today] == [type for type in OBJECTION_TYPES if type in able]
    assert len({id for _, id in today}) == len(today)
    assert today == daily_round(ZH, "zh", "local", day)
    others = {daily_round(ZH, "zh", "local", day + dt.timedelta(days=n)) for n in range(6)}
    others |= {daily_round(ZH, "zh", person, day) for person in ("a", "b", "c")}
    assert len(others) > 3


def test_a_trend_is_the_late_scores_against_those_before() -> None:
    scores = [40, 50, 60, 70, 80, 90]
    rows = [_practice(9 - n, total, price="resolved") for n, total in enumerate(scores)]
    branch = replace(rows[0], id="b", parent_id="p9", total=99)
    price = next(trend for trend in trends([*rows, branch], ZH) if trend.type == "price")
    assert price.totals == tuple(scores)
    assert price.change == 30
    assert all(one.held for one in price.attempts)
    others = [trend for trend in trends(rows, ZH) if trend.type != "price"]
    assert all(trend.change is None and not trend.attempts for trend in others)
    assert next(one for one in trends(rows[:2], ZH) if one.type == "price").change == 10
