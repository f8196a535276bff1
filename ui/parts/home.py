"""The blocks of the home page: what waits until when, the last scores, the trainer's work."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, chip, joined, link_button
from ui.parts.drills import spark, trend_rows
from ui.parts.live import signed
from ui.shell import path
from ui.views.home import Last, TrainerWork, Wait, Waits
from ui.words import say


def waiting(it: Waits, language: Language) -> Markup:
    """Visits that wait to be confirmed, each with what is left of its 24 hours."""
    href = path(language, "visits")
    foot = (
        Markup('<span class="pp-note">{}</span>').format(say("home_waiting_more", language, n=it.more))
        if it.more
        else NOTHING
    ) + link_button(say("home_see_all" if it.items else "home_visit_go", language), href, small=True)
    return Markup(
        '<section class="pp-card pp-card--pad pp-waits"><div class="pp-head"><h2>{head}</h2></div>{body}'
        '<div class="pp-waits__foot">{foot}</div></section>'
    ).format(
        head=say("home_waiting", language),
        body=_list(it, say("home_waiting_none", language)),
        foot=foot,
    )


def last_scores(it: Last, language: Language) -> Markup:
    """The last scores as a line with their mean; a sentence before there is one."""
    if not it.scores:
        body = Markup('<p class="pp-small">{}</p>').format(say("home_last_none", language))
        rows = NOTHING
    else:
        figures = say("list_comma", language).join(str(score) for score in it.scores)
        moved = chip(signed(it.change), "good" if it.change > 0 else "bad") if it.change else NOTHING
        body = Markup(
            '<div class="pp-last"><span><b class="pp-figures">{last}</b> {moved}</span>{line}'
            '<span class="pp-note">{mean}</span></div>'
        ).format(
            last=it.scores[-1],
            moved=moved,
            line=spark(it.scores, say("home_last_chart", language, scores=figures)),
            mean=say("home_mean", language, n=min(3, len(it.scores)), mean=it.mean),
        )
        rows = Markup('<div class="pp-trends">{}</div>').format(trend_rows(it.trends, language))
    return Markup(
        '<section class="pp-card pp-card--pad pp-waits"><div class="pp-head"><h2>{head}</h2></div>{body}{rows}'
        '<div class="pp-waits__foot">{foot}</div></section>'
    ).format(
        head=say("home_last", language),
        body=body,
        rows=rows,
        foot=link_button(say("home_practice_go", language), path(language, "practice"), small=True),
    )


def trainer(it: TrainerWork, month: Markup, language: Language) -> Markup:
    """What waits for a trainer; `month` is the reminder above both lists."""

    def part(head: str, waits: Waits, none: str, page: str) -> Markup:
        more = (
            Markup('<span class="pp-note">{}</span>').format(say("home_waiting_more", language, n=waits.more))
            if waits.more
            else NOTHING
        )
        go = link_button(say("home_see_all", language), path(language, page), small=True)
        return Markup(
            '<div class="pp-waits"><h3>{head}</h3>{body}<div class="pp-waits__foot">{more}{go}</div></div>'
        ).format(head=say(head, language), body=_list(waits, say(none, language)), more=more, go=go)

    return Markup(
        '<section class="pp-card pp-card--pad pp-trainers"><div class="pp-head"><h2>{head}</h2></div>'
        "{month}{review}{stale}</section>"
    ).format(
        head=say("home_trainer", language),
        month=month,
        review=part("home_review", it.review, "home_review_none", "trainer"),
        stale=part("home_stale", it.stale, "home_stale_none", "coverage"),
    )


def month(words: str, language: Language) -> Markup:
    """The reminder of the month's case, with the way to hand it in; nothing once it is in."""
    if not words:
        return NOTHING
    return Markup('<div class="pp-advice"><span>{words}</span>{go}</div>').format(
        words=words,
        go=link_button(say("home_give", language), path(language, "trainer", new="1"), small=True),
    )


def _list(it: Waits, none: str) -> Markup:
    if not it.items:
        return Markup('<p class="pp-small">{}</p>').format(none)
    return Markup("<ul>{}</ul>").format(joined(_row(one) for one in it.items))


def _row(it: Wait) -> Markup:
    note = Markup('<span class="pp-note">{}</span>').format(it.note) if it.note else NOTHING
    return Markup('<li><a href="{href}"><b>{title}</b>{note}{chip}</a></li>').format(
        href=it.href, title=it.title, note=note, chip=chip(it.chip, it.tone) if it.chip else NOTHING
    )
