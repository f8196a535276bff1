"""The post-visit form: clock, gaps, five actions, what only the rep knows, drafts to copy."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.addresses import visit_file, visit_forms
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, joined, link_button, points
from ui.pdf import browser
from ui.shell import path
from ui.views.form import DraftText, Form, FormAction
from ui.words import say


def form(it: Form, language: Language, *, kept: bool = False) -> Markup:
    """The whole page below the top bar; `kept` says that it was saved just now."""
    said = Markup('<span class="pp-small" role="status">{}</span>').format(say("form_kept", language))
    hand_in = act_button(
        say("save" if it.due.handed_in else "form_hand_in", language),
        "hand-in",
        sign="check",
        weight="primary",
    )
    keep = NOTHING if it.due.handed_in else act_button(say("form_keep", language), "keep")
    return Markup(
        '<div class="pp-doc pp-doc--narrow pp-fill" data-form>{clock}'
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{five}</h2>{correct}</div>'
        '<ol class="pp-fill__five">{actions}</ol></section>'
        '<section class="pp-card pp-card--pad pp-fill__yours"><h2>{yours}</h2>{notes}'
        '<div class="pp-fill__acts">{hand_in}{keep}{said}</div></section>'
        '<section class="pp-card pp-card--pad pp-drafts"><div class="pp-head"><h2>{drafts_head}</h2></div>'
        '<p class="pp-small">{drafts_note}</p>{drafts}<div class="pp-drafts__calendar">{calendar}{files}</div>'
        "</section></div>"
    ).format(
        clock=_clock(it, language),
        five=say("form_five", language),
        correct=link_button(
            say("form_correct", language), path(language, "visit", id=it.id), weight="quiet", small=True
        ),
        actions=joined(_action(one, n, language) for n, one in enumerate(it.actions, 1)),
        yours=say("form_yours", language),
        notes=joined(_note(*one) for one in it.notes),
        hand_in=hand_in,
        keep=keep,
        said=said if kept else NOTHING,
        drafts_head=say("form_drafts", language),
        drafts_note=say("form_drafts_note", language),
        drafts=joined(_draft(one, language) for one in it.drafts),
        calendar=_calendar(it, language),
        files=joined(
            Markup('<a class="pp-btn pp-btn--quiet" href="{href}" download>{sign}{words}</a>').format(
                href=visit_file(it.id, one, language),
                sign=icon("download", 15),
                words=say(f"download_{one}", language),
            )
            for one in visit_forms(pdf=browser() is not None)
            if one != "ics"
        ),
    )


def _clock(it: Form, language: Language) -> Markup:
    gaps = (
        Markup('<h2 class="pp-label">{head}</h2>{list}').format(
            head=say("form_gaps", language), list=points(it.gaps, "dash", "pp-list--warn")
        )
        if it.gaps
        else Markup('<p class="pp-small">{}</p>').format(say("form_whole", language))
    )
    return Markup(
        '<section class="pp-card pp-card--pad pp-fill__clock"><div class="pp-fill__due">'
        '<b class="pp-figures pp-tone-{tone}">{words}</b><span class="pp-small">{when}</span></div>{gaps}</section>'
    ).format(tone=it.due.tone or "none", words=it.due.words, when=it.when, gaps=gaps)


def _action(it: FormAction, number: int, language: Language) -> Markup:
    entries = joined(
        Markup("<li>{headline}<span>“{quote}”</span>{chips}</li>").format(
            headline=Markup("<b>{}</b> ").format(one.headline) if one.headline else NOTHING,
            quote=one.quote,
            chips=joined(chip(label, tone) for label, tone in one.chips),
        )
        for one in it.entries
    )
    body = Markup('<ul class="pp-fill__said">{}</ul>').format(entries) if it.entries else NOTHING
    add = NOTHING
    if not it.entries or it.added:
        add = Markup(
            '<label><span class="pp-note">{label}</span><textarea name="{name}" rows="2" maxlength="4000">'
            "{value}</textarea></label>"
        ).format(label=say("form_add", language), name=it.id, value=it.added)
    return Markup('<li><span class="pp-tile">{n}</span><div><h3>{name}</h3>{body}{add}</div></li>').format(
        n=number, name=it.name, body=body, add=add
    )


def _note(key: str, label: str, value: str) -> Markup:
    return Markup(
        '<label><span class="pp-label">{label}</span>'
        '<textarea name="{key}" rows="2" maxlength="4000">{value}</textarea></label>'
    ).format(label=label, key=key, value=value)


def _draft(it: DraftText, language: Language) -> Markup:
    places = chip(say("form_places", language, n=it.places), "warn") if it.places else NOTHING
    subject = Markup("<b>{}</b>\n\n").format(it.subject) if it.subject else NOTHING
    return Markup(
        '<article class="pp-draft" data-copy><div class="pp-head"><h3>{name}</h3>{places}'
        '<button type="button" class="pp-btn pp-btn--small" data-does="copy" data-done="{done}"><span>{copy}'
        '</span><span class="pp-sr">{name}</span></button></div>'
        '<div class="pp-draft__text" data-copied tabindex="0" role="region" aria-label="{name}">{subject}{body}</div></article>'
    ).format(
        name=it.name,
        places=places,
        done=say("copied", language),
        copy=say("copy", language),
        subject=subject,
        body=it.body,
    )


def _calendar(it: Form, language: Language) -> Markup:
    if not it.calendar:
        return Markup('<p class="pp-note">{}</p>').format(say("form_calendar_none", language))
    return Markup('<a class="pp-btn" href="{href}" download>{sign}{words}</a>').format(
        href=visit_file(it.id, "ics", language), sign=icon("clock", 15), words=say("form_calendar", language)
    )
