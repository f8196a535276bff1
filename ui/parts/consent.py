"""Who agreed to a recording, how, and what it may be used for: asked where files land, shown and put right with a visit."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.errors import Words
from coach.privacy.consent import HOW_WORDS, HOWS, NOBODY, SCOPE_WORDS, SCOPES, Agreed, in_words
from coach.vocabulary import Language
from ui.parts.basics import NOTHING, act_button, joined
from ui.words import say


def asked(agreed: Agreed | None, language: Language) -> Markup:
    """Three fields, filled in as last time; how it was said is asked, so "not written down" is no answer."""
    side = 0 if language == "zh" else 1
    now = agreed or Agreed("")
    hows = [(how, HOW_WORDS[how][side]) for how in HOWS if how != "not_said"]
    return Markup(
        '<label class="pp-day"><span class="pp-label">{consent}</span>'
        '<input type="text" name="consent" maxlength="200" autocomplete="off" value="{who}">'
        '<span class="pp-note">{why}</span></label>'
        '<label class="pp-day"><span class="pp-label">{how_head}</span>{how}</label>'
        '<label class="pp-day"><span class="pp-label">{scope_head}</span>{scope}</label>'
    ).format(
        consent=say("consent", language),
        who=now.who,
        why=say("consent_note", language),
        how_head=say("consent_how", language),
        how=_select("how", hows, now.how),
        scope_head=say("consent_scope", language),
        scope=_select("scope", [(one, SCOPE_WORDS[one][side]) for one in SCOPES], now.scope),
    )


def entry(given: Agreed | None, language: Language, *, editing: bool) -> Markup:
    """The entry of one visit, with a way to put it right."""
    words: Words = in_words(given) if given else NOBODY
    if editing:
        body = Markup(
            '<div class="pp-edit pp-consent__form" data-form>{fields}<div class="pp-edit__acts">{save}{cancel}</div></div>'
        ).format(
            fields=asked(given, language),
            save=act_button(say("save", language), "consent-save", weight="primary", small=True),
            cancel=act_button(say("cancel", language), "close", weight="quiet", small=True),
        )
    else:
        body = Markup('<p class="pp-small">{words} {change}</p>').format(
            words=words[0 if language == "zh" else 1],
            change=act_button(say("edit", language), "consent", weight="quiet", small=True),
        )
    return Markup('<section class="pp-consent"><h2 class="pp-label">{head}</h2>{body}</section>').format(
        head=say("consent_entry", language), body=body
    )


def said(who: str, how: str, scope: str) -> Agreed:
    """What a form says; a browser may send anything, so a strange word counts as the usual one."""
    usual = Agreed(who)
    return Agreed(
        who,
        next((one for one in HOWS if one == how), usual.how),
        next((one for one in SCOPES if one == scope), usual.scope),
    )


def _select(name: str, options: Sequence[tuple[str, str]], now: str) -> Markup:
    return Markup('<select name="{name}">{options}</select>').format(
        name=name,
        options=joined(
            Markup('<option value="{id}"{on}>{words}</option>').format(
                id=id, words=words, on=Markup(" selected") if id == now else NOTHING
            )
            for id, words in options
        ),
    )
