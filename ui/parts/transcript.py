"""The transcript: words stay exactly as they were said; linked spans are wrapped, nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from coach.vocabulary import Language
from ui.parts.basics import NOTHING, clock, joined
from ui.views.visits import Link, Utterance
from ui.words import say

_ROW = Markup(
    '<li class="pp-said-row" id="said-{number}" data-at="{at}" data-until="{until}">{time}'
    '<b class="pp-said-who pp-said-who--{role}">{name}</b><p>{text}</p></li>'
)


def transcript(turns: Sequence[Utterance], language: Language) -> Markup:
    """Every turn with its time, its speaker and its words."""
    return Markup('<ol class="pp-transcript" aria-label="{label}">{rows}</ol>').format(
        label=say("transcript", language), rows=joined(_row(turn) for turn in turns)
    )


def _row(turn: Utterance) -> Markup:
    time = NOTHING
    if turn.at is not None:
        time = Markup(
            '<button type="button" class="pp-said-at pp-figures" data-does="seek" data-at="{s}">{at}</button>'
        ).format(s=turn.at, at=clock(turn.at))
    return _ROW.format(
        number=turn.number,
        at="" if turn.at is None else turn.at,
        until="" if turn.until is None else turn.until,
        time=time or Markup('<span class="pp-said-at pp-figures">{}</span>').format(turn.number),
        role=turn.role or "unknown",
        name=turn.name,
        text=linked(turn.text, turn.links),
    )


def linked(text: str, links: Sequence[Link]) -> Markup:
    """The text with each stretch that fields point at in a span naming those fields; offsets are code points.

    Overlapping links share stretches: the text is cut at every border, so nothing is ever drawn twice.
    """
    borders = sorted(
        {0, len(text), *(n for link in links for n in (link.start, link.end) if 0 <= n <= len(text))}
    )
    pieces = []
    for start, end in pairwise(borders):
        fields = [link.field for link in links if link.start <= start and end <= link.end]
        words = escape(text[start:end])
        pieces.append(
            Markup('<span class="pp-linked" data-fields="{fields}">{words}</span>').format(
                fields=" ".join(fields), words=words
            )
            if fields
            else words
        )
    return joined(pieces)
