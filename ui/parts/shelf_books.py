"""The trainers' handbook page in HTML: the shelf, one handbook with anchors and wordings, a wording looked through."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, joined, link_button, points
from ui.shell import path
from ui.views.shelf import BookPage, BookRow, Checked, SectionRow, WordingRow
from ui.words import say


def add_box(language: Language, text: str = "", *, replaces: bool = False) -> Markup:
    """Where a wording is dropped or pasted."""
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card pp-card--pad pp-fill pp-shelf-add" data-form data-drop>'
        '<h2>{head}</h2><p class="pp-small">{note}</p>'
        '<input type="file" accept=".md,.markdown,.txt" hidden tabindex="-1" aria-hidden="true">'
        '<label><span class="pp-label">{label}</span><textarea name="text" rows="{rows}" spellcheck="false">{text}</textarea></label>'
        '<div class="pp-fill__acts">{check}<button type="button" class="pp-btn" data-does="choose">{choose}</button></div></section></div>'
    ).format(
        head=say("shelf_replace" if replaces else "shelf_add", language),
        note=say("shelf_add_note", language),
        label=say("shelf_text", language),
        rows=16 if text else 6,
        text=text,
        check=act_button(say("shelf_check", language), "check", weight="primary"),
        choose=say("import_choose", language),
    )


def checked(it: Checked, language: Language) -> Markup:
    """What becomes of a wording, and the button that puts it on the shelf."""
    faults = (
        Markup('<h3>{head}</h3><ul class="pp-shelf-faults">{rows}</ul>').format(
            head=say("shelf_faults", language),
            rows=joined(
                Markup('<li><span class="pp-note">{line}</span> {what}</li>').format(line=line, what=what)
                for line, what in it.faults
            ),
        )
        if it.faults
        else points([say("shelf_fine", language)], "check")
    )
    lost = (
        Markup('<p class="pp-advice">{}</p>').format(say("shelf_lost", language, what=it.lost))
        if it.lost
        else NOTHING
    )
    keep = act_button(say("shelf_keep", language), "keep", weight="primary") if it.may_keep else NOTHING
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card pp-card--pad pp-fill pp-shelf-checked" data-form aria-live="polite">'
        '<h2>{title}</h2><p class="pp-small">{fate}</p>{lost}{faults}<textarea name="text" hidden>{text}</textarea>'
        '<div class="pp-fill__acts">{keep}{close}</div></section></div>'
    ).format(
        title=it.title,
        fate=it.fate,
        lost=lost,
        faults=faults,
        text=it.text,
        keep=keep,
        close=act_button(say("shelf_close", language), "close", classes="pp-cancel"),
    )


def rows(books: Sequence[BookRow], language: Language) -> Markup:
    """Every handbook of the shelf."""
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card"><div class="pp-head pp-rows-head"><h2>{head}</h2></div>'
        '<ul class="pp-rows">{rows}</ul></section></div>'
    ).format(head=say("shelf_all", language), rows=joined(_row(one, language) for one in books))


def _row(one: BookRow, language: Language) -> Markup:
    mark = (
        chip(say("shelf_own", language), "accent")
        if one.own
        else chip(say("fresh_sample", language), "line")
        if one.sample
        else NOTHING
    )
    return Markup(
        '<li><a class="pp-row" href="{href}"><span class="pp-row__sign">{sign}</span><span><b>{title}</b>'
        '<span class="pp-note">{note}</span></span><span class="pp-chips pp-chips--tight"><span class="pp-note">{cited}</span>{mark}</span>{go}</a></li>'
    ).format(
        href=path(language, "shelf", id=one.id),
        sign=icon("handbook"),
        title=one.title,
        note=one.note,
        cited=one.cited,
        mark=mark,
        go=icon("right"),
    )


def one_book(it: BookPage, language: Language) -> Markup:
    """One handbook: its sections with who cites them, and its wordings."""
    read = link_button(say("shelf_read", language), path(language, "handbook", book=it.id), sign="handbook")
    off = (
        act_button(say("shelf_remove", language), "remove", id=it.id, weight="quiet", small=True)
        if it.own
        else NOTHING
    )
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-card pp-card--pad"><div class="pp-head"><h2>{id}</h2>{read}</div>'
        '<div class="pp-sheet" tabindex="0"><table><thead><tr><th scope="col">{section}</th><th scope="col">{anchor}</th>'
        '<th scope="col">{who}</th></tr></thead><tbody>{sections}</tbody></table></div></section>'
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{history}</h2>{off}</div><ol class="pp-trail">{wordings}</ol></section></div>'
    ).format(
        id=it.id,
        read=read,
        section=say("shelf_section", language),
        anchor=say("shelf_anchor", language),
        who=say("shelf_who_cites", language),
        sections=joined(_section(one, it.id, language) for one in it.sections),
        history=say("shelf_history", language),
        off=off,
        wordings=joined(_wording(one, it.id, language) for one in it.wordings),
    )


def _section(one: SectionRow, book: str, language: Language) -> Markup:
    cases = joined(
        Markup('<a href="{href}">{title}</a>').format(href=path(language, "case", id=id), title=title)
        for id, title in one.cases[:3]
    )
    more = (
        Markup('<span class="pp-note">+{}</span>').format(len(one.cases) - 3)
        if len(one.cases) > 3
        else NOTHING
    )
    return Markup(
        '<tr><td>{title}</td><td><a href="{href}#{anchor}">#{anchor}</a></td><td class="pp-shelf-who">{cases}{more}</td></tr>'
    ).format(
        title=one.title, href=path(language, "handbook", book=book), anchor=one.anchor, cases=cases, more=more
    )


def _wording(one: WordingRow, book: str, language: Language) -> Markup:
    act = (
        chip(say("shelf_now", language), "good")
        if one.now
        else act_button(say("shelf_restore", language), "restore", id=f"{book}@{one.version}", small=True)
    )
    return Markup('<li><span class="pp-figures">{words}</span>{act}</li>').format(words=one.words, act=act)
