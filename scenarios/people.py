"""Who sits on the customer's side: their tempers, how they talk, and what goes on between several of them."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from coach.vocabulary import DecisionRole
from scenarios.condition import Condition, StateWord
from scenarios.piece import Lines, Piece, Words


class PersonaStyle(Piece):
    """How a person talks; one may serve several scenarios."""

    style: str = ""
    temper: str = ""
    speech_habits: Words = ()
    never_says: Words = ()
    warms_to: Words = ()
    cools_at: Words = ()


class Start(Piece):
    """A person's own starting tempers in a room; None takes the scenario's."""

    trust: float | None = None
    patience: float | None = None
    willingness: float | None = None


class Person(Piece):
    """Somebody on the customer's side."""

    id: str
    name: str
    address: str = ""
    title: str = ""
    background: str = ""
    decision_role: DecisionRole | None = None
    persona: str = ""
    stance: int = Field(default=0, ge=-2, le=2)
    start: Start = Start()
    wants: str = ""
    fears: str = ""
    private_goal: str = ""
    will_not_do: str = ""

    @property
    def called(self) -> str:
        """What one calls them to their face."""
        return self.address or self.name


class Shift(Piece):
    """How much a person's tempers move."""

    trust: float = 0
    patience: float = 0
    willingness: float = 0


class Effect(Piece):
    """What an event does: to people by id, to objections by id. In a file both stand side by side."""

    people: dict[str, Shift] = Field(default_factory=dict)
    objections: dict[str, StateWord] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _side_by_side(cls, value: Any) -> Any:
        if isinstance(value, dict) and "people" not in value:
            people = {key: shift for key, shift in value.items() if key != "objections"}
            return {"people": people, "objections": value.get("objections", {})}
        return value


class Exchange(Piece):
    """A line of one person inside cross talk."""

    who: str
    text: str


class CrossTalk(Piece):
    """What people in the room say to each other, once."""

    id: str
    when: Condition
    exchange: tuple[Exchange, ...]


class Alliance(Piece):
    """How one person's mood moves another's, once."""

    id: str
    when: Condition
    effect: Effect
    note: str = ""


class Room(Piece):
    """Several people at one table."""

    setting: str = ""
    opens: str = ""
    who_answers: Words = ("named", "topic_owner", "last_speaker", "least_patient")
    topic_owners: dict[str, Words] = Field(default_factory=dict)
    interrupts: dict[str, float] = Field(default_factory=dict)
    ignored_after_turns: int = Field(default=3, ge=1)
    ignored_lines: dict[str, Lines] = Field(default_factory=dict)
    alliances: tuple[Alliance, ...] = ()
    cross_talk: tuple[CrossTalk, ...] = ()
