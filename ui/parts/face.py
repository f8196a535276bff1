"""The customer's face: six moods in a few strokes, always beside words that say the same."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from coach.practice.mood import Face
from coach.vocabulary import Language
from ui.words import say

_STROKES: Final[dict[Face, str]] = {
    "gone": "M12 18.6c.9.9 2.7.9 3.6 0M24.4 18.6c.9.9 2.7.9 3.6 0M16.5 26h7",
    "cold": "M11.5 14.2l5 1.6M28.5 14.2l-5 1.6M12.5 18.4h3.4M24.1 18.4h3.4M15.5 27.2c2.6-1.9 6.4-1.9 9 0",
    "impatient": "M11.6 14.8l4.8.4M23.6 13.4c1.5-.7 3.1-.6 4.6.2M12.5 18.4h3.4M24.1 18.4h3.4M16 26.6l3-.9 2 .7 3-.8",
    "guarded": "M11.8 14.8h4.6M23.6 14.8h4.6M12.5 18.4h3.4M24.1 18.4h3.4M16 26.2h8",
    "listening": "M11.8 14.6c1.4-.7 3-.8 4.5-.2M28.2 14.6c-1.4-.7-3-.8-4.5-.2M12.5 18.6h3.4M24.1 18.6h3.4"
    "M16 25.6c2.4 1 5.2.9 8-.3",
    "open": "M11.8 14c1.4-1 3-1.1 4.5-.4M28.2 14c-1.4-1-3-1.1-4.5-.4M14.2 18v1M25.8 18v1M15.2 24.6c2.5 2.4 7.1 2.4 9.6 0",
}
"""Brows, eyes, mouth of each mood, on a 40 grid."""


def face(mood: Face, language: Language) -> Markup:
    """A 40 px face; its title says the mood in words."""
    return Markup(
        '<svg class="pp-face" viewBox="0 0 40 40" width="40" height="40" role="img" aria-label="{words}">'
        '<circle cx="20" cy="20" r="20" fill="var(--pp-customer-soft)"/>'
        '<path d="{strokes}" fill="none" stroke="var(--pp-customer)" stroke-width="1.8" '
        'stroke-linecap="round"/></svg>'
    ).format(words=say(f"face_{mood}", language), strokes=_STROKES[mood])
