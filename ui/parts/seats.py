"""What the two seats of a practice with a colleague see beside and above their dialogue."""

from __future__ import annotations

from markupsafe import Markup

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, chip, joined, points
from ui.parts.live import brief
from ui.parts.verdicts import advice_mark
from ui.shell import path
from ui.views.drills import ForkLine, Seats
from ui.words import say


def seat_switch(it: Seats, language: Language) -> Markup:
    """Which seat this window is, and the way to the other one."""
    seats = (("rep", "seat_rep"), ("customer", "seat_customer"))
    pills = joined(
        Markup('<a class="pp-btn pp-btn--small" href="{href}"{now}>{words}</a>').format(
            href=path(language, "colleague", id=it.id, seat=seat),
            now=Markup(' aria-current="page"') if seat == it.seat else NOTHING,
            words=say(words, language),
        )
        for seat, words in seats
    )
    return Markup('<div class="pp-seats">{pills}<span class="pp-small">{note}</span></div>').format(
        pills=pills, note=say("seat_other", language)
    )


def dialogue(it: Seats, language: Language) -> Markup:
    """The lines; the reader's own on the right."""
    rows = joined(_line(line, it.seat) for line in it.lines)
    if not it.lines:
        rows = Markup('<li class="pp-stage">{}</li>').format(say("seat_opens", language))
    return Markup(
        '<div class="pp-log pp-scroll" role="log" aria-live="polite" aria-label="{label}" tabindex="0" '
        "data-follow><ol>{rows}</ol></div>"
    ).format(label=say("log", language), rows=rows)


def _line(line: ForkLine, seat: str) -> Markup:
    side = "rep" if line.role == seat else "customer"
    return Markup(
        '<li class="pp-turn pp-turn--{side}"><span class="pp-sr">{name}</span><p class="pp-bubble">{text}</p></li>'
    ).format(side=side, name=line.name, text=line.text)


def beside(it: Seats, language: Language) -> Markup:
    """The brief for the rep, the customer's card for the customer, and the score for both."""
    card = joined(
        Markup('<section class="pp-side__part"><h2 class="pp-label">{head}</h2>{lines}</section>').format(
            head=head, lines=points(lines)
        )
        for head, lines in it.card
    )
    return Markup('<aside class="pp-side pp-scroll" tabindex="0" aria-label="{label}">{body}</aside>').format(
        label=say("seat_card" if it.card else "brief", language),
        body=joined((_score(it, language), card or brief(it.brief, language))),
    )


def _score(it: Seats, language: Language) -> Markup:
    shown = (
        Markup('<b class="pp-score pp-figures">{n}</b><span class="pp-small">{of}</span>').format(
            n=it.score, of=say("out_of", language)
        )
        if it.score is not None
        else Markup('<span class="pp-small">{}</span>').format(say("not_yet", language))
    )
    checks = joined(
        Markup(
            '<li class="pp-point{found}"><span class="{mark}">{sign}</span><span>{name}{advice}</span></li>'
        ).format(
            found=" pp-point--found" if one.done else "",
            mark="pp-tick" if one.done else "pp-ring",
            sign=icon("check", 12) if one.done else NOTHING,
            name=one.name,
            advice=advice_mark(one.advice, language),
        )
        for one in it.checks
    )
    return Markup(
        '<section class="pp-side__part"><div class="pp-head pp-head--low"><h2 class="pp-label">{head}</h2>'
        '{outcome}</div><p class="pp-score-row">{shown}</p><ul class="pp-points">{checks}</ul></section>'
    ).format(
        head=say("score", language),
        outcome=chip(it.outcome, it.tone) if it.outcome else NOTHING,
        shown=shown,
        checks=checks,
    )


def endings(it: Seats, language: Language) -> Markup:
    """How this seat may end it."""
    if it.over:
        return NOTHING
    agree = act_button(say("seat_agree", language), "agree") if it.seat == "customer" else NOTHING
    words = say("seat_leave" if it.seat == "customer" else "end_short", language)
    return agree + act_button(words, "leave")
