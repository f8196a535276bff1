"""Where a conversation stands: tempers, objections, facts that are out, and every rep turn as it was heard.

All values are frozen; a rep turn makes a new state. Nothing here is stored: a saved practice keeps the
turns as they were heard, and the state is folded from them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from coach.practice.harm import acts_of
from coach.reading.engine import Reading
from coach.vocabulary import EndReason, ObjectionState
from scenarios.people import Shift
from scenarios.schema import Scenario

Slip = Literal["silence", "out_of_role", "parroting", "repeated", "too_long", "too_many", "farewell"]

SOFT: Final[frozenset[str]] = frozenset({"acknowledged", "explored", "answered"})
OPEN: Final[frozenset[str]] = frozenset({"raised", "hardened"}) | SOFT


@dataclass(frozen=True, slots=True)
class Temper:
    """How one person stands, each 0-100."""

    trust: float
    patience: float
    willingness: float

    def moved(self, trust: float = 0, patience: float = 0, willingness: float = 0) -> Temper:
        """The temper after a change, kept within 0 and 100."""
        return Temper(
            _bound(self.trust + trust),
            _bound(self.patience + patience),
            _bound(self.willingness + willingness),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one objection stands: `since` is the rep turn in which it came there, `pushes` the dodges it
    met.
    """

    state: ObjectionState
    since: int = 0
    pushes: int = 0
    entered: Mapping[str, int] = field(default_factory=dict)

    def now(self, state: ObjectionState, turn: int) -> Standing:
        """The objection in a (possibly the same) state, entered in this rep turn."""
        count = {**self.entered, state: self.entered.get(state, 0) + 1}
        return Standing(state, turn, 0, count)

    def pushed(self) -> Standing:
        """Raised once more after a dodge."""
        return replace(self, pushes=self.pushes + 1)

    def is_in(self, word: str) -> bool:
        """Whether an author's word for a state holds: softened and pushed are wider than the vocabulary's
        states.
        """
        if word == "softened":
            return self.state in SOFT
        if word == "pushed":
            return self.state == "raised" and self.pushes > 0
        return self.state == word

    def times(self, word: str) -> int:
        """How often the objection came into a state."""
        if word == "softened":
            return sum(self.entered.get(state, 0) for state in ("acknowledged", "explored"))
        return self.pushes if word == "pushed" else self.entered.get(word, 0)


@dataclass(frozen=True, slots=True)
class Heard:
    """One rep turn as it counts: `number` is the rep's turn from 1, `turn` its number in the conversation.

    `text` is what may count (voided sentences are blanks, offsets hold), `readings` the engine's
    readings of it, `won` and `crossed` the key points and red lines it earned, `slips` what was wrong with
    the way it was said, `to` the person it was said to.
    """

    number: int
    turn: int
    text: str
    readings: tuple[Reading, ...] = ()
    won: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    slips: frozenset[Slip] = frozenset()
    to: str = ""

    @property
    def acts(self) -> frozenset[str]:
        """The rep acts that hold somewhere in the turn; what both sides may say (a date, a promise) is no
        act.
        """
        return acts_of(self.readings)


@dataclass(frozen=True, slots=True)
class Fired:
    """A provocation that was played before rep turn `number` + 1."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class State:
    """The whole standing after `turns` rep turns."""

    people: Mapping[str, Temper]
    objections: Mapping[str, Standing]
    facts: tuple[str, ...] = ()
    heard: tuple[Heard, ...] = ()
    said: frozenset[str] = frozenset()
    fired: tuple[Fired, ...] = ()
    once: frozenset[str] = frozenset()
    last_speaker: str = ""
    unheard: Mapping[str, int] = field(default_factory=dict)
    trust_extra: float = 0
    elapsed: float = 0
    ended: EndReason | None = None

    @property
    def turns(self) -> int:
        """How many times the rep has spoken."""
        return len(self.heard)

    @property
    def won(self) -> frozenset[str]:
        """Key points earned so far."""
        return frozenset(point for heard in self.heard for point in heard.won)

    def shifted(self, shifts: Mapping[str, Shift]) -> State:
        """The state after people's tempers moved."""
        people = dict(self.people)
        for id, shift in shifts.items():
            if id in people:
                people[id] = people[id].moved(shift.trust, shift.patience, shift.willingness)
        return replace(self, people=people)

    def standing(self, id: str, now: Standing) -> State:
        """The state with one objection somewhere else."""
        return replace(self, objections={**self.objections, id: now})


def opening_state(scenario: Scenario, *, trust_extra: float = 0) -> State:
    """Before the first word; `trust_extra` raises every fact's threshold (exams)."""
    easy = scenario.difficulty
    people = {
        person.id: Temper(
            easy.trust if person.start.trust is None else person.start.trust,
            easy.patience if person.start.patience is None else person.start.patience,
            easy.willingness if person.start.willingness is None else person.start.willingness,
        )
        for person in scenario.cast
    }
    objections = {
        one.id: Standing("latent").now("raised", 0) if one.starts == "raised" else Standing("latent")
        for one in scenario.objections
    }
    return State(people, objections, trust_extra=trust_extra, last_speaker=scenario.main.id)


def _bound(value: float) -> float:
    return round(min(100.0, max(0.0, value)), 3)
