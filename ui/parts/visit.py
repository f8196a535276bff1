"""A visit's page: transcript and record, player and actions."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, act_button, clock, link_button
from ui.parts.fields import record
from ui.parts.player import player
from ui.parts.transcript import transcript
from ui.shell import path
from ui.views.visits import Visit
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


def as_case(it: Visit, language: Language) -> Markup:
    """The way from a visit to the case bank: a masked draft of it."""
    return link_button(say("visit_as_case", language), path(language, "trainer", visit=it.id), sign="trainer")


def foot(it: Visit, language: Language) -> Markup:
    """The one next thing: the drill that fits, or the shelf."""
    return Markup('<div class="pp-acts">{}</div>').format(_acts(it, language))


def _acts(it: Visit, language: Language) -> Markup:
    if it.drill is None:
        return link_button(say("home_practice_go", language), path(language, "practice"))
    fits = act_button(say("drill_this", language), "drill", id=it.drill.wanted, weight="primary")
    return Markup('{fits}<span class="pp-small">{words}</span>').format(fits=fits, words=it.drill.words)
