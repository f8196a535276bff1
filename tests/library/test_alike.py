"""How near cases are told from their three nearest tellings, what they lean to, and where a text points."""

from __future__ import annotations

import pytest

from coach.library.astray import bearing, elsewhere
from coach.library.chroma import nearness
from coach.library.leaning import leaning
from coach.library.search import Hit
from coach.vocabulary import ObjectionType
from knowledge.schema import Case


def _case(name: str, *kinds: ObjectionType) -> Case:
    return Case(id=name, language="zh", title=name, outcome="won", objection_types=kinds)


def _hit(name: str, alike: float) -> Hit:
    return Hit(name, 0.5, 1.0, 0.5, alike, 0, alike)


def test_three_near_tellings_count_for_more_than_one() -> None:
    passages = [("a::4", 0.9), ("b::0", 0.8), ("b::2", 0.7), ("c::0", 0.7), ("b::1", 0.6), ("a::1", 0.1)]
    near = nearness(passages, {"a": 11, "b": 11, "c": 1})
    assert list(near) == ["b", "c", "a"], "one telling near by chance does not make a case near"
    assert (near["a"].dense, near["a"].passage) == (0.9, 4)
    assert near["b"].alike == pytest.approx(0.7)
    assert near["a"].alike == pytest.approx((0.9 + 0.1 + 0.1) / 3), (
        "what was not found counts like the farthest"
    )
    assert near["c"].alike == pytest.approx(0.7), "a case told once is as near as that"
    assert nearness([], {}) == {}


def test_the_nearest_cases_say_what_a_deal_leans_to() -> None:
    cases = [_case("a", "trust"), _case("b", "trust", "price"), _case("c", "timing"), _case("d", "technical")]
    lean = leaning([_hit(c.id, near) for c, near in zip(cases, (0.9, 0.8, 0.2, 0.1), strict=True)], cases)
    agrees = {case.id: lean.agrees(case) for case in cases}
    assert (agrees["a"] or 0) > 0.8 > 0.5 > (agrees["c"] or 1)
    assert lean.agrees(_case("e")) is None
    assert leaning([_hit("a", 0.0)], cases[:1]).agrees(cases[0]) == 0.5, "nothing near, no leaning"


@pytest.mark.parametrize(
    ("deal", "other"),
    [
        ("采购嫌我们的阀门贵，老板拖着不签", "孩子发烧想请半天假"),
        (
            "Their plant manager likes the pump but finance keeps stalling",
            "What's a nice present for my mother?",
        ),
    ],
)
def test_a_deal_points_elsewhere_less_than_idle_talk(deal: str, other: str) -> None:
    assert deal not in elsewhere()
    assert bearing(deal).deal_like > max(0.0, bearing(other).deal_like)
    assert bearing(deal).elsewhere < bearing(other).elsewhere
