"""What the handbook page shows: an answer with its sections, one section beside it, the shelf, one whole handbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """Sentences of a handbook and the section (`handbook#anchor`) that they stand in."""

    sentences: tuple[str, ...]
    link: str
    section: str
    book: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One headed part of a section in Markdown; `heading` is empty for what stands before the first."""

    heading: str
    markdown: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A whole section."""

    link: str
    title: str
    book: str
    pieces: tuple[Piece, ...]

    @property
    def anchor(self) -> str:
        """Its place within the handbook."""
        return self.link.partition("#")[2]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer; no citations mean that the handbooks do not say, and `nearest` is only about the same.

    `written` is a model's answer, where there is one: (sentence, which of the citations bears it out, from 1).
    """

    question: str
    cited: tuple[Cited, ...]
    opened: SectionView | None = None
    nearest: tuple[Cited, ...] = ()
    written: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class BookCard:
    """One handbook on the shelf: its title, sections as (anchor, title), when it was looked at last."""

    id: str
    title: str
    sections: tuple[tuple[str, str], ...]
    reviewed: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class BookView:
    """A whole handbook to read."""

    card: BookCard
    sections: tuple[SectionView, ...]
