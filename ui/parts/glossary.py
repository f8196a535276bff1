"""The glossary page in HTML: the team's words, the shipped ones, and the form for one word."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, empty, joined
from ui.views.glossary import GlossaryView, TermForm, TermRow
from ui.words import say


def lede(language: Language) -> Markup:
    """What the words are for."""
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-lede"><p>{words}</p></section></div>'
    ).format(words=say("gloss_lede", language))


def term_form(it: TermForm | None, language: Language) -> Markup:
    """The form for a new word or for one of the list; a button while there is none."""
    if it is None:
        return Markup('<div class="pp-doc pp-doc--narrow pp-gloss__add">{}</div>').format(
            act_button(say("gloss_add", language), "edit", weight="primary")
        )
    close = act_button(say("gloss_close", language), "close", classes="pp-cancel")
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card pp-card--pad pp-fill pp-gloss__form" data-form>'
        "<h2>{head}</h2><div>{word}{kind}{told}</div>{aliases}{note}"
        '<div class="pp-fill__acts">{save}{close}</div></section></div>'
    ).format(
        head=it.word or say("gloss_add", language),
        word=_input("word", say("gloss_word", language), it.word, say("gloss_word_hint", language)),
        kind=_select("kind", say("gloss_kind", language), it.kinds, it.kind),
        told=_select("language", say("gloss_language", language), it.languages, it.language),
        aliases=_input("aliases", say("gloss_aliases", language), it.aliases),
        note=_input("note", say("gloss_note", language), it.note),
        save=act_button(say("gloss_save", language), "save", id=it.key, weight="primary"),
        close=close,
    )


def _input(name: str, label: str, value: str, hint: str = "") -> Markup:
    return Markup(
        '<label><span class="pp-label">{label}</span>'
        '<input type="text" name="{name}" value="{value}" placeholder="{hint}" maxlength="600" autocomplete="off"{focus}></label>'
    ).format(
        label=label,
        name=name,
        value=value,
        hint=hint,
        focus=Markup(" data-focus") if name == "word" else NOTHING,
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]], now: str) -> Markup:
    return Markup(
        '<label><span class="pp-label">{label}</span><select name="{name}">{options}</select></label>'
    ).format(
        label=label,
        name=name,
        options=joined(
            Markup('<option value="{value}"{on}>{words}</option>').format(
                value=value, on=Markup(" selected") if value == now else NOTHING, words=words
            )
            for value, words in options
        ),
    )


def terms(it: GlossaryView, language: Language) -> Markup:
    """The team's words, then the shipped ones, which can be put over."""
    own = (
        Markup('<ul class="pp-gloss">{}</ul>').format(
            joined(_term(row, language, own=True) for row in it.own)
        )
        if it.own
        else empty(say("gloss_own_none", language))
    )
    shipped = Markup('<ul class="pp-gloss">{}</ul>').format(
        joined(_term(row, language, own=False) for row in it.shipped)
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card"><div class="pp-head pp-rows-head"><h2>{head}</h2></div>{own}</section>'
        '<details class="pp-card pp-gloss__shipped" data-key="gloss-shipped"><summary>{more}{down}</summary>{shipped}</details></div>'
    ).format(
        head=say("gloss_own", language),
        own=own,
        more=say("gloss_shipped", language, n=len(it.shipped)),
        down=icon("down", 15),
        shipped=shipped,
    )


def _term(row: TermRow, language: Language, *, own: bool) -> Markup:
    edit = act_button(
        say("gloss_edit" if own else "gloss_over", language), "edit", id=row.key, weight="quiet", small=True
    )
    remove = (
        act_button(say("gloss_remove", language), "remove", id=row.key, weight="quiet", small=True)
        if own
        else NOTHING
    )
    aliases = (
        Markup('<span class="pp-small">{}</span>').format(say("list_comma", language).join(row.aliases))
        if row.aliases
        else NOTHING
    )
    note = Markup('<span class="pp-note">{}</span>').format(row.note) if row.note else NOTHING
    return Markup(
        '<li lang="{lang}"><div><b>{word}</b>{kind}{aliases}</div>{note}<span class="pp-gloss__acts">{edit}{remove}</span></li>'
    ).format(
        lang="zh-CN" if row.language == "zh" else "en",
        word=row.word,
        kind=chip(row.kind, "line"),
        aliases=aliases,
        note=note,
        edit=edit,
        remove=remove,
    )
