"""The text of a scenario and its form, in HTML: two faces of one thing, of which the browser shows one and keeps both in step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, joined
from ui.views.scenarios import Written
from ui.words import say

_FIELDS: Final = (
    ("title", 0),
    ("customer", 0),
    ("job", 0),
    ("situation", 3),
    ("goal", 2),
    ("objections", 3),
    ("points", 7),
    ("expert", 4),
)
"""Fields of the form with their rows; 0 is a single line."""
_MORE: Final = 2
"""Rows by which the fields are taller where the form has the page to itself."""


def outline_fields(
    language: Language, values: Mapping[str, str] | None = None, *, locked: bool = False
) -> Markup:
    """The usual fields of one page, empty or with these values."""
    there = values or {}
    off = Markup(" readonly") if locked else NOTHING
    more = 0 if values is None else _MORE
    return joined(
        Markup(
            '<label class="pp-field{wide}"><span class="pp-label">{label}</span>{box}<span class="pp-note">{note}</span></label>'
        ).format(
            wide=" pp-field--wide" if rows else "",
            label=say(f"scenario_form_{key}", language),
            box=Markup('<textarea name="{}" rows="{}" maxlength="20000"{}>\n{}</textarea>').format(
                key, rows + more, off, there.get(key, "")
            )
            if rows
            else Markup(
                '<input type="text" name="{}" maxlength="200" autocomplete="off" value="{}"{}>'
            ).format(key, there.get(key, ""), off),
            note=say(f"scenario_form_{key}_note", language),
        )
        for key, rows in _FIELDS
    )


def editor(it: Written, language: Language) -> Markup:
    """The text, whose lines the browser numbers, and the form beside it; one of the two is shown."""
    note = (
        Markup('<p class="pp-advice">{}</p>').format(say("scenario_locked", language))
        if it.locked
        else NOTHING
    )
    views = joined(
        Markup(
            '<button type="button" class="pp-pill" data-does="view" data-view="{view}" aria-pressed="{on}">{words}</button>'
        ).format(
            view=view, on="true" if view == "text" else "false", words=say(f"scenario_view_{view}", language)
        )
        for view in ("text", "form")
    )
    return Markup(
        '<section class="pp-card pp-writing" data-form="text" data-view="text"><div class="pp-head"><h2>{head}</h2>'
        '<div class="pp-pills" role="group" aria-label="{how}">{views}</div></div>{note}'
        '<div class="pp-code" data-editor><div class="pp-code__lines" aria-hidden="true"></div><label class="pp-sr" for="pp-code-text">'
        '{label}</label><textarea id="pp-code-text" name="text" spellcheck="false" autocapitalize="off" autocomplete="off" '
        'wrap="off"{locked}>\n{text}</textarea></div><div class="pp-formed pp-outline" data-formed>'
        '<p class="pp-advice pp-formed__broken">{broken}</p><fieldset class="pp-outline__fields"{off}><legend class="pp-sr">{legend}</legend>'
        "{fields}</fieldset></div></section>"
    ).format(
        head=say("scenario_text", language),
        how=say("scenario_view", language),
        views=views,
        note=note,
        label=say("scenario_text_label", language),
        locked=Markup(" readonly") if it.locked else NOTHING,
        text=it.text,
        broken=say("scenario_view_broken", language),
        off=Markup(" disabled") if it.answers is None else NOTHING,
        legend=say("scenario_view_form", language),
        fields=outline_fields(language, it.answers or {}, locked=it.locked),
    )


def in_step(it: Written, *, text: bool = False) -> Markup:
    """What the browser fills into the other face; with `text` the text too, which only the form changes from here."""
    stamp = hashlib.sha256(it.text.encode()).hexdigest()[:16]
    return Markup('<span hidden data-sync="{stamp}" data-answers="{answers}"{text}></span>').format(
        stamp=stamp,
        answers=json.dumps(it.answers, ensure_ascii=False),
        text=Markup(' data-text="{}"').format(it.text) if text else NOTHING,
    )
