"""The trade's words: their other names and what they mean. Speech takes its hot words from here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from coach.vocabulary import Language
from knowledge.located import Document, FaultyContent, schema_faults
from knowledge.schema import Part

FILE: Final = Path(__file__).with_name("glossary.yaml")
TermKind = Literal["product", "rival_word", "method", "document", "role"]


class Term(Part):
    """One word with its aliases (other names and how it is spoken)."""

    term: str
    aliases: tuple[str, ...] = ()
    kind: TermKind
    language: Language
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The word and its aliases."""
        return (self.term, *self.aliases)


class Glossary(Part):
    """The file glossary.yaml."""

    entries: tuple[Term, ...]

    def terms(self, language: Language) -> tuple[Term, ...]:
        """The terms of one language."""
        return tuple(term for term in self.entries if term.language == language)


@lru_cache(maxsize=1)
def load_glossary() -> Glossary:
    """The shipped glossary; raises FaultyContent when the file breaks its schema."""
    return read_glossary(FILE)


def read_glossary(file: Path) -> Glossary:
    """The glossary in `file`; raises FaultyContent with lines."""
    document = Document(file, file.read_text(encoding="utf-8"))
    try:
        return Glossary.model_validate(document.data)
    except ValidationError as error:
        raise FaultyContent(schema_faults(document, error)) from error
