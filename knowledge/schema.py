"""A case of the battle bank (战例): one real deal, told so that a stranger can use it.

A rep's own case may be short: title, outcome and a sentence or two are enough, the rest has defaults. Unknown
keys are ignored; absent means not known. Ids and vocabulary are English, words are in the case's language.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from coach.conversation import language_of
from coach.vocabulary import DecisionRole, Label, Language, ObjectionType, Outcome, Size, Stage, size_of

Status = Literal["draft", "published", "retired"]
Tier = Literal["weapon", "tactical", "strategic"]
DAYS_FRESH: dict[Tier, int] = {"weapon": 7, "tactical": 31, "strategic": 92}
"""How long a reviewed text of each tier stays fresh: weekly, monthly, quarterly."""


def _size(value: object) -> object:
    """A head count says its band."""
    return size_of(value) if isinstance(value, int) and not isinstance(value, bool) else value


SizeOrPeople = Annotated[Size | None, BeforeValidator(_size)]


class Part(BaseModel):
    """Every part of a case: frozen, forgiving about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Customer(Part):
    """Who bought or did not, without a name."""

    anonymised_as: str = ""
    type: str = ""
    size: SizeOrPeople = None
    profile: str = ""


class Person(Part):
    """Somebody in the buying chain; `stance` is -2 (against) to 2 (for); `met` is false when we never did."""

    role: DecisionRole
    who: str = ""
    stance: int | None = Field(None, ge=-2, le=2)
    concern: str = ""
    met: bool | None = None


class Moment(Part):
    """One line of the timeline."""

    when: str = ""
    what: str


class Action(Part):
    """What was done, what was said, and why then."""

    when: str = ""
    did: str
    said: str = ""
    why: str = ""


class TurningPoint(Part):
    """The moment with words in it."""

    what: str = ""
    quote: str = ""
    source: str = ""


class Attribution(Part):
    """The first four of the five questions about a lost or stalled deal; the fifth is `first_15_minutes`."""

    first_need: str = ""
    where_we_drifted: str = ""
    failed_module: str = ""
    competitor_did: str = ""


class Figure(Part):
    """A number with its basis: whose figure, which window, verified or not."""

    metric: str
    value: str
    basis: str = ""


class Result(Part):
    """How it ended, with what is still open."""

    summary: str = ""
    numbers: tuple[Figure, ...] = ()
    still_open: tuple[str, ...] = ()


class Restart(Part):
    """When a stalled deal is taken up again, and when it is given up."""

    when: tuple[str, ...] = ()
    next_check: dt.date | None = None
    stop_rule: str = ""


class Phrase(Part):
    """A sentence that can be said as it stands, with its occasion and what it does."""

    say: str
    when: str = ""
    act: Label | None = None


class Avoid(Part):
    """What not to do, and why."""

    do_not: str
    because: str = ""


class ChecklistItem(Part):
    """What the case turned into: on this trigger do that, and this shows it was done."""

    trigger: str
    action: str
    evidence: str = ""


class Evidence(Part):
    """Somebody's masked words; where they come from is for trainers only."""

    quote: str
    speaker: str = ""
    source: str = ""


class Owner(Part):
    """Who contributed it, by role and pseudonym."""

    role: str = ""
    author: str = ""


class Freshness(Part):
    """How soon the text ages, and the day it must be looked at again."""

    tier: Tier = "tactical"
    review_due: dt.date | None = None


class Links(Part):
    """Ids of what belongs with it: `handbook#anchor`, scenarios, other cases."""

    handbooks: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()


class Case(Part):
    """One deal: what hurt, what stood in the way, what was done and said, how it ended, where it fits.

    `asked_as` holds ways a rep would tell this trouble before a meeting, in other words than the case's own.
    `industry` is an id of industries.yaml or free text. Only published cases are matched.
    """

    id: str = Field(min_length=1, max_length=120)
    language: Language
    title: str = Field(min_length=1)
    outcome: Outcome
    version: str = "1.0.0"
    status: Status = "published"
    sample: bool = False
    one_line: str = ""
    principle: str = ""
    asked_as: tuple[str, ...] = ()

    industry: str = ""
    segment: str = ""
    product_category: str = ""
    customer: Customer = Customer()
    stage: Stage | None = None
    objection_types: tuple[ObjectionType, ...] = ()
    pain_points: tuple[str, ...] = ()
    pain_keywords: tuple[str, ...] = ()
    decision_roles: tuple[Person, ...] = ()

    background: str = ""
    core_conflict: str = ""
    timeline: tuple[Moment, ...] = ()
    actions: tuple[Action, ...] = ()
    turning_point: TurningPoint = TurningPoint()
    breakthrough: str = ""
    attribution: Attribution | None = None
    result: Result = Result()
    restart: Restart | None = None

    why: tuple[str, ...] = ()
    transfers_when: tuple[str, ...] = ()
    does_not_transfer: tuple[str, ...] = ()
    reusable_phrases: tuple[Phrase, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    first_15_minutes: tuple[str, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()

    evidence: tuple[Evidence, ...] = ()
    masked: tuple[str, ...] = ()
    owner: Owner = Owner()
    contributed_on: dt.date | None = None
    reviewed_by: str = ""
    reviewed_on: dt.date | None = None
    freshness: Freshness = Freshness()
    links: Links = Links()

    @model_validator(mode="before")
    @classmethod
    def _language_from_words(cls, data: Any) -> Any:
        """A case that does not say its language is in the language of its words."""
        if isinstance(data, dict) and not data.get("language"):
            words = [str(data.get(key) or "") for key in ("title", "one_line", "background", "core_conflict")]
            return {**data, "language": language_of(words)}
        return data

    @property
    def size(self) -> Size | None:
        """The customer's size band."""
        return self.customer.size
