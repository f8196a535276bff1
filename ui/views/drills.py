"""What surrounds a practice: what is due, the round of the day, the trend, two branches, a colleague's seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.vocabulary import Role
from ui.views.practice import Brief
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class Due:
    """The one thing to practise now. With `drill` the button makes a drill of a visit's objection: "visit/number"."""

    objection: str
    why: str
    title: str
    said: str = ""
    scenario_id: str = ""
    drill: str = ""


@dataclass(frozen=True, slots=True)
class RoundItem:
    """One scenario of today's round; `done` once it was finished today."""

    objection: str
    title: str
    scenario_id: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """One type of objection: its scores, oldest first, and how they moved."""

    objection: str
    scores: tuple[int, ...]
    times: int = 0
    held: int = 0
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The head of the practice page."""

    due: Due | None
    round: tuple[RoundItem, ...]
    trends: tuple[Trend, ...]


@dataclass(frozen=True, slots=True)
class ExamStanding:
    """How somebody stands with a scenario's exam: words, and the session to go on with when one is still running."""

    words: str = ""
    running: str = ""


@dataclass(frozen=True, slots=True)
class ForkLine:
    """One line of a branch."""

    role: Role
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ForkSide:
    """One way it went: its lines from the fork, its score, how it ended; `href` leads to its report or session."""

    head: str
    href: str
    lines: tuple[ForkLine, ...]
    total: int | None
    outcome: str
    tone: Tone
    ended: str
    temper: str


@dataclass(frozen=True, slots=True)
class ForkChange:
    """A check that the two sides answer differently; `advice` says why trainers made it advice only."""

    name: str
    word: str
    better: bool
    quote: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Fork:
    """Both sides of a branch."""

    title: str
    scenario_id: str
    turn: int
    lead: tuple[ForkLine, ...]
    old: ForkSide
    new: ForkSide
    changes: tuple[ForkChange, ...]


@dataclass(frozen=True, slots=True)
class SeatCheck:
    """A check beside a dialogue of two people; `advice` says why trainers made it advice only."""

    name: str
    done: bool
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """A practice with a colleague as one of the two sees it; `card` is the customer's and empty for the rep."""

    id: str
    title: str
    seat: Literal["rep", "customer"]
    lines: tuple[ForkLine, ...]
    brief: Brief
    card: tuple[tuple[str, tuple[str, ...]], ...] = ()
    score: int | None = None
    checks: tuple[SeatCheck, ...] = ()
    over: str = ""
    outcome: str = ""
    tone: Tone = ""
