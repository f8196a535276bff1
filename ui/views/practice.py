"""What the practice pages show: the shelf of scenarios, the running session, the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach.practice.composure import Word as Steadiness
from coach.practice.mood import Face
from coach.reading.engine import Verdict
from coach.vocabulary import InformationKind

StepState = Literal["done", "current", "open"]
RungState = Literal["used", "next", "locked"]


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """One scenario on the shelf; `level` and `objections` are words for people.

    `note` says whose it is when it was made here; `certificate` is for trainers only, empty for others.
    `types`, `trade` (a sector) and `level_id` are what the shelf is picked through by; `why` it is recommended.
    """

    id: str
    title: str
    teaser: str
    customer: str
    level: str
    minutes: int
    objections: tuple[str, ...]
    people: int = 1
    last_score: int | None = None
    fits: bool = False
    note: str = ""
    certificate: str = ""
    types: tuple[str, ...] = ()
    trade: str = ""
    level_id: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the rep sees before and during the session."""

    you: str
    situation: str
    goal: str
    authority: str = ""
    known: tuple[str, ...] = ()
    red_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chat log; `at` is seconds from the start; `move` praises a rep's own line.

    `turn` is its number in the conversation; stage directions have none.
    """

    side: Literal["rep", "customer", "stage"]
    text: str
    name: str = ""
    at: float | None = None
    move: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps acknowledge, explore, respond, advance."""

    name: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Point:
    """One information point: when found its `learned` words, while open nothing but its kind."""

    kind: InformationKind
    found: bool
    learned: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the hint ladder with its price in points; `text` only once it was bought."""

    id: str
    name: str
    price: int
    state: RungState
    text: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """The panel beside the chat. `score` is None until something can be scored."""

    score: int | None
    delta: int | None
    why: str
    steps: tuple[Step, ...]
    steadiness: Steadiness
    steadiness_note: str
    points: tuple[Point, ...]
    rungs: tuple[Rung, ...]
    exam: bool = False
    open_count: int = 0
    hints_used: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A running session. `left` and `limit` are seconds; `called` is what one calls the customer.

    `exam` says whether an exam counts and is empty otherwise; `branch` where a branch began; `note` what a model did
    not deliver in the last turn.
    """

    id: str
    title: str
    customer: str
    customer_role: str
    mood: Face
    mood_words: str
    brief: Brief
    lines: tuple[Line, ...]
    live: Live
    left: float
    limit: float
    over: bool = False
    over_reason: str = ""
    called: str = ""
    paused: bool = False
    exam: str = ""
    branch: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Better:
    """A better way to say it, and the case that it was borrowed from."""

    text: str
    source: str = ""
    outcome: str = ""
    outcome_tone: Literal["good", "bad", ""] = ""


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One check of the report. `at` is seconds; `turn` the utterance that the quote stands in.

    `retry` is the rep's turn from which it can be done again. With `could_have` the quote is what was said
    where the check was due, not its proof. `word` is said instead of the verdict's own. `advice` says why trainers made it advice only.
    """

    id: str
    verdict: Verdict
    dimension: str
    name: str
    quote: str = ""
    turn: int | None = None
    at: float | None = None
    why: str = ""
    better: Better | None = None
    retry: int | None = None
    could_have: bool = False
    word: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Spoke:
    """One axis of the radar, 0..100; None is not scored and is never drawn as 0."""

    name: str
    value: float | None
    last: float | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the two curves; trust and patience are 0..100, `at` is seconds."""

    at: float
    trust: float
    patience: float


@dataclass(frozen=True, slots=True)
class Turning:
    """A turning point on the curve: what happened, when, and what it did."""

    at: float
    what: str
    effect: str
    curve: Literal["trust", "patience"]
    tone: Literal["good", "bad"]


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one finished session.

    `unsaid` is what the customer never said aloud; `missed` what could have been learned and was not.
    `advice` names the checks that are advice only and the total without them. `exam` and `branch` as in a session.
    """

    id: str
    title: str
    scenario_id: str
    outcome: Literal["pass", "fail", "not_scored"]
    headline: str
    summary: str
    total: int | None
    pass_mark: int
    last_total: int | None
    red_lines: tuple[str, ...]
    hints_note: str
    end_reason: str
    spokes: tuple[Spoke, ...]
    moments: tuple[Moment, ...]
    turnings: tuple[Turning, ...]
    rows: tuple[VerdictRow, ...]
    lines: tuple[Line, ...] = ()
    unsaid: tuple[str, ...] = ()
    missed: tuple[tuple[InformationKind, str], ...] = ()
    machine_note: str = ""
    advice: str = ""
    exam: str = ""
    branch: str = ""
