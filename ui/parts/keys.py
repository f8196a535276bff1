"""The list of keys: on the help page, and in a dialog that `?` opens on every page."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.access import OPEN, may_act
from ui.asking import asking
from ui.icons import icon
from ui.parts.basics import joined
from ui.words import WORDS, say

KEYS: Final[tuple[tuple[str, str, tuple[tuple[tuple[str, ...], str], ...]], ...]] = (
    (
        "keys_everywhere",
        "",
        (
            (("?",), "keys_here"),
            (("Tab", "Shift + Tab"), "keys_tab"),
            (("Tab", "key_enter"), "keys_skip"),
            (("key_enter", "key_space"), "keys_press"),
            (("Esc",), "keys_escape"),
        ),
    ),
    (
        "keys_practice",
        "session",
        (
            (("key_enter",), "keys_send"),
            (("Shift + Enter",), "keys_line"),
            (("key_space",), "keys_talk"),
        ),
    ),
    ("keys_visit", "visit", ((("Ctrl + Enter", "⌘ + Enter"), "keys_save"),)),
    ("keys_scenario", "scenario", ((("Ctrl + S", "⌘ + S"), "keys_keep"),)),
    ("keys_tour", "", ((("→", "←"), "keys_steps"),)),
)
"""(head, the page it belongs to, (keys, what they do)); a key's name is looked up where it has one in both languages."""


def keys(language: Language, level: int = 3) -> Markup:
    """The groups of keys, those of the pages that this person's roles open; `level` is that of their heads."""
    asker = asking()
    groups = joined(
        Markup("<section><h{level}>{head}</h{level}><dl>{rows}</dl></section>").format(
            level=level,
            head=say(head, language),
            rows=joined(_row(one, does, language) for one, does in rows),
        )
        for head, page, rows in KEYS
        if asker is None or may_act(page, OPEN, asker.who.roles)
    )
    return Markup('<div class="pp-keylist">{}</div>').format(groups)


def keys_dialog(language: Language, help_at: str) -> Markup:
    """The same list in a dialog, shut; `help_at` is the path of the help page."""
    return Markup(
        '<dialog class="pp-dialog" id="pp-keys-dialog" aria-label="{head}"><div class="pp-head"><h2>{head}</h2>'
        '<button type="button" class="pp-btn pp-btn--quiet pp-btn--icon" data-does="shut" aria-label="{shut}">{cross}'
        '</button></div>{keys}<p class="pp-small"><a href="{href}">{more}</a></p></dialog>'
    ).format(
        head=say("keys", language),
        shut=say("keys_shut", language),
        cross=icon("cross"),
        keys=keys(language),
        href=help_at,
        more=say("keys_more", language),
    )


def _row(names: tuple[str, ...], does: str, language: Language) -> Markup:
    pressed = joined(
        Markup("<kbd>{}</kbd>").format(say(one, language) if one in WORDS else one) for one in names
    )
    return Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(pressed, say(does, language))
