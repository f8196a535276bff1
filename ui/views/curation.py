"""What the trainer's page shows: what waits, what is on the shelf, who gives; one case under review; the form."""

from __future__ import annotations

from dataclasses import dataclass

from coach.vocabulary import Outcome
from ui.views.deals import Passage
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list: title, outcome, who and when, and how it stands."""

    id: str
    title: str
    outcome: Outcome
    note: str
    chip: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Giver:
    """One author's bar: cases on the shelf and this month, how often shown, opened, adopted; `rate` in words."""

    name: str
    published: int
    this_month: int
    shown: int
    opened: int
    adopted: int
    rate: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The page as it opens. `due` is a sentence when this month's case is still missing."""

    trains: bool
    waiting: tuple[CaseRow, ...]
    shelf: tuple[CaseRow, ...]
    givers: tuple[Giver, ...]
    due: str = ""


@dataclass(frozen=True, slots=True)
class TwinCard:
    """A case that is nearly the same, to be read beside the draft."""

    id: str
    title: str
    outcome: Outcome
    how: str
    story: str
    waits: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the history."""

    what: str
    note: str
    said: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One case with everything that is needed to decide; the `may_` flags say which buttons there are."""

    id: str
    title: str
    outcome: Outcome
    facts: str
    state: str
    tone: Tone
    masked: str
    passages: tuple[Passage, ...]
    twins: tuple[TwinCard, ...]
    steps: tuple[StepRow, ...]
    live: str = ""
    may_decide: bool = False
    may_publish: bool = False
    may_retire: bool = False
    may_revise: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What the form begins with; `passages` are what a visit's record adds by itself."""

    heading: str
    title: str = ""
    outcome: Outcome | None = None
    happened: str = ""
    words: str = ""
    masked: str = ""
    passages: tuple[Passage, ...] = ()
