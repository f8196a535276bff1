"""A visit's page: transcript and record, player and actions."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.addresses import visit_file, visit_forms
from ui.parts.basics import NOTHING, act_button, chip, clock, link_button, menu
from ui.parts.consent import entry as consent_entry
from ui.parts.fields import record
from ui.parts.player import player
from ui.parts.transcript import filters, transcript
from ui.pdf import browser
from ui.shell import path
from ui.views.visits import DueClock, Visit
from ui.words import say


def said(it: Visit, language: Language, editing: int = 0) -> Markup:
    """The transcript with its head: day, length, who spoke, and the marks; line `editing` is open."""
    facts = [it.day.isoformat()] if it.day else []
    if it.seconds:
        facts.append(clock(it.seconds))
    facts.append(say("list_comma", language).join(it.people))
    head = Markup(
        '<div class="pp-visit__head"><h2>{head}</h2><span class="pp-small pp-figures">{facts}</span>{filters}'
        "</div>"
    ).format(
        head=say("transcript", language),
        facts=say("dot", language).join(facts),
        filters=filters(it.turns, language),
    )
    return Markup(
        '<section class="pp-column pp-scroll" tabindex="0" aria-label="{label}">{head}{body}</section>'
    ).format(
        label=say("transcript", language),
        head=head,
        body=transcript(it.turns, language, people=it.people, editing=editing),
    )


def five(it: Visit, language: Language, editing: str = "", *, agreeing: bool = False) -> Markup:
    """The record as the column beside the transcript, then who agreed to what; entry `editing` is open."""
    return Markup(
        '<aside class="pp-column pp-scroll" tabindex="0" aria-label="{label}">{body}</aside>'
    ).format(
        label=say("record", language),
        body=record(it, language, editing) + consent_entry(it.consent, language, editing=agreeing),
    )


def sound(it: Visit, language: Language) -> Markup:
    """The player, where there is a recording."""
    return player(it.audio, it.seconds or 0, it.wave, language) if it.audio else NOTHING


def top_acts(it: Visit, language: Language) -> Markup:
    """What to do with the whole visit: export it, and the form with its clock."""
    due = it.due or DueClock("", "")
    form = link_button(
        say("form_see" if due.handed_in else "form_open", language),
        path(language, "form", id=it.id),
        weight="plain" if due.handed_in else "primary",
    )
    return downloads(it.id, language) + chip(due.words, due.tone, "clock") + form


def downloads(visit_id: str, language: Language) -> Markup:
    """The record as files, behind one button."""
    return menu(
        say("downloads", language),
        [
            (say(f"download_{form}", language), visit_file(visit_id, form, language))
            for form in visit_forms(pdf=browser() is not None)
        ],
    )


def foot(it: Visit, language: Language) -> Markup:
    """The one next thing, the drill that fits or the shelf, and the way into the case bank: a masked draft of it."""
    case = link_button(
        say("visit_as_case", language), path(language, "trainer", visit=it.id), sign="trainer", weight="quiet"
    )
    return Markup('<div class="pp-acts">{}{}</div>').format(_acts(it, language), case)


def _acts(it: Visit, language: Language) -> Markup:
    if it.drill is None:
        return link_button(say("home_practice_go", language), path(language, "practice"))
    fits = act_button(say("drill_this", language), "drill", id=it.drill.wanted, weight="primary")
    return Markup('{fits}<span class="pp-small">{words}</span>').format(fits=fits, words=it.drill.words)
