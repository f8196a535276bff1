"""What is sent and what comes back around practices and scores, as data; descriptions are Chinese, then English."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from coach.practice.score import Outcome as Result
from coach.reading.engine import Verdict
from coach.vocabulary import Dimension, EndReason, InformationKind, Language, ObjectionType, Role
from ui.api.shapes import Line, Talk, writable


class ScenarioRow(BaseModel):
    """A scenario that can be practised."""

    id: str
    title: str
    language: Language
    level: str
    objection_types: list[ObjectionType]
    minutes: float


class ScenarioList(BaseModel):
    """The scenarios that this person may practise."""

    scenarios: list[ScenarioRow]


class PracticeAsked(BaseModel):
    """A practice to be begun."""

    scenario: Line
    seed: int | None = Field(
        None, ge=0, le=10**9, description="同一个数，同样的客户。 · Same seed, same talk."
    )
    exam: bool = False


class TurnAsked(BaseModel):
    """What the rep says."""

    text: Annotated[str, StringConstraints(max_length=4_000), AfterValidator(writable)]


class Spoken(BaseModel):
    """One line of the talk; `time` is seconds from the beginning."""

    turn: int
    speaker: str
    role: Role
    text: str
    time: float | None


class Said(BaseModel):
    """One line of the customer's side."""

    speaker: str
    text: str


class CheckAnswer(BaseModel):
    """One check with its words; `start`/`end` count code points in the turn."""

    id: str
    dimension: Dimension
    weight: float
    verdict: Verdict
    quote: str
    turn: int | None
    start: int | None
    end: int | None
    tip: str
    advice_only: bool = Field(
        False, description="培训师大多不认可，仅供参考。 · Trainers mostly disagree: advice only."
    )


class RedLine(BaseModel):
    """A red line that was crossed."""

    id: str
    quote: str
    turn: int | None
    start: int | None
    end: int | None


class Missed(BaseModel):
    """What the customer knew and the rep did not learn."""

    id: str
    kind: InformationKind
    statement: str


class Signal(BaseModel):
    """How the rep took one provocation."""

    id: str
    turn: int
    result: str
    quote: str


class Composure(BaseModel):
    """情绪稳定性。 · Composure; `index` is null where nothing provoked."""

    index: int | None
    signals: list[Signal]


class ScoreAnswer(BaseModel):
    """A report: only yes/no checks with their words; `total` is null where it was not scored."""

    file: str | None
    outcome: Result
    total: int | None
    reason: str
    checks: list[CheckAnswer]
    red_lines: list[RedLine]
    missing: list[Missed]
    composure: Composure
    engine: str
    scenario: str
    scenario_version: str
    rubric_version: str
    total_without_advice_only: int | None = Field(
        None, description="不算仅供参考的判据是几分。 · The total without checks that are advice only."
    )


class TurnAnswer(BaseModel):
    """What a turn brought; with the end comes the score."""

    said: list[Said]
    ended: EndReason | None
    seconds_left: float
    mood: str
    notes: list[str] = Field(description="模型没答上来时怎么办的。 · Where the offline engine stepped in.")
    score: ScoreAnswer | None


class HintGiven(BaseModel):
    """A hint that was bought: direction (1), which step is missing (2), an example line (3)."""

    rung: Literal[1, 2, 3]
    text: str
    cost: float = Field(description="扣几分。 · Points that it takes off.")


class HintAnswer(BaseModel):
    """The hint, and what the next one would cost; null when there is none to be had."""

    hint: HintGiven
    next_costs: float | None = Field(description="下一条扣几分。 · Points the next one takes off.")


class PracticeAnswer(BaseModel):
    """A practice as it stands. The brief is all the rep knows; the score is null until the end."""

    id: str
    scenario: str
    title: str
    language: Language
    mode: str
    brief: str
    transcript: list[Spoken]
    hints: list[HintGiven] = Field(description="用过的提示。 · Hints bought so far.")
    next_hint_costs: float | None = Field(
        description="下一条提示扣几分，没有就是空。 · Points the next hint takes off; null when there is none."
    )
    seconds_left: float
    ended: EndReason | None
    score: ScoreAnswer | None


class PracticeRow(BaseModel):
    """One practice in the list."""

    id: str
    scenario: str
    mode: str
    outcome: str | None
    total: float | None
    ended_at: dt.datetime | None


class PracticeList(BaseModel):
    """The latest practices."""

    practices: list[PracticeRow]


class ScoreAsked(BaseModel):
    """A finished dialogue to be scored."""

    scenario: Line
    text: Talk = Field(description="对话文字稿。 · The transcript of the dialogue.")
    name: Line | None = None
