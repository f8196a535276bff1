"""Two branches side by side: what came before, both ways from the fork, and what changed."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, chip, joined
from ui.parts.verdicts import advice_mark
from ui.views.drills import Fork, ForkChange, ForkLine, ForkSide
from ui.words import say


def compare(it: Fork, language: Language) -> Markup:
    """The whole page below the top bar."""
    lead = Markup(
        '<section class="pp-card pp-card--pad pp-lead"><p class="pp-small">{head}</p>'
        '<div class="pp-log"><ol>{rows}</ol></div></section>'
    ).format(head=say("compare_lead", language, n=it.turn - 1), rows=joined(_line(line) for line in it.lead))
    return Markup(
        '<div class="pp-doc pp-compare">{lead}<div class="pp-sides">{old}{new}</div>{changes}</div>'
    ).format(
        lead=lead if it.lead else NOTHING,
        old=_side(it.old, "old"),
        new=_side(it.new, "new"),
        changes=_changes(it, language),
    )


def _side(it: ForkSide, which: str) -> Markup:
    total = Markup('<b class="pp-score pp-figures">{}</b>').format("–" if it.total is None else it.total)
    outcome = chip(it.outcome, it.tone) if it.outcome else NOTHING
    return Markup(
        '<section class="pp-card pp-card--pad pp-forkside pp-forkside--{which}"><div class="pp-head">'
        '<h2><a class="pp-link" href="{href}">{head}</a></h2><span class="pp-forkside__sum">{outcome}{total}</span></div>'
        '<p class="pp-small pp-figures">{ended}</p><p class="pp-note pp-figures">{temper}</p>'
        '<div class="pp-log"><ol>{rows}</ol></div></section>'
    ).format(
        which=which,
        href=it.href,
        head=it.head,
        outcome=outcome,
        total=total,
        ended=it.ended,
        temper=it.temper,
        rows=joined(_line(line) for line in it.lines),
    )


def _line(line: ForkLine) -> Markup:
    return Markup(
        '<li class="pp-turn pp-turn--{role}"><span class="pp-sr">{name}</span><p class="pp-bubble">{text}</p></li>'
    ).format(role=line.role, name=line.name, text=line.text)


def _changes(it: Fork, language: Language) -> Markup:
    if not it.changes:
        body = Markup('<p class="pp-small">{}</p>').format(say("compare_same", language))
    else:
        body = Markup('<ul class="pp-changes">{}</ul>').format(
            joined(_change(one, language) for one in it.changes)
        )
    return Markup(
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{head}</h2></div>{body}</section>'
    ).format(head=say("compare_changed", language), body=body)


def _change(it: ForkChange, language: Language) -> Markup:
    return Markup(
        '<li><span class="pp-tone-{tone}">{sign}<b>{word}</b></span><span>{name}{advice}{quote}</span></li>'
    ).format(
        advice=advice_mark(it.advice, language),
        tone="good" if it.better else "bad",
        sign=icon("check" if it.better else "cross", 14),
        word=it.word,
        name=it.name,
        quote=Markup(' <span class="pp-small">“{}”</span>').format(it.quote) if it.quote else NOTHING,
    )
