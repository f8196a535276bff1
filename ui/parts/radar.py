"""The radar of dimensions as an SVG that prints, follows dark and says its values in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language, name
from ui.parts.basics import NOTHING, joined
from ui.parts.measure import lines, width
from ui.views.practice import Spoke
from ui.words import say

WIDTH: Final = 340
HEIGHT: Final = 248
_CENTRE: Final = (170.0, 126.0)
_RADIUS: Final = 78.0
_SIZE: Final = 12.0
_LEADING: Final = 16.0
_RINGS: Final = (25, 50, 75, 100)

Point = tuple[float, float]


def radar(spokes: Sequence[Spoke], pass_mark: int, language: Language) -> Markup:
    """Axes clockwise from the top; an axis without a value has no corner and says that it is not scored.

    The outline joins only neighbouring axes that both have a value, so a gap stays a gap.
    """
    count = len(spokes)
    if count < 3:
        return NOTHING
    described = say("list_comma", language).join(f"{s.name} {_value_words(s, language)}" for s in spokes)
    body = joined(
        (
            joined(_ring(level, count) for level in _RINGS),
            joined(_axis(k, count) for k in range(count)),
            _outline([s.last for s in spokes], "pp-radar__last"),
            _outline([s.value for s in spokes], "pp-radar__now"),
            joined(_corner(k, count, s.value) for k, s in enumerate(spokes) if s.value is not None),
            joined(_axis_label(k, count, s, pass_mark, language) for k, s in enumerate(spokes)),
        )
    )
    return Markup(
        '<svg class="pp-radar" viewBox="0 0 {w} {h}" role="img" aria-labelledby="radar-title radar-desc">'
        '<title id="radar-title">{title}</title><desc id="radar-desc">{desc}</desc>{body}</svg>'
    ).format(w=WIDTH, h=HEIGHT, title=say("dimensions", language), desc=described, body=body)


def _at(k: int, count: int, value: float) -> Point:
    angle = -pi / 2 + 2 * pi * k / count
    reach = _RADIUS * max(0.0, min(100.0, value)) / 100
    return _CENTRE[0] + reach * cos(angle), _CENTRE[1] + reach * sin(angle)


def _path(points: Sequence[Point], *, closed: bool) -> str:
    body = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{body}{'Z' if closed else ''}"


def _ring(level: int, count: int) -> Markup:
    return Markup('<path class="pp-radar__ring" d="{}"/>').format(
        _path([_at(k, count, level) for k in range(count)], closed=True)
    )


def _axis(k: int, count: int) -> Markup:
    return Markup('<path class="pp-radar__ring" d="{}"/>').format(
        _path([_CENTRE, _at(k, count, 100)], closed=False)
    )


def _outline(values: Sequence[float | None], css: str) -> Markup:
    count = len(values)
    known = [v for v in values if v is not None]
    if len(known) == count:
        return Markup('<path class="{css}" d="{d}"/>').format(
            css=css, d=_path([_at(k, count, v) for k, v in enumerate(known)], closed=True)
        )
    sides = []
    for k in range(count):
        here, there = values[k], values[(k + 1) % count]
        if here is not None and there is not None:
            sides.append(_path([_at(k, count, here), _at((k + 1) % count, count, there)], closed=False))
    return (
        Markup('<path class="{css} pp-radar__open" d="{d}"/>').format(css=css, d="".join(sides))
        if sides
        else NOTHING
    )


def _corner(k: int, count: int, value: float) -> Markup:
    x, y = _at(k, count, value)
    return Markup('<circle class="pp-radar__dot" cx="{x}" cy="{y}" r="2.8"/>').format(
        x=f"{x:.1f}", y=f"{y:.1f}"
    )


def _value_words(spoke: Spoke, language: Language) -> str:
    return name("not_scored", language) if spoke.value is None else str(round(spoke.value))


def _axis_label(k: int, count: int, spoke: Spoke, pass_mark: int, language: Language) -> Markup:
    """Name and value on one line where they fit, else the name on its lines and the value below."""
    angle = -pi / 2 + 2 * pi * k / count
    x = _CENTRE[0] + (_RADIUS + 15) * cos(angle)
    y = _CENTRE[1] + (_RADIUS + 17) * sin(angle) + 4
    side = cos(angle)
    anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
    room = WIDTH / 2 if anchor == "middle" else WIDTH - x if anchor == "start" else x
    value = _value_words(spoke, language)
    names = [spoke.name] if width(f"{spoke.name} {value}", _SIZE) <= room else lines(spoke.name, _SIZE, room)
    below = len(names) > 1 or width(f"{spoke.name} {value}", _SIZE) > room
    start = y - _LEADING * (len(names) - 1 + below) / 2
    spans = joined(
        Markup('<tspan x="{x}" y="{y}">{words}</tspan>').format(
            x=f"{x:.1f}", y=f"{start + _LEADING * n:.1f}", words=words
        )
        for n, words in enumerate(names)
    )
    state = " pp-radar__none" if spoke.value is None else " pp-radar__low" if spoke.value < pass_mark else ""
    place = (
        Markup(' x="{x}" y="{y}"').format(x=f"{x:.1f}", y=f"{start + _LEADING * len(names):.1f}")
        if below
        else Markup(' dx="4"')
    )
    return Markup(
        '<text class="pp-radar__name" text-anchor="{anchor}">{spans}'
        '<tspan class="pp-radar__value{state}"{place}>{value}</tspan></text>'
    ).format(anchor=anchor, spans=spans, state=state, place=place, value=value)
