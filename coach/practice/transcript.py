"""What is kept of a practice: the log of exchanges, as JSON and back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from coach.errors import BadInput, Words
from coach.practice.hints import Hint
from coach.practice.state import Heard
from coach.reading.engine import Finding
from coach.vocabulary import EndReason
from scenarios.rubric import Rubric
from scenarios.schema import Scenario

RULES: Final = "customer/1"
"""Version of the customer's rules; a log is only replayed by the rules that made it."""

Mode = Literal["practice", "exam"]


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the customer's side: `text` as it was said, `authored` as it was written, `kind` of move."""

    who: str
    name: str
    text: str
    kind: str
    authored: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A rep turn and what came back. `estimated` says that `seconds` was guessed from the words.

    `notes` are (zh, en) sentences about what a model did not deliver and the offline engine did instead.
    """

    text: str
    seconds: float
    estimated: bool
    heard: Heard
    findings: tuple[Finding, ...] = ()
    said: tuple[Said, ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Log:
    """A whole practice; `digest` is that of the scenario and rubric it was played with."""

    scenario: str
    scenario_version: str
    rubric_version: str
    digest: str
    engine: str
    seed: int
    mode: Mode = "practice"
    opening: tuple[Said, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    hints: tuple[Hint, ...] = ()
    closing: tuple[Said, ...] = ()
    ended: EndReason | None = None

    def to_json(self) -> str:
        """The log as one JSON text."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Log:
        """The log from its JSON. Raises BadInput when it is none."""
        try:
            return _adapter().validate_json(text)
        except ValidationError as error:
            raise BadInput(("这不是一场存下来的练习。", "This is not a saved practice.")) from error


def digest(scenario: Scenario, rubric: Rubric) -> str:
    """A fingerprint of everything that decides how a practice goes: scenario, rubric, rules."""
    content = f"{RULES}\n{scenario.model_dump_json()}\n{rubric.model_dump_json()}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


@cache
def _adapter() -> TypeAdapter[Log]:
    """Built when first used: it takes a moment, and nothing happens at import."""
    return TypeAdapter(Log)
