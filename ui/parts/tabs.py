"""The rooms of the trainer side by side: cases, coverage, import, glossary, handbooks, and what else a trainer keeps."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.access import OPEN, may_act
from ui.addresses import PackForm, pack_file
from ui.asking import asking
from ui.parts.basics import NOTHING, joined, menu
from ui.shell import path
from ui.words import say

ROOMS: Final = (
    ("trainer", "trainer_title"),
    ("coverage", "coverage"),
    ("imports", "import_title_page"),
    ("glossary", "gloss_title"),
    ("shelf", "shelf_title"),
    ("scenarios", "scenarios"),
    ("calibration", "calibration"),
)
"""Page and its name, in the order of the row."""


def pack_menu(language: Language) -> Markup:
    """The newcomers' pack to take along."""
    forms: tuple[PackForm, ...] = ("html", "zip")
    return menu(
        say("pack_newcomer", language),
        [(say(f"pack_{form}", language), pack_file(form, language)) for form in forms],
    )


def tabs(language: Language, current: str) -> Markup:
    """A row of links, those that this person's roles open; the one that is open is marked."""
    asker = asking()
    rooms = [room for room in ROOMS if asker is None or may_act(room[0], OPEN, asker.who.roles)]
    links = joined(
        Markup('<a href="{href}"{now}>{words}</a>').format(
            href=path(language, page),
            now=Markup(' aria-current="page"') if page == current else NOTHING,
            words=say(key, language),
        )
        for page, key in rooms
    )
    return Markup('<nav class="pp-tabs" aria-label="{label}">{links}</nav>').format(
        label=say("trainer", language), links=links
    )
