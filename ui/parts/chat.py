"""The conversation of a session: bubbles, stage directions, the customer's head."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from coach.practice.mood import Face
from coach.vocabulary import Language
from ui.icons import icon
from ui.parts.basics import NOTHING, chip, clock, joined
from ui.parts.face import face
from ui.views.practice import Line
from ui.words import say

_TURN = Markup(
    '<li class="pp-turn pp-turn--{side}"{anchor}><span class="pp-sr">{name}{colon}</span>{who}'
    '<p class="pp-bubble">{text}</p><div class="pp-under">{move}{at}{redo}</div></li>'
)
_STAGE = Markup('<li class="pp-stage">{text}</li>')
_HEAD = Markup(
    '<div class="pp-who">{face}<div class="pp-who__name"><b>{name}</b><span>{role}</span></div>'
    '<div class="pp-who__mood"><span>{now}</span><b>{mood}</b></div>'
    '<button type="button" class="pp-btn pp-btn--quiet pp-btn--icon pp-voice" data-does="voice" aria-pressed="false" '
    'aria-label="{voice}" data-name="{voice}" data-why="{no_voice}" title="{voice}"><span class="pp-voice__on">{sound}</span>'
    '<span class="pp-voice__off">{mute}</span></button></div>'
)


def bubble(line: Line, language: Language, *, several: bool = False, redo: bool = False) -> Markup:
    """One line: customer left, rep right, stage directions in the middle. `several`: say who speaks.

    `redo` puts under each of the rep's lines the way back to it.
    """
    if line.side == "stage":
        return _STAGE.format(text=line.text)
    name = say("you", language) if line.side == "rep" else line.name
    return _TURN.format(
        side=line.side,
        anchor=Markup(' id="turn-{}"').format(line.turn) if line.turn is not None else NOTHING,
        name=name,
        colon="：" if language == "zh" else ":",
        who=Markup('<b class="pp-speaker" aria-hidden="true">{}</b>').format(line.name)
        if several and line.side == "customer"
        else NOTHING,
        text=line.text,
        move=chip(line.move, "good", "check") if line.move else NOTHING,
        at=Markup("<time>{}</time>").format(clock(line.at)) if line.at is not None else NOTHING,
        redo=Markup(
            '<button type="button" class="pp-redo" data-act="branch" data-id="{}">{}</button>'
        ).format(line.turn, say("from_here", language))
        if redo and line.side == "rep" and line.turn is not None
        else NOTHING,
    )


def log(lines: Sequence[Line], language: Language, waiting_for: str = "") -> Markup:
    """The whole conversation; `waiting_for` names a customer whose answer is on its way."""
    several = len({line.name for line in lines if line.side == "customer"}) > 1
    rows = joined(bubble(line, language, several=several) for line in lines)
    wait = NOTHING
    if waiting_for:
        wait = Markup(
            '<li class="pp-turn pp-turn--customer pp-turn--wait" aria-hidden="true"><p class="pp-bubble">'
            '<i class="pp-skeleton" style="width:168px"></i>'
            '<i class="pp-skeleton" style="width:112px"></i></p>'
            '<div class="pp-under">{words}</div></li>'
        ).format(words=say("thinking", language, name=waiting_for))
    return Markup(
        '<div class="pp-log pp-scroll" role="log" aria-live="polite" aria-label="{label}" '
        'tabindex="0" data-follow><ol>{rows}{wait}</ol></div>'
    ).format(label=say("log", language), rows=rows, wait=wait)


def customer_head(name: str, role: str, mood: Face, mood_words: str, language: Language) -> Markup:
    """Who sits opposite, and how they look right now, in a face and in words."""
    return _HEAD.format(
        face=face(mood, language),
        name=name,
        role=role,
        now=say("now_looks", language),
        mood=mood_words,
        voice=say("voice", language),
        no_voice=say("voice_none", language),
        sound=icon("sound"),
        mute=icon("mute"),
    )
