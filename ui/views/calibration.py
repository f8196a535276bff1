"""What the calibration page shows: one verdict to vote on, what comes next, and how far each check can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from coach.reading.engine import Verdict
from ui.views.tone import Tone


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to vote: what the button sends and what stands on it."""

    act: str
    id: str
    word: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One verdict with its words. The rep's turn is `head` + `quote` + `tail`; `p` and `edge` are 0..1 or unknown.

    `nearest`: the quote is no proof but what came nearest; `odd` says why a verdict is not what `p` suggests.
    """

    id: str
    statement: str
    kind: str
    place: str
    verdict: Verdict
    word: str
    customer: tuple[tuple[str, str], ...]
    head: str
    quote: str
    tail: str
    nearest: bool
    p: float | None
    edge: float | None
    odd: str
    choices: tuple[Choice, ...]
    mine: str = ""
    remark: str = ""
    others: str = ""
    examples: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One verdict that comes later."""

    id: str
    statement: str
    verdict: Verdict
    note: str
    chip: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """One check's bar: 0..1 or None before anybody voted; `told` and `kappa` in words."""

    name: str
    place: str
    n: int
    rate: float | None
    low: float | None
    high: float | None
    told: str
    kappa: str
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All figures: the whole, then check by check; `silent` is how many checks nobody voted on."""

    overall: Agreed
    rows: tuple[Agreed, ...]
    silent: int
    trainers: int


@dataclass(frozen=True, slots=True)
class Bench:
    """The page as it opens: what to vote on now, what then, how much is done. `exhibit` is None when nothing is left."""

    exhibit: Exhibit | None
    queue: tuple[QueueRow, ...]
    open_count: int
    voted_count: int
    practised: bool
    last: QueueRow | None = None
