"""Kinds of trouble finer than the objection types (`situations.yaml`): which case has which, and tellings of no case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from coach.conversation import language_of
from coach.library.tokens import plain
from coach.vocabulary import Language

FILE: Final = Path(__file__).with_name("situations.yaml")
_ALONE: Final = "alone"


@dataclass(frozen=True, slots=True)
class Telling:
    """A trouble in a rep's words that belongs to no case."""

    text: str
    language: Language
    kinds: frozenset[str]
    sorts: frozenset[str]


@dataclass(frozen=True)
class Situations:
    """The kinds of every case, the tellings of none, and which kinds are of one sort."""

    cases: dict[str, frozenset[str]]
    tellings: tuple[Telling, ...]
    sort_of: dict[str, str]

    def sorts(self, kinds: frozenset[str]) -> frozenset[str]:
        """The sorts of these kinds: what has one in common is too much alike to be told apart."""
        return frozenset(self.sort_of[kind] for kind in kinds if kind in self.sort_of)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sorts: dict[str, list[str]]
    cases: dict[str, list[str]]
    tellings: list[tuple[list[str], str]]


@lru_cache(maxsize=1)
def situations() -> Situations:
    """What the file holds."""
    import yaml

    file = _File.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    sort_of = {kind: sort for sort, kinds in file.sorts.items() if sort != _ALONE for kind in kinds}
    tellings = tuple(
        Telling(
            plain(text),
            language_of([text]),
            frozenset(kinds),
            frozenset(sort_of.get(kind, kind) for kind in kinds),
        )
        for kinds, text in file.tellings
    )
    return Situations({case: frozenset(kinds) for case, kinds in file.cases.items()}, tellings, sort_of)
