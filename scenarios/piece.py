"""The small parts every content file is made of: frozen, unknown keys ignored, one line for a list of one."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scenarios.condition import as_list


class Piece(BaseModel):
    """Base of the scenario's parts: frozen, unknown keys ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def as_line(value: object) -> object:
    """Words alone are a line without conditions."""
    return {"text": value} if isinstance(value, str) else value


class Line(Piece):
    """One thing a customer may say; `needs` are facts that must be out before, `who` says it in a room."""

    text: str = Field(min_length=1)
    needs: tuple[str, ...] = ()
    who: str | None = None


Lines = Annotated[tuple[Annotated[Line, BeforeValidator(as_line)], ...], BeforeValidator(as_list)]
Words = Annotated[tuple[str, ...], BeforeValidator(as_list)]


class NearMiss(Piece):
    """A sentence that looks right and is not."""

    text: str
    why: str = ""


NearMisses = tuple[Annotated[NearMiss, BeforeValidator(as_line)], ...]


class Ways(Piece):
    """Further ways to do what a check says, and further ways to miss it; heard beside the check's own examples."""

    examples: Words = ()
    near_misses: NearMisses = ()
