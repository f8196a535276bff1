"""A colleague plays the customer: two people type in turn, and the running dialogue is scored like any finished one.

There is no customer engine here: nothing is decided for the customer, and the rubric is the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from coach.conversation import Conversation
from coach.errors import BadInput, Refused
from coach.practice.finished import score_dialogue
from coach.practice.transcript import digest
from coach.vocabulary import EndReason, Role, name
from scenarios.rubric import load_rubrics

if TYPE_CHECKING:
    from coach.practice.score import Score
    from coach.reading.engine import Engine
    from coach.store.practices import Practices, StoredPractice
    from scenarios.schema import Scenario

MODE = "colleague"


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the two said."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The whole of it so far; `digest` is that of the scenario and rubric it is scored with."""

    scenario: str
    digest: str
    lines: tuple[Line, ...] = ()
    ended: EndReason | None = None


@dataclass(frozen=True, slots=True)
class TwoSeats:
    """A dialogue with its scenario; `said` and `left` give the next one."""

    scenario: Scenario
    engine: Engine
    dialogue: Dialogue

    @classmethod
    def begin(cls, scenario: Scenario, engine: Engine) -> TwoSeats:
        """Nobody has said anything yet; the customer opens."""
        rubric = load_rubrics()[scenario.rubric]
        return cls(scenario, engine, Dialogue(scenario.id, digest(scenario, rubric)))

    def said(self, role: Role, text: str) -> TwoSeats:
        """After a line. Raises BadInput for an empty one, Refused after the end."""
        words = " ".join(text.split())
        if not words:
            raise BadInput(("这一句是空的。", "This line is empty."), ("写一句再发。", "Write a line first."))
        if self.dialogue.ended:
            raise Refused(
                ("这一场已经结束了。", "This practice is over."), ("再开一场。", "Begin another one.")
            )
        lines = (*self.dialogue.lines, Line(role, words))
        return replace(self, dialogue=replace(self.dialogue, lines=lines))

    def left(self, reason: EndReason) -> TwoSeats:
        """Over for this reason; a second end changes nothing."""
        return replace(self, dialogue=replace(self.dialogue, ended=self.dialogue.ended or reason))

    @property
    def talk(self) -> Conversation:
        """The dialogue as a conversation with the sides as labels."""
        talk = Conversation((), self.scenario.language, source=self.scenario.id)
        for line in self.dialogue.lines:
            talk = talk.said(name(line.role, self.scenario.language), line.text)
        return talk

    @property
    def rep_spoke(self) -> bool:
        """Whether there is anything to score."""
        return any(line.role == "rep" for line in self.dialogue.lines)

    def score(self) -> Score:
        """The score of what was said so far."""
        return score_dialogue(self.scenario, load_rubrics()[self.scenario.rubric], self.talk, self.engine)


class Seats:
    """Opens, saves and finds again one person's practices with a colleague."""

    def __init__(
        self,
        practices: Practices,
        scenarios: Callable[[], Mapping[str, Scenario]],
        engine: Callable[[], Engine],
    ) -> None:
        self._practices = practices
        self._scenarios = scenarios
        self._engine = engine

    def begin(self, scenario: Scenario) -> str:
        """Keep a dialogue that is about to begin; its id."""
        seats = TwoSeats.begin(scenario, self._engine())
        rubric = load_rubrics()[scenario.rubric]
        return self._practices.begin(
            scenario=scenario.id,
            scenario_version=scenario.version,
            rubric_version=rubric.version,
            engine=seats.engine.name,
            seed=0,
            state=_state(seats),
            mode=MODE,
        )

    def load(self, id: str) -> TwoSeats:
        """The dialogue as it stands. Raises NotFound, and Refused when its scenario was changed since."""
        return self.opened(self._practices.load(id))

    def opened(self, stored: StoredPractice) -> TwoSeats:
        """A stored practice with a colleague. Raises BadInput for another kind of practice."""
        try:
            dialogue = TypeAdapter(Dialogue).validate_python(stored.state.get(MODE))
        except ValidationError as error:
            raise BadInput(
                ("这一场不是和同事练的。", "No colleague plays the customer in this practice."),
                ("接着练去掉 --colleague。", "Go on without --colleague."),
            ) from error
        scenario = self._scenarios().get(stored.scenario)
        if scenario is None or digest(scenario, load_rubrics()[scenario.rubric]) != dialogue.digest:
            raise Refused(
                (
                    "这个剧本后来改过版，这一场不能接着练。",
                    "The scenario was changed since, so this practice cannot go on.",
                ),
                ("重新开一场。", "Begin a new practice."),
            )
        return TwoSeats(scenario, self._engine(), dialogue)

    def save(self, id: str, seats: TwoSeats) -> None:
        """Keep it as it stands; with its end come outcome and total."""
        if seats.dialogue.ended is None:
            self._practices.save(id, _state(seats))
            return
        result = seats.score()
        self._practices.save(id, _state(seats), ended=True, outcome=result.outcome, total=result.total)


def _state(seats: TwoSeats) -> dict[str, Any]:
    return {MODE: json.loads(TypeAdapter(Dialogue).dump_json(seats.dialogue))}
