"""A visit's page: transcript and record, player and actions; the box for files; the step under way."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, clock, empty, joined, link_button
from ui.parts.fields import record
from ui.parts.player import player
from ui.parts.rows import recent_row
from ui.parts.transcript import transcript
from ui.shell import path
from ui.views.home import Recent
from ui.views.visits import Visit, Work
from ui.words import say


def said(it: Visit, language: Language) -> Markup:
    """The transcript with its head: day, length, who spoke."""
    facts = [it.day.isoformat()] if it.day else []
    if it.seconds:
        facts.append(clock(it.seconds))
    facts.append(say("list_comma", language).join(it.people))
    head = Markup(
        '<div class="pp-visit__head"><h2>{head}</h2><span class="pp-small pp-figures">{facts}</span></div>'
    ).format(head=say("transcript", language), facts=say("dot", language).join(facts))
    return Markup(
        '<section class="pp-column pp-scroll" tabindex="0" aria-label="{label}">{head}{body}</section>'
    ).format(label=say("transcript", language), head=head, body=transcript(it.turns, language))


def five(it: Visit, language: Language) -> Markup:
    """The record as the column beside the transcript."""
    return Markup(
        '<aside class="pp-column pp-scroll" tabindex="0" aria-label="{label}">{body}</aside>'
    ).format(label=say("record", language), body=record(it, language))


def sound(it: Visit, language: Language) -> Markup:
    """The player, where there is a recording."""
    return player(it.audio, it.seconds or 0, it.wave, language) if it.audio else NOTHING


def foot(it: Visit, language: Language) -> Markup:
    """The one next thing: the drill that fits, or the shelf."""
    return Markup('<div class="pp-acts">{}</div>').format(_acts(it, language))


def _acts(it: Visit, language: Language) -> Markup:
    if it.drill is None:
        return link_button(say("home_practice_go", language), path(language, "practice"))
    fits = link_button(
        say("drill_this", language),
        path(language, "practice", scenario=it.drill.scenario_id),
        weight="primary",
    )
    return Markup('{fits}<span class="pp-small">{words}</span>').format(fits=fits, words=it.drill.words)


def drop_box(language: Language, accept: str) -> Markup:
    """Where a recording or a transcript lands, and the sample that needs neither."""
    return Markup(
        '<section class="pp-drop-box" data-drop aria-label="{label}">{sign}<b>{head}</b>'
        '<span class="pp-note">{kinds}</span>'
        '<input type="file" accept="{accept}" hidden tabindex="-1" aria-hidden="true">'
        '<div class="pp-chips">'
        '<button type="button" class="pp-btn pp-btn--primary" data-does="choose">{choose}</button>'
        "{sample}{text}</div>"
        '<div class="pp-drop-box__form"><label class="pp-day"><span class="pp-label">{day}</span>'
        '<input type="date"><span class="pp-note">{why}</span></label>'
        '<label class="pp-day"><span class="pp-label">{consent}</span>'
        '<input type="text" name="consent" maxlength="200" autocomplete="off">'
        '<span class="pp-note">{consent_why}</span></label></div></section>'
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
        consent=say("consent", language),
        consent_why=say("consent_note", language),
    )


def visits(
    rows: Sequence[Recent], language: Language, accept: str, *, stays: bool, notice: Markup = NOTHING
) -> Markup:
    """The page of visits: the box, then what is there already."""
    listed = (
        Markup('<ul class="pp-rows">{}</ul>').format(joined(recent_row(row) for row in rows))
        if rows
        else empty(say("visits_empty", language))
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-lede"><h2>{title}</h2><p>{lede}</p>'
        "</section>{notice}{box}{stays}"
        '<section class="pp-card"><div class="pp-head pp-rows-head"><h2>{recent}</h2></div>{listed}'
        "</section></div>"
    ).format(
        notice=notice,
        title=say("home_visit", language),
        lede=say("visits_lede", language),
        box=drop_box(language, accept),
        stays=Markup('<p class="pp-note">{}</p>').format(say("visits_stays", language)) if stays else NOTHING,
        recent=say("visits_recent", language),
        listed=listed,
    )


def working(it: Work, language: Language) -> Markup:
    """The step under way with its part done; quiet lines stand where the record will be."""
    part = NOTHING
    if it.part is not None:
        part = Markup(
            '<div class="pp-bar" role="progressbar" aria-valuemin="0" aria-valuemax="100" '
            'aria-valuenow="{n}"><i style="width:{n}%"></i></div>'
        ).format(n=round(100 * it.part))
    lines = joined(
        Markup('<i class="pp-skeleton" style="width:{n}%"></i>').format(n=n) for n in (94, 71, 83, 60)
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow">'
        '<section class="pp-card pp-card--pad pp-wait" role="status"><div class="pp-head"><h2>{step}'
        "</h2>"
        '<span class="pp-small pp-figures">{note}</span></div>{part}<p class="pp-note">{stay}</p>'
        "<div>{lines}</div></section></div>"
    ).format(step=it.step, note=it.note, part=part, stay=say("work_stay", language), lines=lines)
