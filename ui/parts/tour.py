"""The first tour: a card that offers it, and the dialog that walks round the rail, step by step, by keyboard too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from coach.vocabulary import Language
from ui.parts.basics import joined, page_button
from ui.shell import path, places
from ui.views.help import TourStep
from ui.words import say

STEPS: Final = 5


def steps(language: Language) -> tuple[TourStep, ...]:
    """The first places of the rail that this person has."""
    return tuple(
        TourStep(say(word, language), say(f"tour_{word}", language), path(language, page), word)
        for word, page in places()[:STEPS]
    )


def offer(language: Language) -> Markup:
    """The card that offers the tour until it was taken or skipped."""
    return Markup(
        '<div class="pp-doc pp-offer"><section class="pp-card pp-offer__card"><p>{words}</p>{go}'
        '<button type="button" class="pp-btn pp-btn--quiet" data-act="tour" data-id="skipped">{skip}</button>'
        "</section></div>"
    ).format(
        words=say("tour_offer", language),
        go=page_button(say("tour_go", language), "tour"),
        skip=say("tour_skip", language),
    )


def dialog(it: Sequence[TourStep], language: Language) -> Markup:
    """The tour itself, shut; the page opens it and marks each step's place in the rail."""
    rows = joined(
        Markup(
            '<div class="pp-tour__step" data-place="{href}"{hidden}><p class="pp-note pp-figures">{count}</p>'
            "<h2>{name}</h2><p>{words}</p>{last}</div>"
        ).format(
            href=one.href,
            hidden=Markup(" hidden") if number > 1 else "",
            count=say("tour_step", language, n=number, all=len(it)),
            name=one.name,
            words=one.words,
            last=Markup('<p class="pp-small">{}</p>').format(say("tour_last", language))
            if number == len(it)
            else "",
        )
        for number, one in enumerate(it, 1)
    )
    return Markup(
        '<dialog class="pp-dialog pp-tour" id="pp-tour-dialog" aria-label="{label}"><div aria-live="polite">{rows}</div>'
        '<div class="pp-tour__acts"><button type="button" class="pp-btn pp-btn--quiet" data-does="tour-skip">{skip}</button>'
        '<button type="button" class="pp-btn" data-does="tour-back" disabled>{back}</button>'
        '<button type="button" class="pp-btn pp-btn--primary" data-does="tour-on" data-on="{on}" data-end="{end}" autofocus>'
        "{on}</button></div></dialog>"
    ).format(
        label=say("tour", language),
        rows=rows,
        skip=say("tour_skip", language),
        back=say("tour_back", language),
        on=say("tour_on", language),
        end=say("tour_end", language),
    )
