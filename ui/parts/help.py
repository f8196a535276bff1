"""The help page: the tour as a list, the keys, what leaves the machine, and the way in for programs."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import chip, joined, link_button, page_button
from ui.parts.keys import keys
from ui.views.help import Leaves, TourStep
from ui.words import say


def help_page(tour: Sequence[TourStep], leaves: Leaves, language: Language) -> Markup:
    """The whole page below the top bar."""
    return Markup(
        '<div class="pp-doc pp-help"><section class="pp-lede"><h2>{title}</h2><p>{lede}</p></section>'
        '<div class="pp-help__both"><div>{tour}{leaves}</div><div>{keys}{programs}</div></div></div>'
    ).format(
        title=say("help_title", language),
        lede=say("help_lede", language),
        tour=_tour(tour, language),
        leaves=_leaves(leaves, language),
        keys=_card(say("keys", language), keys(language)),
        programs=_programs(language),
    )


def _card(head: str, body: Markup, beside: Markup | str = "") -> Markup:
    return Markup(
        '<section class="pp-card pp-card--pad"><div class="pp-head"><h2>{}</h2>{}</div>{}</section>'
    ).format(head, beside, body)


def _tour(it: Sequence[TourStep], language: Language) -> Markup:
    rows = joined(
        Markup('<li><a href="{href}">{sign}<b>{name}</b></a><span>{words}</span></li>').format(
            href=one.href, sign=icon(one.sign), name=one.name, words=one.words
        )
        for one in it
    )
    go = page_button(say("tour_go", language), "tour", weight="primary", small=True)
    return _card(say("tour", language), Markup('<ol class="pp-help__steps">{}</ol>').format(rows), go)


def _leaves(it: Leaves, language: Language) -> Markup:
    rows = joined(
        Markup("<div><dt>{what}</dt><dd>{how}</dd><dd>{mark}</dd></div>").format(
            what=row.what,
            how=row.how,
            mark=chip(
                say("leaves_goes" if row.out else "leaves_stays", language), "warn" if row.out else "good"
            ),
        )
        for row in it.rows
    )
    whole = (
        chip(say("leaves_some", language, n=it.count), "warn", "warning")
        if it.count
        else chip(say("leaves_nothing", language), "good", "check")
    )
    head = say("leaves_server" if it.server else "leaves", language)
    return _card(head, Markup('<dl class="pp-help__leaves">{}</dl>').format(rows), whole)


def _programs(language: Language) -> Markup:
    body = Markup('<p class="pp-small">{}</p><div class="pp-help__acts">{}{}</div>').format(
        say("help_programs_text", language),
        link_button(say("help_api", language), f"/api/docs?lang={language}", sign="document"),
        link_button(say("help_api_file", language), "/api/openapi.json", weight="quiet"),
    )
    return _card(say("help_programs", language), body)
