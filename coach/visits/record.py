"""The five-action record (黄金五动作): what it holds, as people and scripts see it.

Need in the customer's words, the points we answered with, the customer's reaction, the next action with its
deadline, and the implied worry; beside them the three highlights: objections, decision roles, time points.
Every field points at exact words: `turn` is the 1-based utterance, `start`/`end` count code points in its text.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from coach.vocabulary import DecisionRole, Language, ObjectionType, Polarity, Role

Status = Literal["observed", "inferred"]

FIVE_ACTIONS: Final = ("core_needs", "solution_points", "feedback", "next_steps", "hidden_concerns")
HIGHLIGHTS: Final = ("objections", "decision_roles", "time_points")
FIELDS: Final = (*FIVE_ACTIONS, *HIGHLIGHTS)


class Said(BaseModel):
    """Words of the conversation and where they stand; `time` is seconds from the beginning or null."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    quote: str
    turn: int
    start: int
    end: int
    status: Status = "observed"
    time: float | None = None


class Feedback(Said):
    """The customer's short reaction."""

    polarity: Polarity


class NextStep(Said):
    """An action that somebody committed to; `due` is null when no day was agreed."""

    action: str
    owner: Role
    due: dt.date | None = None


class HiddenConcern(Said):
    """A worry that is implied, not claimed: the quote is the customer's, the summary is ours."""

    summary: str
    status: Status = "inferred"


class Objection(Said):
    """Open push-back of one of the six types."""

    type: ObjectionType


class DecisionRoleMention(Said):
    """A named or titled person or body in the buying chain."""

    role: DecisionRole


class TimePoint(Said):
    """A deadline or milestone ahead; `date` is null when no day can be told."""

    date: dt.date | None = None


class Record(BaseModel):
    """One visit's record. `missing` names the five actions that were not found; `warnings` are sentences."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str = ""
    language: Language = "zh"
    visit_date: dt.date | None = None
    rep_speaker: str | None = None
    core_needs: tuple[Said, ...] = ()
    solution_points: tuple[Said, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    hidden_concerns: tuple[HiddenConcern, ...] = ()
    objections: tuple[Objection, ...] = ()
    decision_roles: tuple[DecisionRoleMention, ...] = ()
    time_points: tuple[TimePoint, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    engine: str = ""
