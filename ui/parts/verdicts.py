"""The report: its head, the charts' cards, and one row for every check with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.reading.engine import Verdict
from coach.vocabulary import Language, name
from ui.addresses import report_file
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, clock, joined, link_button, menu, page_button, quote
from ui.parts.chat import bubble
from ui.parts.radar import radar
from ui.parts.timeline import timeline
from ui.pdf import browser
from ui.shell import path
from ui.views.practice import Better, Report, VerdictRow
from ui.words import say

_SIGN: Final[dict[Verdict, str]] = {"yes": "check", "no": "cross", "not_scored": "dash"}
_OPEN_MISSES: Final = 5
_ORDER: Final[dict[Verdict, int]] = {"no": 0, "not_scored": 1, "yes": 2}


def hero(it: Report, language: Language) -> Markup:
    """What happened, in words; the score beside it."""
    outcome = {
        "pass": chip(name("pass", language), "good", "check"),
        "fail": chip(name("fail", language), "bad", "cross"),
    }.get(it.outcome, chip(name("not_scored", language), "", "dash"))
    red = chip(say("red_count", language, n=len(it.red_lines)), "bad" if it.red_lines else "")
    branch = NOTHING
    if it.branch:
        side = link_button(say("compare", language), path(language, "compare", id=it.id), small=True)
        branch = chip(it.branch, "line") + side
    exam = chip(it.exam, "warn") if it.exam else NOTHING
    chips = joined((outcome, red, chip(it.hints_note) if it.hints_note else NOTHING, exam, branch))
    crossed = (
        Markup('<p class="pp-hero__red">{head}{colon}{words}</p>').format(
            head=say("crossed", language),
            colon="：" if language == "zh" else ": ",
            words=say("list_comma", language).join(it.red_lines),
        )
        if it.red_lines
        else NOTHING
    )
    beside = say("pass_mark", language, n=it.pass_mark)
    if it.last_total is not None:
        beside += ("，" if language == "zh" else ", ") + say("last_total", language, n=it.last_total)
    total = (
        Markup('<b class="pp-total pp-figures">{}</b>').format(it.total)
        if it.total is not None
        else Markup('<b class="pp-total pp-total--none">{}</b>').format(name("not_scored", language))
    )
    return Markup(
        '<section class="pp-card pp-hero"><div><div class="pp-chips">{chips}</div><h2>{headline}</h2>'
        "{crossed}<p>{summary}</p>{advice}</div>"
        '<div class="pp-hero__score">{total}<span>{beside}</span></div></section>'
    ).format(
        chips=chips,
        headline=it.headline,
        crossed=crossed,
        summary=it.summary,
        advice=Markup('<p class="pp-advice">{}</p>').format(it.advice) if it.advice else NOTHING,
        total=total,
        beside=beside,
    )


def charts(it: Report, language: Language) -> Markup:
    """Radar and curves side by side."""
    dashed = any(spoke.last is not None for spoke in it.spokes)
    return Markup(
        '<div class="pp-charts"><section class="pp-card pp-card--pad"><div class="pp-head"><h2>{dims}'
        '</h2><span class="pp-small">{dashed}</span></div>{radar}</section>'
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{curves}</h2>{switch}</div>'
        "{timeline}</section></div>"
    ).format(
        dims=say("dimensions", language),
        dashed=say("dashed_last", language) if dashed else "",
        radar=radar(it.spokes, it.pass_mark, language),
        curves=say("curves", language),
        switch=Markup(
            '<button type="button" class="pp-textbtn pp-link" data-does="table" '
            'aria-expanded="false">{}</button>'
        ).format(say("as_table", language)),
        timeline=timeline(it.moments, it.turnings, language),
    )


def verdicts(it: Report, language: Language) -> Markup:
    """All checks: what was missed first, then what could not be scored, then what was done."""
    rows = sorted(it.rows, key=lambda row: _ORDER[row.verdict])
    count = say(
        "evidence_count",
        language,
        all=len(rows),
        yes=_count(rows, "yes"),
        no=_count(rows, "no"),
        none=_count(rows, "not_scored"),
    )
    return Markup(
        '<section class="pp-card pp-verdicts"><div class="pp-head pp-verdicts__head"><h2>{head}</h2>'
        '<span class="pp-small">{count}</span></div>{rows}</section>'
    ).format(
        head=say("evidence", language),
        count=count,
        rows=_folded(rows, language),
    )


def _folded(rows: Sequence[VerdictRow], language: Language) -> Markup:
    """The heaviest misses open, further misses behind one line, then the rest."""
    missed = [row for row in rows if row.verdict == "no"]
    rest = [row for row in rows if row.verdict != "no"]
    more = missed[_OPEN_MISSES:]
    folded = NOTHING
    if more:
        folded = Markup('<details class="pp-more"><summary>{words}{sign}</summary>{rows}</details>').format(
            words=say("more_missed", language, n=len(more)),
            sign=icon("down", 15),
            rows=joined(verdict_row(row, language) for row in more),
        )
    shown = joined(verdict_row(row, language) for row in missed[:_OPEN_MISSES])
    return shown + folded + joined(verdict_row(row, language) for row in rest)


def _count(rows: Sequence[VerdictRow], verdict: Verdict) -> int:
    return sum(row.verdict == verdict for row in rows)


def verdict_row(row: VerdictRow, language: Language) -> Markup:
    """Verdict and dimension, then name, quote, why and a better line; a retry where a turn can be named."""
    tone = {"yes": "good", "no": "bad", "not_scored": ""}[row.verdict]
    jump = NOTHING
    if row.turn is not None:
        jump = Markup(
            '<button type="button" class="pp-time" data-does="turn" data-turn="{turn}">{at}</button>'
        ).format(turn=row.turn, at=clock(row.at) if row.at is not None else f"#{row.turn}")
    retry = NOTHING
    if row.retry is not None:
        retry = act_button(say("from_here", language), "branch", id=str(row.retry), sign="retry", small=True)
    return Markup(
        '<article class="pp-verdict"><div class="pp-verdict__mark pp-tone-{tone}"><b>{sign}{verdict}'
        "</b><span>{dimension}</span></div>"
        '<div class="pp-verdict__body"><h3>{name}{advice}</h3>{quote}{why}{better}</div>'
        '<div class="pp-verdict__act">{retry}</div></article>'
    ).format(
        tone=tone or "none",
        sign=icon(_SIGN[row.verdict], 16),
        verdict=row.word or name(row.verdict, language),
        dimension=row.dimension,
        name=row.name,
        advice=advice_mark(row.advice, language),
        quote=_said(row, jump, language) if row.quote else NOTHING,
        why=Markup('<p class="pp-small">{}</p>').format(row.why) if row.why else NOTHING,
        better=_better(row.better, language) if row.better else NOTHING,
        retry=retry,
    )


def advice_mark(told: str, language: Language) -> Markup:
    """The mark of a check that trainers do not agree with."""
    if not told:
        return NOTHING
    return Markup(' {mark}<span class="pp-note pp-verdict__advice">{told}</span>').format(
        mark=chip(say("advice_only", language), "warn"), told=told
    )


def _said(row: VerdictRow, jump: Markup, language: Language) -> Markup:
    """The words that prove it; or, for what was missed, what was said where it was due."""
    if not row.could_have:
        return quote(row.quote, after=jump)
    return Markup('<p class="pp-note">{head}{jump}</p>{words}').format(
        head=say("said_then", language), jump=jump, words=quote(row.quote)
    )


def _better(it: Better, language: Language) -> Markup:
    outcome = chip(it.outcome, it.outcome_tone) if it.outcome else NOTHING
    return Markup(
        '<div class="pp-better"><div class="pp-better__head"><span>{head}</span><span>{source}'
        "{outcome}</span></div><p>“{text}”</p></div>"
    ).format(head=say("better", language), source=it.source, outcome=outcome, text=it.text)


def transcript(it: Report, language: Language) -> Markup:
    """The whole conversation at the foot of the report; the times above jump here."""
    if not it.lines:
        return NOTHING
    several = len({line.name for line in it.lines if line.side == "customer"}) > 1
    rows = joined(bubble(line, language, several=several, redo=True) for line in it.lines)
    return Markup(
        '<section class="pp-card pp-card--pad pp-said"><div class="pp-head"><h2>{head}</h2>'
        '<span class="pp-small">{end}</span></div><div class="pp-log"><ol>{rows}</ol></div></section>'
    ).format(head=say("transcript", language), end=it.end_reason, rows=rows)


def left_unsaid(it: Report, language: Language) -> Markup:
    """What the customer never said aloud, and what could have been learned."""
    if not it.unsaid and not it.missed:
        return NOTHING
    unsaid = joined(Markup("<p>{}</p>").format(words) for words in it.unsaid)
    missed = joined(
        Markup("<li>{kind}<span>{words}</span></li>").format(kind=chip(name(kind, language)), words=words)
        for kind, words in it.missed
    )
    return Markup('<div class="pp-charts pp-charts--even">{unsaid}{missed}</div>').format(
        unsaid=Markup(
            '<section class="pp-card pp-card--pad pp-unsaid"><h2>{head}</h2>{body}</section>'
        ).format(head=say("unsaid", language), body=unsaid)
        if it.unsaid
        else NOTHING,
        missed=Markup(
            '<section class="pp-card pp-card--pad pp-unsaid"><h2>{head}</h2><ul class="pp-missed">'
            "{body}</ul></section>"
        ).format(head=say("missed", language), body=missed)
        if it.missed
        else NOTHING,
    )


def report(it: Report, language: Language) -> Markup:
    """The whole report as a document."""
    note = Markup('<p class="pp-note">{}</p>').format(it.machine_note or say("unrated", language))
    return Markup('<div class="pp-doc pp-report">{}</div>').format(
        joined(
            (
                hero(it, language),
                charts(it, language),
                verdicts(it, language),
                left_unsaid(it, language),
                transcript(it, language),
                note,
            )
        )
    )


def downloads(practice_id: str, language: Language) -> Markup:
    """The report as files, behind one button."""
    return menu(
        say("downloads", language),
        [
            (say("download_html", language), report_file(practice_id, "html", language)),
            (say("download_md", language), report_file(practice_id, "md", language)),
            *(
                [(say("download_pdf", language), report_file(practice_id, "pdf", language))]
                if browser()
                else []
            ),
        ],
    )


def print_button(language: Language) -> Markup:
    """Print this page."""
    return page_button(say("print", language), "print", sign="print", weight="quiet")
