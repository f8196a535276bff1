"""The trainers' handbook page: what stands on the shelf and who cites it, a wording checked and put, older ones back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, arrived, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.shelf_books import add_box, checked, one_book, rows
from ui.parts.tabs import pack_menu, tabs
from ui.shell import other, path, top_bar
from ui.views.shelf import BookPage, BookRow, Checked
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class ShelfBooksDesk(Protocol):
    """What the trainers' handbook page asks."""

    def books(self, language: Language) -> Sequence[BookRow]:
        """Every handbook of one language, the team's own first."""
        ...

    def book(self, book_id: str, language: Language) -> BookPage:
        """One handbook (NotFound)."""
        ...

    def read(self, file: Path) -> str:
        """The words of an uploaded Markdown file (BadInput)."""
        ...

    def check(self, text: str, language: Language) -> Checked:
        """What would become of a wording (BadContent)."""
        ...

    def keep(self, text: str) -> str:
        """Put a wording on the shelf; the handbook's id (BadContent, Refused)."""
        ...

    def put_back(self, book_id: str, version: str) -> None:
        """An older wording on the shelf again (NotFound, Refused)."""
        ...

    def take_off(self, book_id: str) -> None:
        """The team's own off the shelf (NotFound, Refused)."""
        ...


def build(blocks: Blocks, language: Language, desk: ShelfBooksDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "trainer", "shelf", excuse_in="notice") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language), live=False)
        board.html("notice", live=False)
        board.html("books")
        board.html("add")
        board.html("checked")

    def load(visitor: Visitor) -> Drawn:
        trail: tuple[tuple[str, str], ...] = ((say("trainer", language), path(language, "trainer")),)
        drawn: dict[str, object] = {"tabs": tabs(language, "shelf"), "main": NOTHING}
        here = path(other(language), "shelf")
        if id := visitor.query.get("id", ""):
            it = desk.book(id, language)
            trail = (*trail, (say("shelf_title", language), path(language, "shelf")))
            top = top_bar(language, it.title, trail=trail, here=here)
            return {
                **drawn,
                "top": top,
                "books": one_book(it, language),
                "add": add_box(language, it.text, replaces=True),
            }
        top = top_bar(
            language, say("shelf_title", language), trail=trail, actions=pack_menu(language), here=here
        )
        return {**drawn, "top": top, "books": rows(desk.books(language), language), "add": add_box(language)}

    def look(press: Press, _: Visitor) -> Drawn:
        if press.act == "files" and press.files:
            text = desk.read(arrived(press.files[0].path))
        elif press.act == "check":
            text = press.fields.get("text", "")
        else:
            return {}
        return {"checked": checked(desk.check(text, language), language), "notice": NOTHING}

    def put(press: Press, _: Visitor) -> Drawn:
        if press.act == "keep":
            return _gone_to(desk.keep(press.fields.get("text", "")))
        return {"checked": NOTHING} if press.act == "close" else {}

    def change(press: Press, _: Visitor) -> Drawn:
        if press.act == "restore":
            book, _at, version = press.id.rpartition("@")
            desk.put_back(book, version)
            return _gone_to(book)
        if press.act == "remove":
            desk.take_off(press.id)
            return {"go": going(path(language, "shelf"))}
        return {}

    def _gone_to(book: str) -> dict[str, object]:
        return {"go": going(path(language, "shelf", id=book)), "checked": Markup("")}

    board.on_load(load)
    board.on_press(("add",), look)
    board.on_press(("checked",), put)
    board.on_press(("books",), change)
