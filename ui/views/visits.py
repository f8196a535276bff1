"""What one visit shows: its transcript with links, its record, what is missing, the drill."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from coach.privacy.consent import Agreed
from coach.vocabulary import Role
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a turn that a field points at: code points `start`..`end`, and the field's key."""

    start: int
    end: int
    field: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One turn of the transcript; `at` and `until` are seconds or None; `name` is who speaks, for people."""

    number: int
    role: Role | None
    name: str
    text: str
    at: float | None = None
    until: float | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """Something that can be put right: the name that comes back, its label, what it holds, and the choices if it has any."""

    name: str
    label: str
    value: str
    kind: Literal["text", "day", "choice"] = "text"
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding of one of the five actions. `key` links it to its words in the transcript."""

    key: str
    quote: str
    turn: int
    at: float | None
    inferred: bool = False
    role: Role = "customer"
    headline: str = ""
    chips: tuple[tuple[str, Tone], ...] = ()
    confirmed: bool = False
    changed: bool = False
    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One of the five actions with its findings; empty `entries` means it was not found."""

    id: str
    name: str
    entries: tuple[Entry, ...]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A chip of the highlights: an objection, a decision role or a time point."""

    key: str
    words: str
    inputs: tuple[Input, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DueClock:
    """The 24 hours of the post-visit form: how they stand in words, and how urgent that is."""

    words: str
    tone: Tone
    handed_in: bool = False


@dataclass(frozen=True, slots=True)
class Drill:
    """The objection to practise now: its words, and "visit/number" by which its drill is made."""

    words: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: transcript, record, what is missing, what to do next.

    `audio` is the player's address or empty; `rep` the speaker on our side, None when nobody can tell;
    `removed` counts the entries that people took out.
    """

    id: str
    title: str
    day: dt.date | None
    seconds: float | None
    people: tuple[str, ...]
    turns: tuple[Utterance, ...]
    actions: tuple[Action, ...]
    objections: tuple[Highlight, ...]
    roles: tuple[Highlight, ...]
    times: tuple[Highlight, ...]
    warnings: tuple[str, ...] = ()
    drill: Drill | None = None
    audio: str = ""
    wave: tuple[float, ...] = ()
    rep: str | None = None
    removed: int = 0
    due: DueClock | None = None
    consent: Agreed | None = None
