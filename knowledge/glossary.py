"""The trade's words and the team's own: products, rivals, customers, their other names and what they mean.

The shipped list is `glossary.yaml` here; a team's own is `glossary.yaml` of its content folder, and a word of it takes
the place of the shipped one. Recordings take their hot words from here, masking the customers, the reader the rivals.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from coach.located import read_located
from coach.vocabulary import Language
from knowledge.schema import Part

NAME: Final = "glossary.yaml"
FILE: Final = Path(__file__).with_name(NAME)
TermKind = Literal["product", "rival", "customer", "rival_word", "method", "document", "role"]
TERM_KINDS: Final[tuple[TermKind, ...]] = (
    "product",
    "rival",
    "customer",
    "rival_word",
    "method",
    "document",
    "role",
)
NAMED: Final[tuple[TermKind, ...]] = ("rival", "customer")
"""Kinds whose words are names of firms: looked for wherever they stand."""


class Term(Part):
    """One word with its aliases (other names and how it is spoken); `team` says that it is not a shipped one."""

    term: str = Field(min_length=1, max_length=80)
    aliases: tuple[str, ...] = ()
    kind: TermKind
    language: Language
    note: str = ""
    team: bool = Field(False, exclude=True)

    @property
    def names(self) -> tuple[str, ...]:
        """The word and its aliases."""
        return (self.term, *self.aliases)

    @property
    def key(self) -> tuple[Language, str]:
        """What two entries may not share: the language, and the word in one spelling."""
        return self.language, folded(self.term)


class Glossary(Part):
    """A file glossary.yaml, or several as one: a team's own words first."""

    entries: tuple[Term, ...]

    def terms(self, language: Language) -> tuple[Term, ...]:
        """The terms of one language."""
        return tuple(term for term in self.entries if term.language == language)

    def names(self, kind: TermKind) -> tuple[str, ...]:
        """Every name of one kind in both languages, the longest first, so that none hides another."""
        found = {name for term in self.entries if term.kind == kind for name in term.names}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    @property
    def customers(self) -> tuple[str, ...]:
        """Names of customers, for whoever masks."""
        return self.names("customer")

    @property
    def rivals(self) -> tuple[str, ...]:
        """Names of rivals, for whoever reads."""
        return self.names("rival")


def load_glossary(extra: Sequence[Path] = ()) -> Glossary:
    """The shipped glossary with those of the `extra` content folders; raises FaultyContent when one breaks its schema.

    A file that was changed is read again, so that a new word counts from the next question on.
    """
    files = tuple(folder / NAME for folder in extra)
    return _together(tuple((file, mark) for file in files if (mark := _mark(file)) is not None))


def read_glossary(file: Path) -> Glossary:
    """The glossary in `file`; raises FaultyContent with lines."""
    document = read_located(file)
    return document.parse(Glossary, document.data or {"entries": ()})


def folded(word: str) -> str:
    """A word in one spelling: width, case and blanks aside."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def _mark(file: Path) -> tuple[int, int] | None:
    """Changes with the file; None where there is none."""
    try:
        seen = file.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


@lru_cache(maxsize=8)
def _together(files: tuple[tuple[Path, tuple[int, int]], ...]) -> Glossary:
    found: dict[tuple[Language, str], Term] = {term.key: term for term in _shipped().entries}
    for file, _ in files:
        for term in read_glossary(file).entries:
            found[term.key] = term.model_copy(update={"team": True})
    return Glossary(entries=tuple(sorted(found.values(), key=lambda term: not term.team)))


@lru_cache(maxsize=1)
def _shipped() -> Glossary:
    return read_glossary(FILE)
