"""Putting a visit right: an entry's values, a line's words or speaker. What cannot be is said before anything is kept."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Final

from coach.conversation import Conversation
from coach.errors import BadInput
from coach.visits.edits import CHANGEABLE, Edits, Line, Value
from coach.visits.standing import Standing

_KEY: Final = re.compile(r"(?P<field>[a-z_]+)@(?P<turn>\d+)\.(?P<start>\d+)-(?P<end>\d+)")
_LONGEST: Final = 4000
_OPTIONAL: Final = frozenset({"due", "date"})


def with_change(standing: Standing, key: str, values: Mapping[str, str]) -> Edits:
    """The edits with an entry put right: only what its field can hold, and a quote that its turn holds (BadInput).

    What a person put right they have also confirmed.
    """
    entry = next((one for one in standing.entries if one.key == key), None)
    if entry is None:
        raise BadInput(
            ("这一条已经不在了。", "This entry is no longer there."),
            ("刷新这一页。", "Reload the page."),
        )
    change: dict[str, Value] = {}
    for name in CHANGEABLE[entry.field]:
        if name in values:
            words = values[name].strip()
            if not words and name not in _OPTIONAL:
                raise BadInput(
                    ("这一格不能空着。", "This cannot be empty."),
                    ("不要这一条，就点“不对，去掉”。", "To drop the entry, choose “Wrong, remove”."),
                )
            change[name] = words or None
    for name in _OPTIONAL & change.keys():
        _day(change[name])
    if "quote" in change:
        change |= _span(str(change["quote"]), standing.talk.turn(entry.said.turn).text)
    try:
        type(entry.said).model_validate({**entry.said.model_dump(), **change})
    except ValueError as error:
        raise BadInput(
            ("有一格填的不在可选的范围里。", "One of the values is not among the choices."),
            ("刷新这一页，从选项里选。", "Reload the page and choose from the list."),
        ) from error
    edits = standing.edits
    return replace(edits, changed={**edits.changed, key: change}, confirmed=edits.confirmed | {key})


def with_line(standing: Standing, turn: int, text: str, speaker: str) -> tuple[Conversation, Edits]:
    """The talk and the edits with one line as it should have been heard (BadInput); keys of that turn move along."""
    if not 1 <= turn <= len(standing.talk.turns):
        raise BadInput(("没有这一句。", "There is no such line."), ("刷新这一页。", "Reload the page."))
    words = " ".join(text.split())[:_LONGEST]
    before = standing.talk.turn(turn)
    who = speaker if speaker in standing.talk.speakers else before.speaker
    if not words:
        raise BadInput(
            ("这一句不能空着。", "The line cannot be empty."),
            ("写上他说的话。", "Write what was said."),
        )
    lines = [*(one for one in standing.edits.lines if one.turn != turn), Line(turn, who, words)]
    turns = tuple(
        replace(one, text=words, speaker=who) if one.number == turn else one for one in standing.talk.turns
    )
    edits = moved(standing.edits, turn, before.text, words)
    return replace(standing.talk, turns=turns), replace(
        edits, lines=tuple(sorted(lines, key=lambda one: one.turn))
    )


def moved(edits: Edits, turn: int, before: str, after: str) -> Edits:
    """The edits with the keys of one turn moved as its words moved; a key whose words changed is dropped."""

    def where(key: str) -> str | None:
        match = _KEY.fullmatch(key)
        if match is None or int(match["turn"]) != turn:
            return key
        span = shifted(int(match["start"]), int(match["end"]), before, after)
        return f"{match['field']}@{turn}.{span[0]}-{span[1]}" if span else None

    def kept(keys: frozenset[str]) -> frozenset[str]:
        return frozenset(new for key in keys if (new := where(key)) is not None)

    changes = {new: change for key, change in edits.changed.items() if (new := where(key)) is not None}
    return replace(edits, confirmed=kept(edits.confirmed), removed=kept(edits.removed), changed=changes)


def shifted(start: int, end: int, before: str, after: str) -> tuple[int, int] | None:
    """Where a stretch of the old words stands in the new ones; None when words inside it changed."""
    same = _alike(before, after)
    rest = min(len(before), len(after)) - same
    tail = _alike(before[::-1][:rest], after[::-1][:rest])
    if end <= same:
        return start, end
    if start >= len(before) - tail:
        return start + len(after) - len(before), end + len(after) - len(before)
    return None


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _span(quote: str, text: str) -> dict[str, Value]:
    at = text.find(quote)
    if at < 0:
        raise BadInput(
            ("原话要一字不差地在这一句里。", "The quote must stand in this line word for word."),
            (
                "从左边那一句里照抄；听写错了，先改那一句。",
                "Copy it from the line; if the line was misheard, correct the line first.",
            ),
        )
    return {"quote": quote, "start": at, "end": at + len(quote)}


def _day(value: Value) -> None:
    if value is None:
        return
    try:
        dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise BadInput(
            ("日期没看懂。", "This is no date."),
            ("写成 2026-11-28，或空着。", "Write it as 2026-11-28, or leave it empty."),
        ) from error
