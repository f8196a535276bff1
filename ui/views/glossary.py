"""What the glossary page shows: the team's words, the shipped ones, and the form for one word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermRow:
    """One word; `key` names it in a click (`zh|飞凌`)."""

    key: str
    word: str
    aliases: tuple[str, ...]
    kind: str
    note: str
    language: str


@dataclass(frozen=True, slots=True)
class TermForm:
    """The form: `key` is the word that is being changed, empty for a new one; kinds and languages are (id, name)."""

    key: str
    word: str
    kind: str
    language: str
    aliases: str
    note: str
    kinds: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The team's words and the shipped ones that none of them stands for."""

    own: tuple[TermRow, ...]
    shipped: tuple[TermRow, ...]
