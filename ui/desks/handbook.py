"""The handbook desk: a question and its answer, one section, the shelf, one handbook to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coach.errors import NotFound
from coach.vocabulary import Language
from ui.views.handbook import AnswerView, BookCard, BookView, Cited, Piece, SectionView

_CASE: Final = re.compile(r"(?<![A-Za-z0-9#:/(-])((?:zh|en)-(?:won|lost|stalled|own)-[a-z0-9-]*[a-z0-9])")

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.library.ask import Passage
    from knowledge.handbook import Handbook, Section


class HandbookRoom:
    """Asks the coach for everything around handbooks."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._read: tuple[str, dict[str, Handbook]] = ("", {})

    def ask(self, question: str, language: Language) -> AnswerView:
        """The sentences that answer, with the first section opened."""
        from coach.conversation import language_of
        from coach.library.ask import ask
        from coach.library.written import write

        asked = language_of([question]) if question.strip() else language
        found = ask(self._coach.library, question, asked)
        cited = tuple(self._cited(one) for one in found.passages)
        near = tuple(self._cited(one) for one in found.nearest)
        written = tuple(
            (one.text, found.passages.index(one.passage) + 1)
            for one in write(found, self._coach.library, self._coach.writer).sentences
        )
        return AnswerView(question, cited, self.section(cited[0].link) if cited else None, near, written)

    def _cited(self, one: Passage) -> Cited:
        return Cited(one.sentences, one.link, one.title, self._title(one.link))

    def section(self, link: str) -> SectionView:
        """A whole section by its link (NotFound)."""
        return self._section(self._coach.library.sections(link), self._title(link))

    def shelf(self, language: Language) -> tuple[BookCard, ...]:
        """The handbooks of one language, in the order of their titles."""
        own = [
            book for book in self._books.values() if book.language == language and book.status == "published"
        ]
        return tuple(_card(book) for book in sorted(own, key=lambda book: (book.sample, book.id)))

    def book(self, book_id: str) -> BookView:
        """A whole handbook (NotFound)."""
        book = self._books.get(book_id)
        if book is None or book.status != "published":
            raise NotFound(
                (f"没有这本手册：{book_id}", f"There is no handbook {book_id}"),
                ("回到手册页，从列表里挑。", "Go back and pick one from the list."),
            )
        parts: dict[str, list[Section]] = {}
        for section in book.sections:
            parts.setdefault(section.anchor, []).append(section)
        return BookView(_card(book), tuple(self._section(tuple(own), book.title) for own in parts.values()))

    @property
    def _books(self) -> dict[str, Handbook]:
        """All handbooks, read again when the content changed."""
        from knowledge.loader import load_handbooks

        shelf = self._coach.library.shelf
        stamp = shelf.content_hash()
        if self._read[0] != stamp:
            self._read = (stamp, {book.id: book for book in load_handbooks(shelf.folders, faults=[])})
        return self._read[1]

    def _title(self, link: str) -> str:
        book = self._books.get(link.partition("#")[0])
        return book.title if book else ""

    def _section(self, parts: tuple[Section, ...], book: str) -> SectionView:
        pieces = tuple(Piece(part.heading, self._with_titles(part.text)) for part in parts)
        return SectionView(parts[0].link, parts[0].title, book, pieces)

    def _with_titles(self, markdown: str) -> str:
        """The text with every case that is named by its id named by its title, as a link."""
        return _CASE.sub(lambda match: self._named(match.group(1)), markdown)

    def _named(self, case_id: str) -> str:
        try:
            title = self._coach.library.case(case_id).title
        except NotFound:
            return case_id
        words = re.sub(r"([\\\[\]|*_`<>])", r"\\\1", title)
        return f"[{words}](case:{case_id})"


def _card(book: Handbook) -> BookCard:
    titles = {section.anchor: section.title for section in book.sections}
    return BookCard(book.id, book.title, tuple(titles.items()), book.reviewed_on, book.sample)
