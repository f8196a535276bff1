"""The condition grammar: one spelling for unlocking, softening, hardening, resolving and ending.

    all_of / any_of / none_of      lists of conditions
    fact: f-loss                   that fact has been told
    key_point: k-restate           that key point has been scored yes
    objection: o-price, state: x   the objection is in (one of) these states; times: how often it got there
    act: explore, times: 2         the rep did this so often; to: the person addressed
    asked: {acts: …, about: …}     the rep asked about these topics by one of these acts
    red_line: r-split | any        a red line was crossed
    trust_at_least, patience_at_most, willingness_at_least, turns_at_least
    who: nadia                     whose trust, patience or willingness is meant

Several keys in one condition must all hold. Acts and questions are counted since the objection that is being
judged entered its present state, elsewhere over the whole conversation. A misspelt key is an error here,
because a condition that is silently dropped would always hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from coach.vocabulary import Fault, HarmfulAct, ObjectionState, RepAct

ReplyAct = Literal[RepAct, HarmfulAct, Fault, "small_talk"]
StateWord = Literal[ObjectionState, "pushed", "softened"]
"""States as authors say them: softened is acknowledged, explored or answered; pushed is raised again after
a dodge.
"""


def as_list(value: object) -> object:
    """A single value where a list is meant counts as a list of one."""
    return [value] if isinstance(value, str | dict) else value


def _two_levels(value: object) -> object:
    """[[a, b], c] says: a or b, and c. Each entry becomes a list of alternatives."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list | tuple):
        return [[entry] if isinstance(entry, str) else entry for entry in value]
    return value


Topics = Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_two_levels)]
"""Names of concept groups: every entry must be present; the names inside one entry are alternatives."""


class Rule(BaseModel):
    """Base of everything inside a condition: frozen, and a key that means nothing is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Asked(Rule):
    """A question by one of `acts` that touches every topic in `about`."""

    acts: Annotated[tuple[ReplyAct, ...], BeforeValidator(as_list)] = ()
    about: Topics = ()


class Condition(Rule):
    """One condition; see the grammar above."""

    all_of: tuple[Condition, ...] | None = None
    any_of: tuple[Condition, ...] | None = None
    none_of: tuple[Condition, ...] | None = None
    fact: str | None = None
    key_point: str | None = None
    objection: str | None = None
    state: Annotated[tuple[StateWord, ...], BeforeValidator(as_list)] | None = None
    act: ReplyAct | None = None
    to: str | None = None
    asked: Asked | None = None
    red_line: str | None = None
    trust_at_least: float | None = None
    patience_at_most: float | None = None
    willingness_at_least: float | None = None
    turns_at_least: int | None = None
    times: int = Field(default=1, ge=1)
    who: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_list(cls, value: Any) -> Any:
        """A list of conditions is any_of them: the way authors write several questions that will do."""
        return {"any_of": value} if isinstance(value, list) else value

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set - {"times", "to", "who", "state"}:
            raise ValueError("a condition that asks nothing / 条件里什么也没写")
        if (self.state is None) != (self.objection is None):
            raise ValueError("objection and state belong together / objection 和 state 要写在一起")
        return self

    def walk(self) -> Iterator[Condition]:
        """This condition and every condition inside it."""
        yield self
        for group in (self.all_of, self.any_of, self.none_of):
            for inner in group or ():
                yield from inner.walk()
