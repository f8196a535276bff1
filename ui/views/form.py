"""What the post-visit form shows: its clock, what is missing, the five actions, what only the rep knows, the drafts."""

from __future__ import annotations

from dataclasses import dataclass

from ui.views.tone import Tone
from ui.views.visits import DueClock


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One finding as the form shows it: the words, a headline when they mean more, and chips."""

    quote: str
    headline: str = ""
    chips: tuple[tuple[str, Tone], ...] = ()


@dataclass(frozen=True, slots=True)
class FormAction:
    """One of the five actions; without entries the rep may add a line, `added` is what they wrote."""

    id: str
    name: str
    entries: tuple[FormEntry, ...]
    added: str = ""


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft to copy: what it is, its text, how many places are left to fill."""

    name: str
    subject: str
    body: str
    places: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """The whole page. `when` says until when, or when it was handed in; `gaps` are sentences; `notes` by input name."""

    id: str
    title: str
    due: DueClock
    when: str
    gaps: tuple[str, ...]
    actions: tuple[FormAction, ...]
    notes: tuple[tuple[str, str, str], ...]
    drafts: tuple[DraftText, ...]
    calendar: bool
