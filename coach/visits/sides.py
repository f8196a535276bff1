"""Sides given by hand: when a person says which label is the rep, every engine is told by renaming, and the labels come back."""

from __future__ import annotations

from dataclasses import replace

from coach.conversation import Conversation
from coach.errors import BadInput
from coach.reading.engine import Engine, Readings
from coach.vocabulary import Role


def read_sides(engine: Engine, talk: Conversation, rep: str | None = None) -> Readings:
    """The readings of `talk`; with `rep` that label is the rep and everybody else a customer.

    Raises BadInput when nobody in the talk carries that label.
    """
    if rep is None:
        return engine.read(talk)
    if rep not in talk.speakers:
        known = "、".join(talk.speakers)
        raise BadInput(
            (f"没有叫“{rep}”的说话人。", f'Nobody here is labelled "{rep}".'),
            (f"这段对话里有：{known}。", f"The labels are: {', '.join(talk.speakers)}."),
        )
    said = {label: _given(label, rep, number) for number, label in enumerate(talk.speakers, 1)}
    told = replace(talk, turns=tuple(replace(turn, speaker=said[turn.speaker]) for turn in talk.turns))
    roles: dict[str, Role | None] = {label: "rep" if label == rep else "customer" for label in talk.speakers}
    return replace(engine.read(told), roles=roles)


def _given(label: str, rep: str, number: int) -> str:
    """The label an engine sees: the rep's names the side; a buyer keeps a name of their own so that two stay two."""
    if label == rep:
        return "销售"
    return f"客户{number}" if label in ("销售", "客户") or label.casefold() in ("rep", "customer") else label
