"""The transcript: words stay exactly as they were said; linked spans are wrapped, nothing else changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, act_button, clock, joined
from ui.views.visits import Link, Utterance
from ui.words import say

_ROW = Markup(
    '<li class="pp-said-row" id="said-{number}" data-at="{at}" data-until="{until}">{time}'
    '<b class="pp-said-who pp-said-who--{role}">{name}</b><p>{text}</p>{edit}</li>'
)
_MARKED = ("objections", "decision_roles", "time_points")


def transcript(
    turns: Sequence[Utterance], language: Language, *, people: Sequence[str] = (), editing: int = 0
) -> Markup:
    """Every turn with its time, its speaker and its words; turn `editing` is open to be put right."""
    return Markup('<ol class="pp-transcript" aria-label="{label}">{rows}</ol>').format(
        label=say("transcript", language),
        rows=joined(
            _editor(turn, people, language) if turn.number == editing else _row(turn, language)
            for turn in turns
        ),
    )


def filters(turns: Sequence[Utterance], language: Language) -> Markup:
    """The three classes of marks as switches with their counts; the page itself answers them."""
    fields = [link.field for turn in turns for link in turn.links]
    switches = joined(
        Markup(
            '<button type="button" class="pp-filter pp-filter--{kind}" data-does="marks" data-kind="{kind}" '
            'aria-pressed="true">{words} <b class="pp-figures">{n}</b></button>'
        ).format(
            kind=kind,
            words=say(f"mark_{kind}", language),
            n=sum(field.startswith(f"{kind}@") for field in set(fields)),
        )
        for kind in _MARKED
    )
    return Markup('<div class="pp-filters" role="group" aria-label="{label}">{switches}</div>').format(
        label=say("marks", language), switches=switches
    )


def _editor(turn: Utterance, people: Sequence[str], language: Language) -> Markup:
    """A line that is being put right: its words, who said them, save and cancel."""
    choices = joined(
        Markup("<option{on}>{who}</option>").format(
            who=who, on=Markup(" selected") if who == turn.name else NOTHING
        )
        for who in people
    )
    return Markup(
        '<li class="pp-said-row pp-said-row--edit" id="said-{number}"><div class="pp-edit" data-form>'
        '<label class="pp-edit__wide"><span class="pp-label">{line}</span>'
        '<textarea name="text" rows="3" maxlength="4000" data-focus>{text}</textarea></label>'
        '<label><span class="pp-label">{who}</span><select name="speaker">{choices}</select></label>'
        '<p class="pp-note pp-edit__wide">{note}</p><div class="pp-edit__acts">{save}{cancel}</div></div></li>'
    ).format(
        number=turn.number,
        line=say("input_line", language),
        text=turn.text,
        who=say("input_speaker", language),
        choices=choices,
        note=say("line_note", language),
        save=act_button(
            say("save", language), "line-save", id=str(turn.number), weight="primary", small=True
        ),
        cancel=act_button(say("cancel", language), "close", weight="quiet", small=True, classes="pp-cancel"),
    )


def _row(turn: Utterance, language: Language) -> Markup:
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
        edit=Markup(
            '<button type="button" class="pp-said-edit" data-act="line" data-id="{n}" '
            'aria-label="{words} {n}">{sign}</button>'
        ).format(n=turn.number, words=say("edit_line", language), sign=icon("edit", 15)),
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
            Markup('<span class="pp-linked{marks}" data-fields="{fields}">{words}</span>').format(
                marks="".join(
                    f" pp-linked--{kind}"
                    for kind in _MARKED
                    if any(field.startswith(f"{kind}@") for field in fields)
                ),
                fields=" ".join(fields),
                words=words,
            )
            if fields
            else words
        )
    return joined(pieces)
