"""The page of visits: the box for files, the queue of what is on its way, the list of what is there."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.privacy.consent import Agreed
from coach.vocabulary import Language
from ui.asking import asking
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, clock, empty, joined
from ui.parts.consent import asked
from ui.parts.rows import recent_row
from ui.views.home import Recent
from ui.views.queue import QueueRow
from ui.words import say


def narrow(content: Markup) -> Markup:
    """Something between the box and the lists."""
    return Markup('<div class="pp-doc pp-doc--narrow">{}</div>').format(content)


def adding(language: Language, accept: str, *, stays: bool, agreed: Agreed | None = None) -> Markup:
    """The head of the page and the box where files land; `agreed` is what was said last time."""
    where = "visits_stays_server" if asking() else "visits_stays"
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-lede"><h2>{title}</h2><p>{lede}</p>'
        "</section>{box}{stays}</div>"
    ).format(
        title=say("home_visit", language),
        lede=say("visits_lede", language),
        box=_drop_box(language, accept, agreed),
        stays=Markup('<p class="pp-note">{}</p>').format(say(where, language)) if stays else NOTHING,
    )


def _drop_box(language: Language, accept: str, agreed: Agreed | None) -> Markup:
    """Where files land, several at once, and the samples that need none."""
    return Markup(
        '<section class="pp-drop-box" data-drop aria-label="{label}">{sign}<b>{head}</b>'
        '<span class="pp-note">{kinds}</span>'
        '<input type="file" accept="{accept}" multiple hidden tabindex="-1" aria-hidden="true">'
        '<div class="pp-chips">'
        '<button type="button" class="pp-btn pp-btn--primary" data-does="choose">{choose}</button>'
        "{sample}{text}</div>"
        '<div class="pp-drop-box__form"><label class="pp-day"><span class="pp-label">{day}</span>'
        '<input type="date"><span class="pp-note">{why}</span></label>'
        "{consent}</div></section>"
    ).format(
        label=say("visits_add", language),
        sign=icon("upload", 24),
        head=say("visits_drop", language),
        kinds=say("visits_kinds", language),
        accept=accept,
        choose=say("visits_choose", language),
        sample=act_button(say("visits_sample", language), "sample"),
        text=act_button(say("visits_sample_text", language), "sample-text", weight="quiet"),
        day=say("visits_day", language),
        why=say("visits_day_note", language),
        consent=asked(agreed, language),
    )


def queue(rows: Sequence[QueueRow], language: Language, waits_for: str = "") -> Markup:
    """What is on its way; nothing when nothing is. The page asks again while a row moves.

    `waits_for` is the job whose visit the page opens as soon as it is there.
    """
    if not rows and not waits_for:
        return NOTHING
    poll = (
        Markup(' data-poll="{}"').format(waits_for) if waits_for or any(r.moving for r in rows) else NOTHING
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow"{poll}><section class="pp-card pp-queue" aria-label="{title}">'
        '<div class="pp-head pp-rows-head"><h2>{title}</h2><span class="pp-note">{leave}</span></div>'
        '<ul class="pp-rows">{rows}</ul></section></div>'
    ).format(
        poll=poll,
        title=say("queue_title", language),
        leave=say("queue_leave", language),
        rows=joined(_job(row, language) for row in rows),
    )


def _job(row: QueueRow, language: Language) -> Markup:
    """One row: name, state, how far, what is wrong with the way on, what was heard until now."""
    away = say("job_cancel" if row.moving else "job_away", language)
    acts = [act_button(away, "cancel", id=row.id, weight="quiet", small=True)]
    if row.may_retry:
        acts.insert(0, act_button(say("job_retry", language), "retry", id=row.id, small=True))
    return Markup(
        '<li class="pp-job" data-job="{id}"><div class="pp-job__head"><b>{name}</b>{state}'
        '<span class="pp-small pp-figures">{note}</span><span class="pp-job__acts">{acts}</span></div>'
        "{bar}{why}{heard}</li>"
    ).format(
        id=row.id,
        name=row.name,
        state=chip(row.state, row.tone),
        note=row.note,
        acts=joined(acts),
        bar=_bar(row),
        why=_why(row),
        heard=_heard(row, language),
    )


def _bar(row: QueueRow) -> Markup:
    if row.part is None:
        return NOTHING
    return Markup(
        '<div class="pp-bar" role="progressbar" aria-label="{name}" aria-valuemin="0" aria-valuemax="100" '
        'aria-valuenow="{n}"><i style="width:{n}%"></i></div>'
    ).format(name=row.name, n=round(100 * row.part))


def _why(row: QueueRow) -> Markup:
    if not row.trouble:
        return NOTHING
    return Markup('<p class="pp-job__why"><b>{trouble}</b> {way_on}</p>').format(
        trouble=row.trouble, way_on=row.way_on
    )


def _heard(row: QueueRow, language: Language) -> Markup:
    if not row.heard:
        return NOTHING
    lines = joined(
        Markup('<li><span class="pp-said-at pp-figures">{at}</span><span>{words}</span></li>').format(
            at=clock(at), words=words
        )
        for at, words in row.heard
    )
    return Markup(
        '<details class="pp-job__heard" data-key="{key}"><summary>{head}</summary><ul>{lines}</ul></details>'
    ).format(key=row.id, head=say("job_heard", language, n=len(row.heard)), lines=lines)


def recent(rows: Sequence[Recent], language: Language) -> Markup:
    """The visits that are there."""
    listed = (
        Markup('<ul class="pp-rows">{}</ul>').format(joined(recent_row(row) for row in rows))
        if rows
        else empty(say("visits_empty", language))
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card">'
        '<div class="pp-head pp-rows-head"><h2>{title}</h2></div>{listed}</section></div>'
    ).format(title=say("visits_recent", language), listed=listed)
