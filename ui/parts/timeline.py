"""Trust and patience over one session as an SVG, wide and narrow, and the same data as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, clock, joined
from ui.parts.measure import width
from ui.views.practice import Moment, Turning
from ui.words import say

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the curves stand inside a drawing, in its own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    id: str

    def x(self, at: float, span: float) -> float:
        return self.left + (self.width - self.left - self.right) * (at / span if span else 0)

    def y(self, level: float) -> float:
        return self.top + (self.height - self.top - self.bottom) * (1 - max(0.0, min(100.0, level)) / 100)


WIDE: Final = Frame(740, 250, 40, 46, 74, 30, "wide")
NARROW: Final = Frame(340, 258, 26, 40, 80, 28, "narrow")
_STEPS: Final = (15, 30, 60, 120, 300, 600, 900)


def timeline(moments: Sequence[Moment], turnings: Sequence[Turning], language: Language) -> Markup:
    """Both drawings and the table; the stylesheet shows the drawing that fits."""
    if len(moments) < 2:
        return NOTHING
    return Markup('<div class="pp-curves">{wide}{narrow}{table}</div>').format(
        wide=_drawing(moments, turnings[:3], fitted(WIDE, turnings, language), language),
        narrow=_drawing(moments, turnings[:3], fitted(NARROW, turnings, language), language),
        table=_table(moments, turnings, language),
    )


def fitted(frame: Frame, turnings: Sequence[Turning], language: Language) -> Frame:
    """The frame with room for its own words: level names left, curve names right, labels above only if any."""
    levels = (say(key, language) for key in ("axis_high", "axis_mid", "axis_low"))
    curves = (say(key, language) for key in ("trust_axis", "patience_axis"))
    spare = 0 if turnings else frame.top - 20
    return replace(
        frame,
        left=round(max(width(words, 12) for words in levels)) + 14,
        right=round(max(width(words, 12) for words in curves)) + 14,
        top=frame.top - spare,
    )


def _drawing(
    moments: Sequence[Moment], turnings: Sequence[Turning], frame: Frame, language: Language
) -> Markup:
    span = max(moments[-1].at, 1.0)
    trust = [(frame.x(m.at, span), frame.y(m.trust)) for m in moments]
    patience = [(frame.x(m.at, span), frame.y(m.patience)) for m in moments]
    described = " ".join(f"{clock(t.at)} {t.what} {t.effect}." for t in turnings)
    body = joined(
        (
            _levels(frame, language),
            _ticks(frame, span),
            joined(_drop(t, moments, frame, span) for t in turnings),
            Markup('<path class="pp-curve pp-curve--patience" d="{}"/>').format(smooth(patience)),
            Markup('<path class="pp-curve pp-curve--trust" d="{}"/>').format(smooth(trust)),
            joined(_ring(t, moments, frame, span) for t in turnings),
            _ends(trust[-1], patience[-1], language),
            joined(_labels(turnings, frame, span, language)),
        )
    )
    return Markup(
        '<svg class="pp-timeline pp-timeline--{id}" viewBox="0 0 {w} {h}" role="img" '
        'aria-labelledby="tl-{id}-t tl-{id}-d">'
        '<title id="tl-{id}-t">{title}</title><desc id="tl-{id}-d">{desc}</desc>{body}</svg>'
    ).format(
        id=frame.id, w=frame.width, h=frame.height, title=say("curves", language), desc=described, body=body
    )


def smooth(points: Sequence[Point]) -> str:
    """A path through the points that never overshoots them (monotone cubic, Fritsch and Carlson 1980)."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) if b[0] > a[0] else 0.0 for a, b in pairwise(points)]
    tangents = [slopes[0], *((a + b) / 2 if a * b > 0 else 0.0 for a, b in pairwise(slopes)), slopes[-1]]
    for k, slope in enumerate(slopes):
        if slope == 0:
            tangents[k] = tangents[k + 1] = 0.0
            continue
        steep = max(abs(tangents[k] / slope), abs(tangents[k + 1] / slope))
        if steep > 3:
            tangents[k] *= 3 / steep
            tangents[k + 1] *= 3 / steep
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for k, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        third = (x1 - x0) / 3
        path.append(
            f"C{x0 + third:.1f} {y0 + tangents[k] * third:.1f} "
            f"{x1 - third:.1f} {y1 - tangents[k + 1] * third:.1f} {x1:.1f} {y1:.1f}"
        )
    return "".join(path)


def _levels(frame: Frame, language: Language) -> Markup:
    rows = ((100, "axis_high"), (50, "axis_mid"), (0, "axis_low"))
    return joined(
        Markup(
            '<path class="pp-grid" d="M{x0} {y}H{x1}"/>'
            '<text class="pp-axis" x="{xt}" y="{yt}" text-anchor="end">{words}</text>'
        ).format(
            x0=frame.left,
            x1=frame.width - frame.right,
            y=f"{frame.y(level):.1f}",
            xt=frame.left - 8,
            yt=f"{frame.y(level) + 4:.1f}",
            words=say(key, language),
        )
        for level, key in rows
    )


