"""The frame of every page: rail, top bar, skip link, language and theme switches, announcements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.access import LEADS, OPEN, may_act
from ui.asking import asking
from ui.icons import LOGO, icon
from ui.parts.basics import NOTHING, joined
from ui.parts.keys import keys_dialog
from ui.words import say

PLACES: Final = (
    ("home", ""),
    ("practice", "practice"),
    ("visits", "visits"),
    ("deals", "deals"),
    ("handbook", "handbook"),
    ("trainer", "trainer"),
)
"""The rail: icon and word, and the page's path below the language."""


def path(language: Language, page: str = "", **query: str) -> str:
    """The whole path of a page, because Gradio sets a base address that breaks relative links."""
    from urllib.parse import urlencode

    wanted = {key: value for key, value in query.items() if value}
    return f"/{language}/{page}" + (f"?{urlencode(wanted)}" if wanted else "")


def other(language: Language) -> Language:
    """The language that the switch offers."""
    return "en" if language == "zh" else "zh"


def rail(language: Language, current: str, here: str) -> Markup:
    """Skip link, mark, places, and the switches at the foot. `here` is the path in the other language."""
    links = joined(
        Markup('<a href="{href}"{now}>{sign}<span>{word}</span></a>').format(
            href=path(language, page),
            now=Markup(' aria-current="page"') if word == current else NOTHING,
            sign=icon(word),
            word=say(word, language),
        )
        for word, page in places()
    )
    return Markup(
        '<a class="pp-skip" href="#pp-place" data-does="skip">{skip}</a><div class="pp-rail">{logo}'
        '<nav class="pp-nav" aria-label="{label}">{links}</nav><div class="pp-rail__foot">{switches}'
        "</div></div>"
        '<div id="pp-announce" class="pp-sr" aria-live="polite"></div>{keys}'
    ).format(
        skip=say("skip", language),
        logo=LOGO,
        label=say("nav", language),
        links=links,
        switches=_help(language, current) + _switches(language, here),
        keys=keys_dialog(language, path(language, "help")),
    )


def _help(language: Language, current: str) -> Markup:
    """The way to the help page, at the foot of the rail."""
    return Markup('<a class="pp-switch" href="{href}"{now}>{sign}<span>{word}</span></a>').format(
        href=path(language, "help"),
        now=Markup(' aria-current="page"') if current == "help" else NOTHING,
        sign=icon("help"),
        word=say("help", language),
    )


def places() -> list[tuple[str, str]]:
    """The places of the rail; with accounts those that this person's roles open."""
    asker = asking()
    if asker is None:
        return list(PLACES)
    roles = asker.who.roles
    own = [place for place in PLACES if may_act(place[1], OPEN, roles)]
    return [*own, ("team", "team")] if LEADS & roles else own


def _me(language: Language, classes: str, size: int) -> Markup:
    """Who is signed in, as a way to one's account; nothing without accounts."""
    asker = asking()
    if asker is None:
        return NOTHING
    return Markup(
        '<a class="{classes}" href="{href}" title="{name}" aria-label="{label}">{sign}'
        '<span class="pp-signed">{name}</span></a>'
    ).format(
        classes=classes,
        href=path(language, "me"),
        name=asker.who.name,
        label=f"{say('me', language)} {asker.who.name}",
        sign=icon("person", size),
    )


def _switches(language: Language, here: str) -> Markup:
    return _me(language, "pp-switch", 18) + Markup(
        '<button type="button" class="pp-switch" data-does="theme"><span class="pp-when-light">{moon}'
        '</span><span class="pp-when-dark">{sun}</span>'
        '<span class="pp-when-light">{dark}</span><span class="pp-when-dark">{light}</span></button>'
        '<a class="pp-switch" href="{here}" hreflang="{to}" lang="{to}">{globe}'
        "<span>{short}</span></a>"
    ).format(
        moon=icon("moon"),
        sun=icon("sun"),
        dark=say("go_dark", language),
        light=say("go_light", language),
        here=here,
        to=other(language),
        globe=icon("language"),
        short=say("other_language", language),
    )


def top_bar(
    language: Language,
    title: str,
    *,
    trail: Sequence[tuple[str, str]] = (),
    actions: Markup = NOTHING,
    here: str = "",
) -> Markup:
    """Path and title on the left, actions on the right with the primary one last."""
    crumbs = joined(
        Markup(
            '<span class="pp-top__path"><a href="{href}">{words}</a>'
            '<span class="pp-top__slash" aria-hidden="true">/</span></span>'
        ).format(href=href, words=words)
        for words, href in trail
    )
    return Markup(
        '<header class="pp-top">{crumbs}<h1>{title}</h1><div class="pp-top__acts">{actions}</div>'
        '<div class="pp-top__switches">{switches}</div></header>'
    ).format(crumbs=crumbs, title=title, actions=actions, switches=_small_switches(language, here))


def _small_switches(language: Language, here: str) -> Markup:
    return _me(language, "pp-btn pp-btn--quiet pp-btn--icon", 18) + Markup(
        '<button type="button" class="pp-btn pp-btn--quiet pp-btn--icon" data-does="theme" '
        'aria-label="{theme}"><span class="pp-when-light">{moon}</span>'
        '<span class="pp-when-dark">{sun}</span></button>'
        '<a class="pp-btn pp-btn--quiet" href="{here}" hreflang="{to}" lang="{to}">{short}</a>'
    ).format(
        theme=say("go_dark", language) + " / " + say("go_light", language),
        moon=icon("moon"),
        sun=icon("sun"),
        here=here,
        to=other(language),
        short=say("other_language", language),
    )
