"""The trainers' handbook desk: the shelf as rows, one handbook with its anchors, a new wording looked through and put."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import BadInput
from coach.vocabulary import Language
from ui.addresses import PackForm
from ui.downloads import Made
from ui.views.shelf import BookPage, BookRow, Checked, SectionRow, WordingRow
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.exchange.bookcase import OnShelf, Wording

_MOST: Final = 2_000_000


class ShelfRoom:
    """Asks the coach for the handbooks as trainers keep them."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    def books(self, language: Language) -> tuple[BookRow, ...]:
        """Every handbook of one language, the team's own first."""
        return tuple(
            _row(one, language) for one in self._coach.bookcase.books() if one.book.language == language
        )

    def book(self, book_id: str, language: Language) -> BookPage:
        """One handbook (NotFound)."""
        case = self._coach.bookcase
        one = case.book(book_id)
        titles = {section.anchor: section.title for section in one.book.sections}
        sections = tuple(
            SectionRow(anchor, title, tuple((each.id, each.title) for each in one.cited.get(anchor, ())))
            for anchor, title in titles.items()
        )
        wordings = tuple(_wording(each, language) for each in case.wordings(book_id))
        return BookPage(one.book.id, one.book.title, case.text(book_id), one.own, sections, wordings)

    def read(self, file: Path) -> str:
        """The words of an uploaded Markdown file (BadInput)."""
        from coach.exchange.letters import text_of

        if file.stat().st_size > _MOST:
            raise BadInput(
                ("这个文件太大，不像一本手册。", "This file is too large for a handbook."),
                ("拆成几本，或到“导入”里放。", "Split it, or use Import."),
            )
        text, _ = text_of(file.read_bytes(), file.name)
        return text

    def check(self, text: str, language: Language) -> Checked:
        """What would become of a wording (BadContent for one that cannot be a handbook)."""
        seen = self._coach.bookcase.look_through(text)
        placed = seen.placed
        fate = say(f"shelf_fate_{placed.fate}", language, version=placed.version, n=placed.sections)
        return Checked(
            text,
            placed.title,
            fate,
            tuple((say("shelf_line", language, n=one.line), one.words(language)) for one in seen.faults),
            say("list_comma", language).join(seen.lost),
            not seen.faults and placed.fate != "same",
        )

    def keep(self, text: str) -> str:
        """Put a wording on the shelf; the handbook's id (BadContent, Refused)."""
        return self._coach.bookcase.put(text).id

    def pack(self, form: PackForm, language: Language) -> Made:
        """The newcomers' pack of one language as a file."""
        from coach.exchange.bundle import as_html, as_zip

        made = self._coach.newcomer_pack(language)
        body = as_zip(made) if form == "zip" else as_html(made).encode()
        return say("pack_newcomer", language), body

    def put_back(self, book_id: str, version: str) -> None:
        """An older wording on the shelf again (NotFound, Refused)."""
        self._coach.bookcase.put_back(book_id, version)

    def take_off(self, book_id: str) -> None:
        """The team's own off the shelf (NotFound, Refused)."""
        self._coach.bookcase.take_off(book_id)


def _row(one: OnShelf, language: Language) -> BookRow:
    book = one.book
    parts = [book.version, say("shelf_sections", language, n=len(book.anchors)), book.owner]
    cited = say("shelf_cited", language, n=len(one.cases)) if one.cases else say("shelf_cited_none", language)
    note = say("dot", language).join(part for part in parts if part)
    return BookRow(book.id, book.title, note, one.own, book.sample, cited)


def _wording(one: Wording, language: Language) -> WordingRow:
    from coach.exchange.bookcase import SHIPPED

    name = say("shelf_shipped", language) if one.version == SHIPPED else one.version
    day = one.at.astimezone().date().isoformat() if one.at else ""
    return WordingRow(one.version, say("dot", language).join(part for part in (name, day) if part), one.now)
