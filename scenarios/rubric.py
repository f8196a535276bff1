"""The generic half of a score: LAER checks that hold in every talk, with their weights and the pass
mark.

One file a version (`rubrics/<id>-<major>.yaml`); a scenario names it as `<id>/<major>`. `after` says from
when rep turns count: from the first words, or once an objection was raised.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from coach.located import read_mapping
from coach.vocabulary import Dimension, Language
from scenarios.condition import ReplyAct, as_list
from scenarios.piece import NearMisses, Piece, Words

RUBRICS: Final = Path(__file__).parent / "rubrics"
GENERIC_POINTS: Final = 40
SCENARIO_POINTS: Final = 60


class RubricWords(Piece):
    """A check in one language; `concepts` are lists of phrases here, every list must be hit."""

    name: str
    statement: str
    hint: str
    tip: str
    examples: Words = Field(min_length=2)
    near_misses: NearMisses = ()
    concepts: tuple[tuple[str, ...], ...] = ()


class RubricCheck(Piece):
    """One generic check, worded in both languages."""

    id: str
    dimension: Dimension
    weight: float = Field(gt=0)
    acts: Annotated[tuple[ReplyAct, ...], BeforeValidator(as_list)]
    after: Literal["opening", "objection"] = "opening"
    specific: bool = False
    zh: RubricWords
    en: RubricWords

    def words(self, language: Language) -> RubricWords:
        """The wording in one language."""
        return self.zh if language == "zh" else self.en


class Composure(Piece):
    """How the composure index counts (see coach.practice.composure)."""

    recovered: float = 60
    slipped: float = 0
    per_slip_elsewhere: float = 10
    steady_from: float = 80
    shaken_below: float = 50


class Rubric(Piece):
    """A versioned set of generic checks."""

    id: str
    version: str
    pass_mark: float = Field(ge=0, le=100)
    scored_at_least: float = Field(default=80, ge=0, le=100)
    hint_costs: tuple[float, float, float] = (2, 3, 5)
    checks: tuple[RubricCheck, ...]
    composure: Composure = Composure()

    @property
    def reference(self) -> str:
        """How a scenario names it: id and major version."""
        return f"{self.id}/{self.version.split('.')[0]}"


def load_rubrics(folder: Path = RUBRICS) -> dict[str, Rubric]:
    """Every rubric by its reference. Raises BadContent when a file breaks the schema."""
    found = (read_mapping(path).parse(Rubric) for path in sorted(folder.glob("*.yaml")))
    return {rubric.reference: rubric for rubric in found}
