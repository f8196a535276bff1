"""The calibration page in HTML: one verdict as an exhibit, what comes next, and agreement as bars with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.practice.calibration.agreement import ENOUGH, FLOOR
from coach.reading.engine import Verdict
from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, empty, joined, link_button
from ui.shell import path
from ui.views.calibration import Agreed, Bench, Choice, Exhibit, QueueRow, Standing
from ui.words import say

_SIGN: Final[dict[Verdict, str]] = {"yes": "check", "no": "cross", "not_scored": "dash"}
_OPEN: Final = 10
_TONE: Final[dict[Verdict, str]] = {"yes": "good", "no": "bad", "not_scored": "none"}


def bench_head(it: Bench, which: str, language: Language) -> Markup:
    """What this page is for, how far one is, and the languages to choose from."""
    total = it.open_count + it.voted_count
    share = round(100 * it.voted_count / total) if total else 0
    filters = joined(
        Markup('<a class="pp-pill" href="{href}"{now}>{word}</a>').format(
            href=path(language, "calibration", lang=one),
            now=Markup(' aria-current="true"') if one == which else NOTHING,
            word=say(f"calibration_{one}", language),
        )
        for one in ("zh", "en", "all")
    )
    return Markup(
        '<div class="pp-calib__head"><p class="pp-small">{lede}</p><div class="pp-calib__bar"><nav class="pp-pills"'
        ' aria-label="{label}">{filters}</nav><span class="pp-note pp-figures">{progress}</span></div>'
        '<div class="pp-bar" aria-hidden="true"><i style="width:{share}%"></i></div></div>'
    ).format(
        lede=say("calibration_lede", language),
        label=say("calibration_which", language),
        filters=filters,
        progress=say("calibration_progress", language, done=it.voted_count, left=it.open_count),
        share=share,
    )


def bench(it: Bench, language: Language) -> Markup:
    """The verdict to vote on, or why there is none; what was voted last and what comes next."""
    if it.exhibit is None:
        if it.practised:
            return _last(it.last, language) + Markup('<section class="pp-card">{}</section>').format(
                empty(say("calibration_done", language))
            )
        go = link_button(say("home_practice_go", language), path(language, "practice"), weight="primary")
        return Markup('<section class="pp-card">{}</section>').format(
            empty(say("calibration_none", language), go)
        )
    return _last(it.last, language) + _exhibit(it.exhibit, language) + _next(it.queue, language)


def _last(row: QueueRow | None, language: Language) -> Markup:
    if row is None:
        return NOTHING
    return Markup(
        '<p class="pp-calib__last" role="status"><span>{voted}{dot}{what}</span>{change}</p>'
    ).format(
        voted=say("calibration_last", language, vote=row.note),
        dot=say("dot", language),
        what=row.statement,
        change=Markup(
            '<button type="button" class="pp-textbtn pp-link" data-act="show" data-id="{}">{}</button>'
        ).format(row.id, say("calibration_change", language)),
    )


def _exhibit(it: Exhibit, language: Language) -> Markup:
    return Markup(
        '<section class="pp-card pp-exhibit" data-form="calibration"><div class="pp-exhibit__head"><div class="pp-chips">'
        '{kind}<span class="pp-note">{place}</span></div><h2>{statement}</h2></div>'
        '<div class="pp-exhibit__talk">{customer}{rep}</div>'
        '<div class="pp-exhibit__verdict"><div class="pp-exhibit__word pp-tone-{tone}"><span>{engine}</span><b>{sign}{word}'
        "</b></div>{scale}</div>{odd}{counts}{mine}"
        '<div class="pp-exhibit__vote"><label class="pp-field"><span class="pp-label">{remark}</span>'
        '<input type="text" name="remark" maxlength="1000" placeholder="{hint}" value="{before}"></label>'
        '<div class="pp-exhibit__acts">{choices}{skip}</div><p class="pp-note">{note}{others}</p></div></section>'
    ).format(
        kind=chip(it.kind, "bad" if it.kind == say("calibration_red_line", language) else "line"),
        place=it.place,
        statement=it.statement,
        customer=joined(
            Markup('<p class="pp-exhibit__line"><b>{who}</b><span>{words}</span></p>').format(
                who=who, words=words
            )
            for who, words in it.customer
        ),
        rep=_said(it, language),
        tone=_TONE[it.verdict],
        engine=say("calibration_engine", language),
        sign=icon(_SIGN[it.verdict], 16),
        word=it.word,
        scale=_scale(it, language),
        odd=Markup('<p class="pp-advice">{}</p>').format(it.odd) if it.odd else NOTHING,
        counts=_counts(it, language),
        mine=Markup('<p class="pp-small pp-exhibit__mine">{}</p>').format(
            say("calibration_mine", language, vote=it.mine)
        )
        if it.mine
        else NOTHING,
        remark=say("calibration_remark", language),
        hint=say("calibration_remark_hint", language),
        before=it.remark,
        choices=joined(_choice(one) for one in it.choices),
        skip=act_button(say("calibration_skip", language), "skip", id=it.id, weight="quiet"),
        note=say("calibration_reject_note", language),
        others=f" {it.others}" if it.others else "",
    )


def _said(it: Exhibit, language: Language) -> Markup:
    if not it.quote:
        return Markup('<p class="pp-small">{}</p>').format(say("calibration_no_words", language))
    near = (
        Markup('<span class="pp-note">{}</span>').format(say("calibration_near", language))
        if it.nearest
        else NOTHING
    )
    return Markup(
        '<p class="pp-exhibit__line pp-exhibit__line--rep"><b>{who}</b><span>{head}<mark class="pp-proof{near_class}">'
        "{quote}</mark>{tail}</span></p>{near}"
    ).format(
        who=say("calibration_rep", language),
        head=it.head,
        quote=it.quote,
        tail=it.tail,
        near=near,
        near_class=" pp-proof--near" if it.nearest else "",
    )


def _scale(it: Exhibit, language: Language) -> Markup:
    """How sure the engine was, against the line from which on it says yes."""
    if it.p is None or it.edge is None:
        none = "calibration_p_none" if it.edge is None else "calibration_no_words"
        return Markup('<p class="pp-note">{}</p>').format(say(none, language))
    words = say("calibration_p", language, p=f"{it.p:.2f}", edge=f"{it.edge:.2f}")
    return Markup(
        '<div class="pp-sure"><div class="pp-sure__track" role="img" aria-label="{words}"><i class="pp-sure__yes" '
        'style="left:{edge}%"></i><i class="pp-sure__edge" style="left:{edge}%"></i><i class="pp-sure__dot" '
        'style="left:{p}%"></i></div><span class="pp-note pp-figures" aria-hidden="true">{words}</span></div>'
    ).format(words=words, edge=round(100 * it.edge, 1), p=round(100 * it.p, 1))


def _counts(it: Exhibit, language: Language) -> Markup:
    if not it.examples and not it.misses:
        return NOTHING
    lists = joined(
        Markup(
            '<div><p class="pp-label">{sign}{head}</p><ul class="pp-list pp-list--dots">{rows}</ul></div>'
        ).format(
            sign=icon(sign, 14),
            head=say(head, language),
            rows=joined(Markup("<li><span>{}</span></li>").format(row) for row in rows),
        )
        for head, sign, rows in (
            ("calibration_counts", "check", it.examples),
            ("calibration_not", "cross", it.misses),
        )
        if rows
    )
    return Markup(
        '<details class="pp-exhibit__more" data-key="calibration-counts"><summary>{head}{sign}</summary>'
        '<div class="pp-exhibit__lists">{lists}</div></details>'
    ).format(head=say("calibration_what_counts", language), sign=icon("down", 15), lists=lists)


def _choice(one: Choice) -> Markup:
    return Markup(
        '<button type="button" class="pp-btn{weight}" data-act="{act}" data-id="{id}" aria-pressed="{on}">{word}</button>'
    ).format(
        weight=" pp-btn--primary" if one.act == "accept" else "",
        act=one.act,
        id=one.id,
        on="true" if one.chosen else "false",
        word=one.word,
    )


def _next(rows: Sequence[QueueRow], language: Language) -> Markup:
    if not rows:
        return NOTHING
    return Markup(
        '<section class="pp-card pp-calib__next"><div class="pp-head pp-rows-head"><h2>{head}</h2></div><ul>{rows}</ul></section>'
    ).format(
        head=say("calibration_next", language),
        rows=joined(
            Markup(
                '<li><button type="button" data-act="show" data-id="{id}"><span class="pp-tone-{tone}"><b>{sign}</b></span>'
                '<span><span class="pp-calib__what">{what}</span><span class="pp-note pp-figures">{note}</span></span></button></li>'
            ).format(
                id=row.id,
                tone=_TONE[row.verdict],
                sign=icon(_SIGN[row.verdict], 15),
                what=row.statement,
                note=row.note,
            )
            for row in rows
        ),
    )


def standing(it: Standing, language: Language) -> Markup:
    """Agreement as bars: the whole on top, then each check, all on one scale."""
    note = say("calibration_figures_note", language, enough=ENOUGH)
    silent = say("calibration_silent", language, n=it.silent) if it.silent else ""
    trainers = say("calibration_trainers", language, n=it.trainers) if it.trainers else ""
    return Markup(
        '<section class="pp-card pp-card--pad pp-agree"><div class="pp-head"><h2>{head}</h2><span class="pp-note">{trainers}'
        '</span></div><table><tbody class="pp-agree__whole">{whole}</tbody><tbody>{rows}</tbody></table>{more}'
        '<p class="pp-note">{note}</p><p class="pp-note">{silent}</p></section>'
    ).format(
        head=say("calibration_figures", language),
        trainers=trainers,
        whole=_bar(it.overall, language),
        rows=joined(_bar(row, language) for row in it.rows[:_OPEN]),
        more=_more(it.rows[_OPEN:], language),
        note=note,
        silent=silent,
    )


def _more(rows: Sequence[Agreed], language: Language) -> Markup:
    """The checks with fewer votes, behind one line."""
    if not rows:
        return NOTHING
    return Markup(
        '<details class="pp-remarks__more" data-key="calibration-more"><summary>{words}{sign}</summary>'
        "<table><tbody>{rows}</tbody></table></details>"
    ).format(
        words=say("calibration_more", language, n=len(rows)),
        sign=icon("down", 15),
        rows=joined(_bar(row, language) for row in rows),
    )


def _bar(it: Agreed, language: Language) -> Markup:
    marks = NOTHING
    if it.rate is not None and it.low is not None and it.high is not None:
        marks = Markup(
            '<i class="pp-agree__span" style="left:{low}%;width:{wide}%"></i><i class="pp-agree__dot" style="left:{rate}%"></i>'
        ).format(
            low=round(100 * it.low, 1),
            wide=round(100 * (it.high - it.low), 1),
            rate=round(100 * it.rate, 1),
        )
    advice = chip(say("advice_only", language), "warn") if it.advice else NOTHING
    figures = say("dot", language).join(
        part for part in (say("calibration_n", language, n=it.n), it.told, it.kappa) if part
    )
    return Markup(
        '<tr><th scope="row"><span>{name}</span><span class="pp-note">{place}</span></th><td>'
        '<span class="pp-agree__track{low}" aria-hidden="true"><i class="pp-agree__floor" style="left:{floor}%"></i>{marks}</span>'
        '<span class="pp-agree__told"><span class="pp-note pp-figures">{figures}</span>{advice}</span></td></tr>'
    ).format(
        name=it.name,
        place=it.place,
        low=" pp-agree__track--low" if it.advice else "",
        floor=round(100 * FLOOR),
        marks=marks,
        figures=figures,
        advice=advice,
    )
