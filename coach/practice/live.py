"""What stands beside the talk while it runs: score and why it moved, steps, composure, information by kind,
mood, clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from coach.errors import Words
from coach.practice.checks import ANSWERS, Item, Ledger
from coach.practice.composure import Composure
from coach.practice.mood import Mood, mood
from coach.practice.score import Score
from coach.practice.state import State
from coach.practice.transcript import Mode, Said
from coach.vocabulary import EndReason, InformationKind, name
from scenarios.schema import Scenario

StepName = Literal["acknowledge", "explore", "respond", "advance"]
StepState = Literal["done", "current", "open"]
_STEPS: Final[tuple[tuple[StepName, frozenset[str]], ...]] = (
    ("acknowledge", frozenset({"acknowledge", "restate"})),
    ("explore", frozenset({"explore", "map_decision"})),
    ("respond", ANSWERS - {"concede_price"}),
    ("advance", frozenset({"advance"})),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Information the rep got, in one line."""

    id: str
    kind: InformationKind
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """A good move of the last turn: what it is called and what it was worth."""

    check: str
    name: str
    points: float


@dataclass(frozen=True, slots=True)
class Live:
    """`score` is None while nothing can be scored; `change` is against the turn before, `why` names what
    moved it.

    `open_points` names kinds only, never what to ask about; in an exam it is empty and only `open_count` is
    told.
    """

    score: int | None
    change: int
    why: str
    moves: tuple[Move, ...]
    steps: tuple[tuple[StepName, StepState], ...]
    composure: Composure
    found: tuple[Found, ...]
    open_points: tuple[InformationKind, ...]
    open_count: int
    mood: Mood
    seconds_left: float
    ended: EndReason | None


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What a turn brings: the customer's lines in order, what the page shows afterwards, and notes on a model
    that did not deliver.
    """

    lines: tuple[Said, ...]
    live: Live
    notes: tuple[Words, ...] = ()

    @property
    def ended(self) -> EndReason | None:
        """The reason the talk ended, None while it goes on."""
        return self.live.ended


def live(
    scenario: Scenario,
    state: State,
    ledger: Ledger,
    items: Sequence[Item],
    now: Score,
    mode: Mode,
    before: Live | None,
) -> Live:
    """The live view; `before` is the view of the turn before."""
    moves = _moves(state, ledger, items, now)
    total = now.total if state.turns else 0
    change = (total or 0) - (before.score or 0) if before else 0
    crossed = bool(state.heard and state.heard[-1].crossed)
    found = tuple(
        Found(fact.id, fact.kind, fact.statement) for fact in scenario.private_facts if fact.id in state.facts
    )
    kinds = tuple(sorted((one.kind for one in now.missing), key=["people", "money", "time", "risk"].index))
    return Live(
        total,
        change,
        _why(scenario, moves, crossed),
        moves,
        _steps(state),
        now.composure,
        found,
        () if mode == "exam" else kinds,
        len(kinds),
        mood(state, _facing(scenario, state), scenario.language),
        max(0.0, scenario.time_limit_minutes * 60 - state.elapsed),
        state.ended,
    )


def _moves(state: State, ledger: Ledger, items: Sequence[Item], now: Score) -> tuple[Move, ...]:
    """What the last rep turn earned, heaviest first."""
    if not state.heard:
        return ()
    turn = state.heard[-1].turn
    earned = [
        item
        for item in items
        if item.kind != "red_line" and ledger.proved(item.id) and ledger.verdict(item.id).turn == turn
    ]
    scored = sum(check.item.weight for check in now.checks if check.verdict != "not_scored") or 1
    return tuple(
        Move(item.id, item.name, round(100 * item.weight / scored, 1))
        for item in sorted(earned, key=lambda one: (one.kind == "key_point", -one.weight))
    )


def _why(scenario: Scenario, moves: Sequence[Move], crossed: bool) -> str:
    """Why the score moved. Key points are not named while the talk runs, only generic moves are."""
    zh = scenario.language == "zh"
    if crossed:
        return "碰了红线" if zh else "Crossed a red line"
    if not moves:
        return ""
    generic = next((move.name for move in moves if move.check.startswith("g-")), None)
    return generic or ("问到点子上了" if zh else "Hit a point that matters here")


def _steps(state: State) -> tuple[tuple[StepName, StepState], ...]:
    done = [any(heard.acts & acts for heard in state.heard) for _, acts in _STEPS]
    first_open = done.index(False) if False in done else len(done)
    marks: list[tuple[StepName, StepState]] = []
    for index, (step, _) in enumerate(_STEPS):
        marks.append((step, "done" if done[index] else "current" if index == first_open else "open"))
    return tuple(marks)


def _facing(scenario: Scenario, state: State) -> str:
    return state.last_speaker if state.last_speaker in state.people else scenario.main.id


def end_words(reason: EndReason, language: Literal["zh", "en"]) -> str:
    """What people call the reason."""
    return name(reason, language)
