"""The writer: drafts and cited answers in a model's words, where a model is configured. There is no offline one.

What it returns is for a person to read and change; code checks it before anybody sees it, and nothing of it is stored,
published or sent by itself. Every method raises EngineDown when the model does not deliver.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from pydantic import BaseModel, Field

from coach.vocabulary import Language

KeyAct = Literal[
    "acknowledge", "explore", "map_decision", "restate", "offer_solution", "quantify", "prove", "advance"
]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """One sentence of an answer and the passage it says it comes from, counted from 0."""

    text: str
    passage: int


class DraftedAction(BaseModel):
    """What was done, and what was said."""

    did: str
    said: str = ""


class CaseDraft(BaseModel):
    """A case as a model tells it. How the deal ended is never its to say."""

    title: str
    one_line: str
    background: str = ""
    core_conflict: str = ""
    actions: list[DraftedAction] = Field(default_factory=list)
    turning_point: str = ""
    result: str = ""
    phrases: list[str] = Field(default_factory=list, description="words of the rep that others can use")


class DraftedPoint(BaseModel):
    """A key point: what the rep did, as one act, and two sentences that earn it."""

    statement: str
    act: KeyAct
    examples: list[str]


class ScenarioDraft(BaseModel):
    """A practice scenario as a model tells it."""

    title: str
    situation: str
    goal: str
    customer: str = Field(description="an invented name")
    job: str = ""
    wants: str = ""
    fears: str = ""
    style: str = Field("", description="how the customer talks")
    objections: list[str]
    key_points: list[DraftedPoint]


@runtime_checkable
class Writer(Protocol):
    """What a model may write; see the module's docstring for the promises."""

    @property
    def name(self) -> str:
        """Model and prompt versions, kept with every draft."""
        ...

    def mail(self, material: str, language: Language) -> str:
        """A follow-up mail out of the material, and nothing else."""
        ...

    def cite(self, question: str, passages: Sequence[str], language: Language) -> tuple[CitedSentence, ...]:
        """Sentences that answer, each with its passage; none where the passages do not answer."""
        ...

    def case(self, material: str, language: Language) -> CaseDraft:
        """The draft of a case."""
        ...

    def scenario(self, material: str, language: Language) -> ScenarioDraft:
        """The draft of a scenario."""
        ...
