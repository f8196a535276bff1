"""Small talks for the tests: rep turns as they were heard, written by hand, and scripts in both languages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from coach.practice.customer import Step, open_talk, respond
from coach.practice.session import Session
from coach.practice.state import Heard, Slip, State, opening_state
from coach.reading.engine import Reading
from coach.reading.offline import OfflineEngine
from scenarios.loader import load_scenario, load_scenarios
from scenarios.schema import Scenario

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def engine() -> OfflineEngine:
    """One engine for all tests: it is the one that users run."""
    return OfflineEngine()


@lru_cache(maxsize=1)
def shipped() -> dict[str, Scenario]:
    """The scenarios that ship."""
    return load_scenarios()


@lru_cache(maxsize=1)
def pump() -> Scenario:
    """A small scenario with one guarded fact, one that is never told, and two objections."""
    return load_scenario(HERE / "pump.yaml")


def heard(
    number: int,
    text: str,
    *acts: str,
    won: tuple[str, ...] = (),
    crossed: tuple[str, ...] = (),
    slips: frozenset[Slip] = frozenset(),
) -> Heard:
    """A rep turn whose every word does all of `acts`."""
    readings = tuple(Reading(2 * number, act, text, 0, len(text), 0.9) for act in acts)  # type: ignore[arg-type]
    return Heard(number, 2 * number, text, readings, won, crossed, slips)


class Table:
    """The customer alone, without an engine: turns are given as they were heard."""

    def __init__(self, scenario: Scenario, seed: int = 1) -> None:
        self.scenario = scenario
        self.seed = seed
        self.state, self.steps = open_talk(scenario, opening_state(scenario), seed, scenario.opening)

    def hear(
        self,
        text: str,
        *acts: str,
        won: tuple[str, ...] = (),
        crossed: tuple[str, ...] = (),
        slips: frozenset[Slip] = frozenset(),
    ) -> list[Step]:
        """One rep turn; the customer's moves."""
        turn = heard(self.state.turns + 1, text, *acts, won=won, crossed=crossed, slips=slips)
        self.state, self.steps = respond(self.scenario, self.state, turn, self.seed)
        return self.steps

    @property
    def kinds(self) -> list[str]:
        """The kinds of the last moves."""
        return [step.move.kind for step in self.steps]


def played(scenario: Scenario, lines: list[str], seed: int = 1) -> Session:
    """A whole practice with these rep lines; it ends as the rep leaving when the lines run out."""
    session = Session(scenario, engine(), seed=seed)
    session.open()
    for line in lines:
        if session.ended:
            break
        session.say(line)
    session.end()
    return session


def temper_of(state: State, scenario: Scenario) -> float:
    """The main person's trust."""
    return state.people[scenario.main.id].trust
