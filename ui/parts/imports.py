"""The import page in HTML: the box for files, how they were understood, what becomes of every row, what is wrong."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.addresses import faults_file
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, joined, link_button
from ui.shell import path
from ui.views.imports import FaultLine, ImportView, RowLine, SheetCols
from ui.words import say


def drop(language: Language, accept: str) -> Markup:
    """Where files land."""
    return Markup(
        '<div class="pp-doc pp-doc--narrow"><section class="pp-lede"><h2>{head}</h2><p>{lede}</p></section>'
        '<section class="pp-drop-box" data-drop aria-label="{label}">{sign}<b>{drop}</b>'
        '<span class="pp-note">{kinds}</span>'
        '<input type="file" accept="{accept}" multiple hidden tabindex="-1" aria-hidden="true">'
        '<div class="pp-chips"><button type="button" class="pp-btn pp-btn--primary" data-does="choose">{choose}</button></div>'
        '</section><p class="pp-note">{note}</p></div>'
    ).format(
        head=say("import_head", language),
        lede=say("import_lede", language),
        label=say("import_head", language),
        sign=icon("upload", 24),
        drop=say("import_drop", language),
        kinds=say("import_kinds", language),
        accept=accept,
        choose=say("import_choose", language),
        note=say("import_note", language),
    )


def tray(it: ImportView, language: Language) -> Markup:
    """One tray: its head, then what the look or the import came to."""
    here = path(language, "imports", id=it.id)
    poll = Markup(' data-poll="{}"').format(it.id) if it.phase in ("looking", "importing") else NOTHING
    return Markup(
        '<div class="pp-doc pp-doc--narrow pp-tray pp-fill" data-form{poll}><span hidden data-here="{here}"></span>{head}{body}</div>'
    ).format(poll=poll, here=here, head=_head(it, language), body=_body(it, language))


def _head(it: ImportView, language: Language) -> Markup:
    tone = {"looked": "accent", "imported": "good", "failed": "bad"}.get(it.phase, "")
    names = say("list_comma", language).join(it.names[:3])
    more = say("import_more_files", language, n=len(it.names) - 3) if len(it.names) > 3 else ""
    away = act_button(
        say("import_away", language), "away", id=it.id, weight="quiet", small=True, classes="pp-tray__away"
    )
    return Markup(
        '<section class="pp-card pp-card--pad pp-tray__head"><div class="pp-head"><h2>{names}{more}</h2>{chip}{away}</div>{how}</section>'
    ).format(
        names=names,
        more=more,
        chip=chip(say(f"import_phase_{it.phase}", language), tone),  # type: ignore[arg-type]
        away=away if it.phase not in ("looking", "importing") else NOTHING,
        how=_how(it, language),
    )


def _how(it: ImportView, language: Language) -> Markup:
    """How far it is, what it came to, or why it stopped; and the one next step."""
    if it.phase in ("looking", "importing"):
        share = round(100 * it.share) if it.share is not None else 0
        bar = (
            Markup('<div class="pp-bar" aria-hidden="true"><i style="width:{}%"></i></div>').format(share)
            if it.share is not None
            else NOTHING
        )
        return Markup('<p class="pp-small pp-figures" role="status">{said}</p>{bar}').format(
            said=say(f"import_far_{it.phase}", language, n=it.done), bar=bar
        )
    if it.phase == "failed":
        what, then = it.trouble
        return Markup(
            '<div class="pp-advice" role="alert"><p>{what}</p><p>{then}</p></div><p>{again}</p>'
        ).format(
            what=what,
            then=then,
            again=act_button(say("import_again", language), "map", id=it.id, weight="primary"),
        )
    figures = joined(
        Markup('<div><b class="pp-figures">{n}</b><span class="pp-note">{word}</span></div>').format(
            n=n, word=word
        )
        for word, n in it.figures
    )
    masked = (
        Markup('<p class="pp-small">{}</p>').format(say("import_masked", language, what=it.masked))
        if it.masked
        else NOTHING
    )
    return Markup(
        '<div class="pp-tray__figures">{figures}</div>{masked}<div class="pp-tray__acts">{acts}</div>'
    ).format(figures=figures, masked=masked, acts=_acts(it, language))


def _acts(it: ImportView, language: Language) -> Markup:
    faults = (
        Markup('<a class="pp-btn pp-btn--quiet" href="{href}" download>{sign}{words}</a>').format(
            href=faults_file(it.id, language),
            sign=icon("download", 15),
            words=say("import_fault_file", language),
        )
        if it.bad
        else NOTHING
    )
    if it.phase == "imported":
        review = (
            link_button(say("import_to_review", language), path(language, "trainer"), weight="primary")
            if it.cases
            else NOTHING
        )
        return review + link_button(say("import_more", language), path(language, "imports")) + faults
    again = act_button(say("import_look_again", language), "map", id=it.id)
    if not it.kept:
        return again + faults
    go = act_button(say("import_go", language, n=it.kept), "go", id=it.id, weight="primary")
    return go + again + faults


def _body(it: ImportView, language: Language) -> Markup:
    parts = [_choices(it, language)] if it.phase in ("looked", "failed") else []
    if it.phase in ("looked", "imported"):
        parts += [_faults(it, language), _rows(it, language)]
    return joined(parts)


def _choices(it: ImportView, language: Language) -> Markup:
    """What the one who imports may correct: columns, what documents are, where cases go."""
    sheets = joined(_sheet(sheet, it, language) for sheet in it.sheets)
    as_ = _select("as", say("import_as", language), _AS, it.as_, language) if it.documents else NOTHING
    state = _select("state", say("import_state", language), _STATE, it.state, language)
    note = (
        Markup('<p class="pp-small">{}</p>').format(say("import_columns_note", language))
        if it.sheets
        else NOTHING
    )
    return Markup(
        '<section class="pp-card pp-card--pad"><h2>{head}</h2>{note}{sheets}<div class="pp-tray__ways">{as_}{state}</div></section>'
    ).format(head=say("import_understood", language), note=note, sheets=sheets, as_=as_, state=state)


_AS = (("", "import_as_guess"), ("case", "import_as_case"), ("handbook", "import_as_handbook"))
_STATE = (("in_review", "import_state_review"), ("draft", "import_state_draft"))


def _select(
    name: str, label: str, options: tuple[tuple[str, str], ...], now: str, language: Language
) -> Markup:
    return Markup(
        '<label><span class="pp-label">{label}</span><select name="{name}">{options}</select></label>'
    ).format(
        label=label,
        name=name,
        options=joined(_option(value, say(key, language), value == now) for value, key in options),
    )


def _option(value: str, words: str, chosen: bool) -> Markup:
    return Markup('<option value="{value}"{on}>{words}</option>').format(
        value=value, on=Markup(" selected") if chosen else NOTHING, words=words
    )


def _sheet(sheet: SheetCols, it: ImportView, language: Language) -> Markup:
    rows = joined(
        Markup('<label{none}><span>{head}</span><select name="col:{head}">{options}</select></label>').format(
            none=Markup(' class="pp-tray__none"') if not field else NOTHING,
            head=head,
            options=_option("", say("import_no_field", language), not field)
            + joined(_option(key, words, key == field) for key, words in it.fields),
        )
        for head, field in sheet.columns
    )
    return Markup('<h3>{name}</h3><div class="pp-tray__columns">{rows}</div>').format(
        name=sheet.name, rows=rows
    )


def _faults(it: ImportView, language: Language) -> Markup:
    if not it.faults:
        return NOTHING
    more = (
        Markup('<p class="pp-note">{}</p>').format(say("import_faults_more", language))
        if it.bad > len({one.place for one in it.faults})
        else NOTHING
    )
    return Markup(
        '<section class="pp-card pp-card--pad pp-tray__faults"><h2>{head}</h2><ul>{rows}</ul>{more}</section>'
    ).format(
        head=say("import_faults", language, n=it.bad),
        rows=joined(_fault(one, language) for one in it.faults),
        more=more,
    )


def _fault(one: FaultLine, language: Language) -> Markup:
    parts = [part for part in (one.place, one.column) if part]
    held = Markup('<q class="pp-note">{}</q>').format(one.held) if one.held else NOTHING
    return Markup(
        '<li><span class="pp-note">{place}</span><b>{what}</b>{held}<span class="pp-small">{next}</span></li>'
    ).format(place=say("dot", language).join(parts), what=one.what, held=held, next=one.next)


def _rows(it: ImportView, language: Language) -> Markup:
    if not it.rows:
        return NOTHING
    return Markup(
        '<section class="pp-card pp-card--pad"><h2>{head}</h2><div class="pp-sheet" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
        "<tbody>{rows}</tbody></table></div></section>"
    ).format(
        head=say("import_rows", language),
        heads=joined(
            Markup('<th scope="col">{}</th>').format(say(key, language))
            for key in ("import_where", "import_title", "import_becomes")
        ),
        rows=joined(_row(row) for row in it.rows),
    )


def _row(row: RowLine) -> Markup:
    return Markup("<tr><td>{place}</td><td>{title}</td><td>{chip}</td></tr>").format(
        place=row.place, title=row.title, chip=chip(row.fate, row.tone)
    )
