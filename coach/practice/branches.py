"""Two practices that part at one turn, side by side: the words from the fork, what they came to, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach.reading.engine import Verdict
from coach.vocabulary import EndReason, Role

if TYPE_CHECKING:
    from coach.practice.score import Outcome
    from coach.practice.session import Session

LEAD: Final = 2
"""Lines before the fork that both sides share and that are shown once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the talk; `turn` is its number in the conversation."""

    turn: int
    role: Role
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One way it went from the fork on; `ended` is None while it still goes on."""

    lines: tuple[Line, ...]
    total: int | None
    outcome: Outcome
    ended: EndReason | None
    trust: float
    patience: float


@dataclass(frozen=True, slots=True)
class Change:
    """A check or red line that the two sides answer differently; for a red line `yes` means crossed.

    `quote` are the words that made the difference, from the side where there are any.
    """

    id: str
    name: str
    before: Verdict
    after: Verdict
    red_line: bool
    quote: str

    @property
    def better(self) -> bool:
        """Whether the branch did better here."""
        return (self.after == "yes") != self.red_line


@dataclass(frozen=True, slots=True)
class Fork:
    """Both sides of a branch at rep turn `turn`, with the few lines that led there."""

    turn: int
    lead: tuple[Line, ...]
    old: Side
    new: Side
    changes: tuple[Change, ...]


def fork(old: Session, new: Session, turn: int) -> Fork:
    """The practice `old` and its branch `new` from the rep's turn `turn` on; what got better comes first."""
    lines = lines_of(old)
    return Fork(
        turn,
        tuple(line for line in lines if turn - LEAD <= line.turn < turn),
        _side(old, turn),
        _side(new, turn),
        _changes(old, new),
    )


def lines_of(session: Session) -> tuple[Line, ...]:
    """The whole talk, each line with whose it is."""
    reps = {exchange.heard.turn for exchange in session.log.exchanges}
    return tuple(
        Line(turn.number, "rep" if turn.number in reps else "customer", turn.speaker, turn.text)
        for turn in session.talk.turns
    )


def _side(session: Session, turn: int) -> Side:
    score = session.score()
    temper = session.state.people[session.scenario.main.id]
    return Side(
        tuple(line for line in lines_of(session) if line.turn >= turn),
        score.total,
        score.outcome,
        session.ended,
        temper.trust,
        temper.patience,
    )


def _changes(old: Session, new: Session) -> tuple[Change, ...]:
    found = []
    for item in new.items:
        before, after = old.ledger.verdict(item.id), new.ledger.verdict(item.id)
        red = item.kind == "red_line"
        if before.verdict == after.verdict or (red and "yes" not in (before.verdict, after.verdict)):
            continue
        found.append(
            Change(item.id, item.name, before.verdict, after.verdict, red, after.quote or before.quote)
        )
    return tuple(sorted(found, key=lambda change: not change.better))