def _ticks(frame: Frame, span: float) -> Markup:
    step = next((s for s in _STEPS if span / s <= (5 if frame.id == WIDE.id else 4)), _STEPS[-1])
    return joined(
        Markup('<text class="pp-axis" x="{x}" y="{y}" text-anchor="middle">{words}</text>').format(
            x=f"{frame.x(at, span):.1f}", y=frame.height - frame.bottom + 20, words=clock(at)
        )
        for at in range(0, int(span) + 1, step)
    )


def _level(turning: Turning, moments: Sequence[Moment]) -> float:
    """The height of the curve at the turning point, between the moments around it."""

    def value(m: Moment) -> float:
        return m.trust if turning.curve == "trust" else m.patience

    for a, b in pairwise(moments):
        if a.at <= turning.at <= b.at:
            part = (turning.at - a.at) / (b.at - a.at) if b.at > a.at else 1.0
            return value(a) + (value(b) - value(a)) * part
    return value(moments[-1] if turning.at > moments[-1].at else moments[0])


def _drop(turning: Turning, moments: Sequence[Moment], frame: Frame, span: float) -> Markup:
    return Markup('<path class="pp-drop pp-drop--{tone}" d="M{x} {y0}V{y1}"/>').format(
        tone=turning.tone, x=f"{frame.x(turning.at, span):.1f}", y0=frame.top - 30, y1=f"{frame.y(0):.1f}"
    )


def _ring(turning: Turning, moments: Sequence[Moment], frame: Frame, span: float) -> Markup:
    return Markup('<circle class="pp-ringmark pp-ringmark--{tone}" cx="{x}" cy="{y}" r="4.5"/>').format(
        tone=turning.tone, x=f"{frame.x(turning.at, span):.1f}", y=f"{frame.y(_level(turning, moments)):.1f}"
    )


def _ends(trust: Point, patience: Point, language: Language) -> Markup:
    """The curves' names at their ends, pushed apart when the curves meet."""
    apart = patience[1] - trust[1]
    shift = max(0.0, (16 - abs(apart)) / 2)
    down = 1 if apart >= 0 else -1
    return joined(
        Markup('<text class="pp-end pp-end--{id}" x="{x}" y="{y}">{words}</text>').format(
            id=id, x=f"{at[0] + 8:.1f}", y=f"{at[1] + 4 + way * shift:.1f}", words=say(key, language)
        )
        for id, key, at, way in (
            ("trust", "trust_axis", trust, -down),
            ("patience", "patience_axis", patience, down),
        )
    )


def _labels(turnings: Sequence[Turning], frame: Frame, span: float, language: Language) -> list[Markup]:
    """Two lines above each drop line, moved sideways just enough not to touch each other or the edge."""
    ordered = sorted(turnings, key=lambda t: t.at)
    seconds = [f"{clock(t.at)} {t.effect}" for t in ordered]
    widths = [max(width(t.what, 13), width(s, 12)) + 12 for t, s in zip(ordered, seconds, strict=True)]
    centres = [frame.x(t.at, span) for t in ordered]
    rows = [0] * len(ordered)
    for k, wide in enumerate(widths):
        low = wide / 2 if k == 0 else centres[k - 1] + (widths[k - 1] + wide) / 2
        centres[k] = max(centres[k], low)
    edge = float(frame.width)
    for k in range(len(ordered) - 1, -1, -1):
        centres[k] = min(centres[k], edge - widths[k] / 2)
        edge = centres[k] - widths[k] / 2
    if centres and centres[0] < widths[0] / 2:
        # Too much for one line of labels: stagger them on two.
        centres = [
            min(max(frame.x(t.at, span), w / 2), frame.width - w / 2)
            for t, w in zip(ordered, widths, strict=True)
        ]
        rows = [k % 2 for k in range(len(ordered))]
    return [
        Markup(
            '<text class="pp-turnlabel" x="{x}" y="{y}" text-anchor="middle">'
            '<tspan class="pp-turnlabel__what pp-turnlabel--{tone}">'
            '{what}</tspan><tspan x="{x}" dy="1.4em">{when}</tspan></text>'
        ).format(
            x=f"{x:.1f}",
            y=frame.top - 54 - 36 * row + (24 if any(rows) else 0),
            tone=t.tone,
            what=t.what,
            when=s,
        )
        for t, s, x, row in zip(ordered, seconds, centres, rows, strict=True)
    ]


def _table(moments: Sequence[Moment], turnings: Sequence[Turning], language: Language) -> Markup:
    said = {t.at: f"{t.what} {t.effect}" for t in turnings}
    rows = joined(
        Markup("<tr><td>{at}</td><td>{trust}</td><td>{patience}</td><td>{what}</td></tr>").format(
            at=clock(m.at), trust=round(m.trust), patience=round(m.patience), what=said.get(m.at, "")
        )
        for m in moments
    )
    return Markup(
        '<table class="pp-table" hidden><thead><tr><th>{t}</th><th>{a}</th><th>{b}</th><th>{c}</th>'
        "</tr></thead><tbody>{rows}</tbody></table>"
    ).format(
        t=say("col_time", language),
        a=say("trust_axis", language),
        b=say("patience_axis", language),
        c=say("col_what", language),
        rows=rows,
    )
