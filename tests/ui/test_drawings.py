"""The charts say what the numbers say, and no more."""

from __future__ import annotations

import re
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.practice.mood import Face
from tests.ui.reading_html import read_html
from ui.icons import icon, names
from ui.parts.face import face
from ui.parts.radar import radar
from ui.parts.timeline import smooth, timeline
from ui.views.practice import Moment, Spoke, Turning

SPOKES = [
    Spoke(name, value) for name, value in (("a", 80.0), ("b", 40.0), ("c", None), ("d", 0.0), ("e", 90.0))
]


def test_not_scored_has_no_corner_and_says_so() -> None:
    drawn = read_html(radar(SPOKES, 75, "zh"))
    corners = [attributes for tag, attributes in drawn.elements if tag == "circle"]
    assert len(corners) == 4, "one corner a value; the axis without a value has none"
    assert "未评" in drawn.text
    outline = next(a["d"] for t, a in drawn.elements if t == "path" and "pp-radar__now" in a["class"])
    assert "Z" not in outline, "the outline stays open at the gap"


def test_a_zero_is_drawn_as_zero() -> None:
    drawn = read_html(radar([Spoke(n, 0.0) for n in "abc"], 75, "zh"))
    centre = {(a["cx"], a["cy"]) for t, a in drawn.elements if t == "circle"}
    assert centre == {("170.0", "126.0")}


def test_values_below_the_pass_mark_are_marked() -> None:
    drawn = str(radar(SPOKES, 75, "en"))
    assert drawn.count("pp-radar__low") == 2


def test_the_radar_reads_aloud() -> None:
    drawn = read_html(radar(SPOKES, 75, "zh"))
    assert "desc" in drawn.tags
    assert "a 80、b 40、c 未评" in drawn.text


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=2, max_size=30))
def test_curves_never_overshoot(levels: list[float]) -> None:
    points = [(10.0 * n, level) for n, level in enumerate(levels)]
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", smooth(points))]
    heights = numbers[1::2]
    assert min(heights) >= min(levels) - 0.1
    assert max(heights) <= max(levels) + 0.1
    for k in range(len(points) - 1):
        c1, c2 = heights[1 + 3 * k], heights[2 + 3 * k]
        low, high = sorted((levels[k], levels[k + 1]))
        assert low - 0.1 <= c1 <= high + 0.1
        assert low - 0.1 <= c2 <= high + 0.1


MOMENTS = [Moment(0, 30, 70), Moment(40, 50, 66), Moment(95, 44, 50), Moment(180, 70, 52)]
TURNINGS = [
    Turning(40, "问到影响", "信任上升", "trust", "good"),
    Turning(95, "过度承诺", "耐心下降", "patience", "bad"),
    Turning(100, "举证", "信任上升", "trust", "good"),
]


def test_the_table_gives_the_same_data() -> None:
    drawn = read_html(timeline(MOMENTS, TURNINGS, "zh"))
    assert drawn.tags.count("tr") == len(MOMENTS) + 1
    for moment in MOMENTS:
        assert f"{moment.trust:.0f}{moment.patience:.0f}" in drawn.text.replace(" ", "")


@settings(deadline=None)
@given(st.lists(st.floats(0, 180), min_size=1, max_size=3))
def test_labels_stay_inside_the_drawing(times: list[float]) -> None:
    turnings = [Turning(at, "摸清决策链与预算", "信任上升", "trust", "good") for at in times]
    for svg in re.findall(r"<svg.*?</svg>", str(timeline(MOMENTS, turnings, "zh")), re.DOTALL):
        width = float(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
        for x in re.findall(r'<text class="pp-turnlabel" x="([\d.-]+)"', svg):
            assert 40 <= float(x) <= width - 40


def test_every_icon_and_face_is_hidden_or_named() -> None:
    faces = [face(mood, "zh") for mood in get_args(Face)]
    for drawing in (*faces, *(icon(name) for name in names())):
        _, attributes = read_html(drawing).elements[0]
        assert attributes.get("aria-hidden") == "true" or attributes.get("aria-label")
