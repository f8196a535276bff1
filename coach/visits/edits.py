"""What people changed in a visit: entries confirmed, taken out or put right, lines heard wrongly, the follow-up form.

Entries go by a stable name: the field and the words that the machine pointed at. Nothing here touches its reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from coach.visits.record import Said

Value = str | int | None
Change = Mapping[str, Value]
"""New values by the entry's own field names; `start` and `end` go with `quote`, null means not known."""

CHANGEABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "core_needs": ("quote",),
    "solution_points": ("quote",),
    "feedback": ("quote", "polarity"),
    "next_steps": ("quote", "action", "owner", "due"),
    "hidden_concerns": ("quote", "summary"),
    "objections": ("quote", "type"),
    "decision_roles": ("quote", "role"),
    "time_points": ("quote", "date"),
}
"""What can be put right in an entry of each field."""


@dataclass(frozen=True, slots=True)
class Line:
    """A turn as it should have been heard: its number, who spoke, and the words."""

    turn: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Edits:
    """What people did to the machine's record: entries by key, lines by number, and what the form adds by field."""

    confirmed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: Mapping[str, Change] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, human: object) -> Edits:
        """The edits as the store keeps them; anything strange counts as none."""
        kept = human if isinstance(human, dict) else {}
        return cls(
            _keys(kept.get("confirmed")),
            _keys(kept.get("removed")),
            _changes(kept.get("changed")),
            _lines(kept.get("lines")),
            _words(kept.get("form")),
        )

    def as_json(self) -> dict[str, object]:
        """What the store keeps; what is empty is left out, except the two that were always there."""
        body: dict[str, object] = {"confirmed": sorted(self.confirmed), "removed": sorted(self.removed)}
        if self.changed:
            body["changed"] = {key: dict(change) for key, change in sorted(self.changed.items())}
        if self.lines:
            body["lines"] = [
                {"turn": one.turn, "speaker": one.speaker, "text": one.text} for one in self.lines
            ]
        if self.form:
            body["form"] = dict(self.form)
        return body


def key_of(field: str, said: Said) -> str:
    """The stable name of an entry: its field and the words it points at."""
    return f"{field}@{said.turn}.{said.start}-{said.end}"


def _keys(value: object) -> frozenset[str]:
    return frozenset(str(one) for one in value) if isinstance(value, list) else frozenset()


def _words(value: object) -> dict[str, str]:
    kept = value if isinstance(value, dict) else {}
    return {str(key): words for key, words in kept.items() if isinstance(words, str)}


def _changes(value: object) -> dict[str, Change]:
    kept = value if isinstance(value, dict) else {}
    return {
        str(key): {
            str(name): one for name, one in change.items() if one is None or isinstance(one, str | int)
        }
        for key, change in kept.items()
        if isinstance(change, dict)
    }


def _lines(value: object) -> tuple[Line, ...]:
    kept = value if isinstance(value, list) else []
    return tuple(
        Line(one["turn"], one["speaker"], one["text"])
        for one in kept
        if isinstance(one, dict)
        and isinstance(one.get("turn"), int)
        and isinstance(one.get("speaker"), str)
        and isinstance(one.get("text"), str)
    )
