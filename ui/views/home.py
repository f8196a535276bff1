"""What the home page and the lists show: what goes on, what waits and until when, the last scores, the trainer's work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.views.drills import Trend
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class Recent:
    """One thing to carry on with: where it leads, what it is, and a chip that says how it stands."""

    href: str
    kind: Literal["practice", "visits", "deals"]
    title: str
    note: str
    chip: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits for somebody: where it leads, what it is, and how urgent."""

    href: str
    title: str
    note: str = ""
    chip: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits, the most urgent first; `more` counts what is not shown."""

    items: tuple[Wait, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Last:
    """The last scores, oldest first, how the mean of the last three stands against the three before, and each objection."""

    scores: tuple[int, ...] = ()
    mean: int | None = None
    change: int | None = None
    trends: tuple[Trend, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainerWork:
    """What waits for a trainer: cases to review, what goes stale."""

    review: Waits
    stale: Waits


@dataclass(frozen=True, slots=True)
class Standing:
    """The home page of one person; `trainer` is None for everybody else, `month` reminds of the case that is due."""

    visits: Waits
    last: Last
    recent: tuple[Recent, ...] = ()
    trainer: TrainerWork | None = None
    month: str = ""
