"""Buttons, chips, quotes, times, empty and error states: what every page is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup

from coach.errors import CoachError
from coach.vocabulary import Language
from ui.icons import icon
from ui.views.tone import Tone
from ui.words import say

Weight = Literal["plain", "primary", "quiet"]

NOTHING = Markup("")


def joined(pieces: Iterable[Markup]) -> Markup:
    """The pieces one after another."""
    return NOTHING.join(pieces)


def clock(seconds: float) -> str:
    """m:ss as people write it, from one hour on h:mm:ss."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def chip(words: str, tone: Tone = "", sign: str = "") -> Markup:
    """A 24 px chip; `sign` is an icon in front."""
    return Markup('<span class="pp-chip{tone}">{sign}{words}</span>').format(
        tone=f" pp-chip--{tone}" if tone else "", sign=icon(sign, 14) if sign else NOTHING, words=words
    )


def act_button(
    words: str,
    act: str,
    *,
    id: str = "",
    sign: str = "",
    weight: Weight = "plain",
    small: bool = False,
    classes: str = "",
) -> Markup:
    """A button that asks the server for `act` on `id`."""
    return Markup(
        '<button type="button" class="{classes}" data-act="{act}" data-id="{id}">{sign}{words}</button>'
    ).format(
        classes=_button_classes(weight, small, classes),
        act=act,
        id=id,
        sign=icon(sign, 15) if sign else NOTHING,
        words=words,
    )


def page_button(
    words: str, does: str, *, sign: str = "", weight: Weight = "plain", small: bool = False
) -> Markup:
    """A button that the page itself answers (print, show as table): `does` is known to peipao.js."""
    return Markup('<button type="button" class="{classes}" data-does="{does}">{sign}{words}</button>').format(
        classes=_button_classes(weight, small, ""),
        does=does,
        sign=icon(sign, 15) if sign else NOTHING,
        words=words,
    )


def link_button(
    words: str, href: str, *, sign: str = "", weight: Weight = "plain", small: bool = False, classes: str = ""
) -> Markup:
    """A link that looks like a button; `href` is a whole path, because Gradio sets a base address."""
    return Markup('<a class="{classes}" href="{href}">{sign}{words}</a>').format(
        classes=_button_classes(weight, small, classes),
        href=href,
        sign=icon(sign, 15) if sign else NOTHING,
        words=words,
    )


def menu(words: str, links: Iterable[tuple[str, str]]) -> Markup:
    """A button that opens a short list of files to fetch: (words, address) each."""
    rows = joined(
        Markup('<li><a href="{href}" download>{words}</a></li>').format(href=href, words=label)
        for label, href in links
    )
    return Markup(
        '<details class="pp-menu"><summary class="pp-btn pp-btn--quiet">{sign}<span>{words}</span></summary>'
        "<ul>{rows}</ul></details>"
    ).format(sign=icon("download", 15), words=words, rows=rows)


def _button_classes(weight: Weight, small: bool, more: str) -> str:
    words = ["pp-btn"]
    if weight != "plain":
        words.append(f"pp-btn--{weight}")
    if small:
        words.append("pp-btn--small")
    return " ".join([*words, more]).strip()


def quote(words: str, *, customer: bool = False, after: Markup = NOTHING) -> Markup:
    """Exact words in curly quotes behind a bar: accent for the rep, violet for the customer."""
    return Markup('<blockquote class="pp-quote{who}">“{words}”{after}</blockquote>').format(
        who=" pp-quote--customer" if customer else "", words=words, after=after
    )


def points(items: Iterable[str], sign: str = "", classes: str = "") -> Markup:
    """A list with an icon in front of every line; with no icon, quiet dots."""
    mark = icon(sign, 14) if sign else NOTHING
    rows = joined(
        Markup("<li>{mark}<span>{words}</span></li>").format(mark=mark, words=item) for item in items
    )
    kind = f"pp-list {classes}" if sign else f"pp-list pp-list--dots {classes}"
    return Markup('<ul class="{kind}">{rows}</ul>').format(kind=kind.strip(), rows=rows)


def empty(words: str, action: Markup = NOTHING) -> Markup:
    """Nothing here yet: one sentence and the one button that changes it."""
    return Markup('<div class="pp-empty"><p>{words}</p>{action}</div>').format(words=words, action=action)


def skeleton(language: Language, lines: int = 4) -> Markup:
    """Quiet lines where content is about to be."""
    widths = (92, 74, 84, 58, 88, 66)
    bars = joined(
        Markup('<i class="pp-skeleton" style="width:{n}%"></i>').format(n=widths[k % len(widths)])
        for k in range(lines)
    )
    return Markup(
        '<div class="pp-doc" aria-busy="true"><span class="pp-sr">{words}</span>{bars}</div>'
    ).format(words=say("opening", language), bars=bars)


def trouble(error: CoachError | None, language: Language, way: Markup = NOTHING) -> Markup:
    """What happened and the one way on; None stands for a fault of ours."""
    what = error.message(language) if error else say("trouble_unknown", language)
    then = error.way_on(language) if error else say("trouble_try", language)
    return Markup(
        '<div class="pp-card pp-trouble" role="alert">{sign}<div><p>{what}</p>{then}{way}</div></div>'
    ).format(
        sign=icon("warning"), what=what, then=Markup("<p>{}</p>").format(then) if then else NOTHING, way=way
    )
