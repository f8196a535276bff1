"""The five-action record: fields whose names light up their words, highlights, what is missing, warnings."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language, name
from ui.parts.basics import NOTHING, act_button, chip, clock, joined, points
from ui.views.visits import Action, Entry, Highlight, Input, Visit
from ui.words import say


def record(visit: Visit, language: Language, editing: str = "") -> Markup:
    """The record as one column; the entry with key `editing` is open to be put right."""
    found = sum(bool(action.entries) for action in visit.actions)
    head = Markup(
        '<div class="pp-head"><h2>{head}</h2><span class="pp-small pp-figures">{count}</span></div>'
        '<div class="pp-bar"><i style="width:{part}%"></i></div>'
    ).format(head=say("record", language), count=say("record_found", language, n=found), part=found * 20)
    back = NOTHING
    if visit.removed:
        back = Markup('<p class="pp-small pp-removed">{words} {undo}</p>').format(
            words=say("removed_count", language, n=visit.removed),
            undo=act_button(say("undo", language), "restore", weight="quiet", small=True),
        )
    return Markup('<div class="pp-record">{head}{sides}{actions}{back}{highlights}{warnings}</div>').format(
        head=head,
        sides=_sides(visit, language),
        back=back,
        actions=joined(_action(action, n, language, editing) for n, action in enumerate(visit.actions, 1)),
        highlights=_highlights(visit, language, editing),
        warnings=_warnings(visit.warnings, language),
    )


def _sides(visit: Visit, language: Language) -> Markup:
    """Who is the rep: asked when nobody can tell, swapped with one click when it was guessed wrong."""
    if len(visit.people) < 2:
        return NOTHING
    choices = joined(
        Markup(
            '<button type="button" class="pp-choice" data-act="rep" data-id="{who}" '
            'aria-pressed="{on}">{who}</button>'
        ).format(who=who, on="true" if who == visit.rep else "false")
        for who in visit.people[:6]
    )
    return Markup(
        '<div class="pp-sides{ask}"><span class="pp-small">{words}</span>'
        '<div class="pp-chips pp-chips--tight">{choices}</div></div>'
    ).format(ask="" if visit.rep else " pp-sides--ask", words=say("who_is_rep", language), choices=choices)


def _action(action: Action, number: int, language: Language, editing: str) -> Markup:
    if not action.entries:
        return Markup(
            '<section class="pp-action pp-action--missing"><div class="pp-action__head">'
            '<span class="pp-tile">{n}</span><h3>{name}</h3>{chip}</div>'
            '<p class="pp-small">{advice}</p></section>'
        ).format(
            n=number,
            name=action.name,
            chip=chip(say("record_missing", language), "line", "dash"),
            advice=action.advice,
        )
    return Markup('<section class="pp-action">{}</section>').format(
        joined(
            _entry(entry, action.name, number if k == 0 else None, language, editing)
            for k, entry in enumerate(action.entries)
        )
    )


def _entry(entry: Entry, action: str, number: int | None, language: Language, editing: str) -> Markup:
    """One finding: the first of an action carries its number and name, further ones only their words.

    The title is the button, because the card may hold more than one thing to press.
    """
    words = Markup("{basis}“{quote}”").format(
        basis=say("basis", language) if entry.inferred else "", quote=entry.quote
    )
    title = Markup(
        '<h3><button type="button" class="pp-textbtn" data-does="light" data-field="{key}">{title}'
        "</button></h3>"
    ).format(key=entry.key, title=action if number else words)
    one = len(entry.chips) == 1 and not entry.headline
    below = joined(chip(label, tone) for label, tone in entry.chips) if not one else NOTHING
    return Markup(
        '<div class="pp-entry{more}" data-entry="{key}"><div class="pp-action__head">{tile}{title}{status}'
        "{when}</div>{headline}{chips}{quote}{acts}</div>"
    ).format(
        more="" if number else " pp-entry--more",
        key=entry.key,
        tile=Markup('<span class="pp-tile">{}</span>').format(number) if number else NOTHING,
        title=title,
        status=_status(entry, language, named=number is not None)
        + (chip(*entry.chips[0]) if one else NOTHING),
        when=_when(entry),
        headline=Markup('<p class="pp-action__headline">{}</p>').format(entry.headline)
        if entry.headline
        else NOTHING,
        chips=Markup('<div class="pp-chips pp-chips--tight">{}</div>').format(below) if below else NOTHING,
        quote=Markup('<p class="pp-action__quote">{}</p>').format(words) if number else NOTHING,
        acts=editor(entry.key, entry.inputs, language)
        if entry.key == editing
        else _entry_acts(entry, language),
    )


def _status(entry: Entry, language: Language, *, named: bool) -> Markup:
    """Said or inferred, and whether somebody confirmed it; a further entry says it only when inferred."""
    said = NOTHING
    if named or entry.inferred:
        word = name("inferred" if entry.inferred else "observed", language)
        said = chip(word, "warn" if entry.inferred else "good")
    if entry.changed:
        return said + chip(say("changed", language), "line", "edit")
    return said + chip(say("confirmed", language), "line", "check") if entry.confirmed else said


def _when(entry: Entry) -> Markup:
    if entry.at is None:
        return NOTHING
    return Markup('<span class="pp-action__at pp-figures">{}</span>').format(clock(entry.at))


def _entry_acts(entry: Entry, language: Language) -> Markup:
    """What can be done with the selected entry; the stylesheet shows it only then."""
    confirm = (
        NOTHING
        if entry.confirmed
        else act_button(
            say("confirm", language), "confirm", id=entry.key, sign="check", weight="primary", small=True
        )
    )
    edit = act_button(say("edit", language), "edit", id=entry.key, small=True)
    remove = act_button(say("remove", language), "remove", id=entry.key, weight="quiet", small=True)
    return Markup('<div class="pp-entry__acts">{}</div>').format(confirm + edit + remove)


def editor(key: str, inputs: Sequence[Input], language: Language) -> Markup:
    """What can be put right in an entry, with save and cancel."""
    rows = joined(_input(it, first=k == 0) for k, it in enumerate(inputs))
    return Markup(
        '<div class="pp-edit" data-form>{rows}<div class="pp-edit__acts">{save}{cancel}</div></div>'
    ).format(
        rows=rows,
        save=act_button(say("save", language), "edit-save", id=key, weight="primary", small=True),
        cancel=act_button(say("cancel", language), "close", weight="quiet", small=True, classes="pp-cancel"),
    )


def _input(it: Input, *, first: bool) -> Markup:
    focus = Markup(" data-focus") if first else NOTHING
    if it.kind == "choice":
        body = Markup('<select name="{name}"{focus}>{options}</select>').format(
            name=it.name,
            focus=focus,
            options=joined(
                Markup('<option value="{id}"{on}>{words}</option>').format(
                    id=id, words=words, on=Markup(" selected") if id == it.value else NOTHING
                )
                for id, words in it.choices
            ),
        )
    elif it.kind == "day":
        body = Markup('<input type="date" name="{name}" value="{value}"{focus}>').format(
            name=it.name, value=it.value, focus=focus
        )
    else:
        body = Markup('<textarea name="{name}" rows="2" maxlength="4000"{focus}>{value}</textarea>').format(
            name=it.name, value=it.value, focus=focus
        )
    return Markup('<label class="{wide}"><span class="pp-label">{label}</span>{body}</label>').format(
        wide="pp-edit__wide" if it.kind == "text" else "", label=it.label, body=body
    )


def _highlights(visit: Visit, language: Language, editing: str) -> Markup:
    rows = (("objections", visit.objections), ("decision_roles", visit.roles), ("time_points", visit.times))
    return Markup('<section class="pp-highlights"><h2 class="pp-sr">{head}</h2>{rows}</section>').format(
        head=say("highlights", language),
        rows=joined(_highlight_row(id, chips, language, editing) for id, chips in rows),
    )


def _highlight_row(field: str, chips: Sequence[Highlight], language: Language, editing: str) -> Markup:
    head = name(field, language)
    body = joined(
        Markup(
            '<span class="pp-marked" data-entry="{key}"><button type="button" '
            'class="pp-chip pp-chip--{field} pp-chip--press" data-does="light" data-field="{key}">{words}</button>'
            '<span class="pp-entry__acts">{edit}{remove}</span></span>{editor}'
        ).format(
            field=field,
            key=it.key,
            words=it.words,
            edit=act_button(say("edit", language), "edit", id=it.key, small=True),
            remove=act_button(say("remove", language), "remove", id=it.key, weight="quiet", small=True),
            editor=editor(it.key, it.inputs, language) if it.key == editing else NOTHING,
        )
        for it in chips
    ) or Markup('<span class="pp-note">{}</span>').format(say("nothing_said", language))
    return Markup(
        '<div class="pp-highlight"><span class="pp-small">{head}</span><div class="pp-chips">{body}'
        "</div></div>"
    ).format(head=head, body=body)


def _warnings(warnings: Sequence[str], language: Language) -> Markup:
    if not warnings:
        return NOTHING
    return Markup('<section class="pp-warnings"><h2 class="pp-label">{head}</h2>{list}</section>').format(
        head=say("warnings", language), list=points(warnings, "warning", "pp-list--warn")
    )
