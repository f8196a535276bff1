"""The head of the practice page: what is due, today's round, and a small line of scores for each objection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, joined, link_button, quote
from ui.parts.live import signed
from ui.shell import path
from ui.views.drills import Due, RoundItem, Today, Trend
from ui.words import say

_WIDE: Final = 120
_HIGH: Final = 28
_LAST: Final = 12


def today(it: Today, language: Language) -> Markup:
    """Due and trend beside each other, the round below."""
    return Markup('<div class="pp-today">{due}{trend}</div>{round}').format(
        due=due(it.due, language) if it.due else NOTHING,
        trend=trends(it.trends, language),
        round=daily_round(it.round, language) if it.round else NOTHING,
    )


def due(it: Due, language: Language) -> Markup:
    """The one thing to practise, why, the customer's words, and the button that begins it."""
    words = say("due_go", language)
    go = (
        act_button(words, "drill", id=it.drill, weight="primary")
        if it.drill
        else link_button(words, path(language, "practice", scenario=it.scenario_id), weight="primary")
    )
    return Markup(
        '<section class="pp-card pp-card--pad pp-due"><div class="pp-head"><h2>{head}</h2>{kind}</div>'
        '<p class="pp-small">{why}</p>{said}{title}<div class="pp-due__foot">{go}</div></section>'
    ).format(
        head=say("due_title", language),
        kind=chip(it.objection, "accent"),
        why=it.why,
        said=quote(it.said, customer=True) if it.said else NOTHING,
        title=Markup('<p class="pp-due__title">{}</p>').format(it.title) if it.title else NOTHING,
        go=go,
    )


def daily_round(items: Sequence[RoundItem], language: Language) -> Markup:
    """Today's scenarios, one a type, with a tick on those that are done."""
    rows = joined(_round_item(item, language) for item in items)
    return Markup(
        '<section class="pp-card pp-card--pad pp-round"><div class="pp-head"><h2>{head}</h2>'
        '<span class="pp-small">{note}</span></div><ul class="pp-round__list">{rows}</ul></section>'
    ).format(head=say("round_title", language), note=say("round_note", language), rows=rows)


def _round_item(item: RoundItem, language: Language) -> Markup:
    tick = Markup('<span class="pp-tick">{}</span><span class="pp-sr">{}</span>').format(
        icon("check", 12), say("round_done", language)
    )
    return Markup(
        '<li><a href="{href}"><span class="pp-small">{kind}</span><b>{title}</b>{tick}</a></li>'
    ).format(
        href=path(language, "practice", scenario=item.scenario_id),
        kind=item.objection,
        title=item.title,
        tick=tick if item.done else NOTHING,
    )


def trends(items: Sequence[Trend], language: Language) -> Markup:
    """One row for each type: its name, the line of its scores, the last one and how they moved."""
    return Markup(
        '<section class="pp-card pp-card--pad pp-trends"><div class="pp-head"><h2>{head}</h2></div>'
        "{rows}</section>"
    ).format(head=say("trend_title", language), rows=trend_rows(items, language))


def trend_rows(items: Sequence[Trend], language: Language) -> Markup:
    """The rows alone."""
    return Markup("<ul>{}</ul>").format(joined(_trend(item, language) for item in items))


def _trend(it: Trend, language: Language) -> Markup:
    if not it.times:
        return Markup('<li><b>{kind}</b><span class="pp-note">{none}</span></li>').format(
            kind=it.objection, none=say("trend_none", language)
        )
    last = Markup('<b class="pp-figures">{}</b>').format(it.scores[-1]) if it.scores else NOTHING
    moved = NOTHING
    if it.change is not None:
        tone = "good" if it.change > 0 else "bad" if it.change < 0 else ""
        moved = chip(signed(it.change), "good" if tone == "good" else "bad" if tone else "")
    return Markup(
        '<li><b>{kind}</b>{line}<span class="pp-trend__now">{last}{moved}</span>'
        '<span class="pp-note pp-figures">{times}</span></li>'
    ).format(
        kind=it.objection,
        line=sparkline(it, language),
        last=last,
        moved=moved,
        times=say("trend_times", language, n=it.times, held=it.held),
    )


def sparkline(it: Trend, language: Language) -> Markup:
    """The last scores as a line from 0 to 100, the newest with a dot; the figures are its title."""
    figures = say("list_comma", language).join(str(score) for score in it.scores[-_LAST:])
    return spark(it.scores, say("trend_chart", language, type=it.objection, scores=figures))


def spark(all_scores: Sequence[int], title: str) -> Markup:
    """The last dozen scores, oldest first, as a line from 0 to 100; `title` says the figures."""
    scores = all_scores[-_LAST:]
    if not scores:
        return Markup("<span></span>")
    step = (_WIDE - 8) / max(1, len(scores) - 1)
    spots = [(4 + index * step, _HIGH - 4 - score * (_HIGH - 8) / 100) for index, score in enumerate(scores)]
    if len(spots) == 1:
        spots = [(_WIDE - 4, spots[0][1])]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    return Markup(
        '<svg class="pp-spark" viewBox="0 0 {wide} {high}" role="img" aria-label="{title}">'
        '<line x1="4" y1="{base}" x2="{end}" y2="{base}"/><polyline points="{line}"/>'
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    ).format(
        wide=_WIDE,
        high=_HIGH,
        base=_HIGH - 4,
        end=_WIDE - 4,
        title=title,
        line=line,
        x=spots[-1][0],
        y=spots[-1][1],
    )
