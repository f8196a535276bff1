"""The handbook page: ask, read, cite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, page_button, skeleton
from ui.parts.cases import caution
from ui.parts.handbook import answer, beside, book, shelf, tries
from ui.shell import other, path, top_bar
from ui.views.handbook import AnswerView, BookCard, BookView, SectionView
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class HandbookDesk(Protocol):
    """What the handbook page asks."""

    def ask(self, question: str, language: Language) -> AnswerView:
        """The sentences that answer, with the first section opened."""
        ...

    def section(self, link: str) -> SectionView:
        """A whole section by its link (NotFound)."""
        ...

    def shelf(self, language: Language) -> Sequence[BookCard]:
        """The handbooks of one language."""
        ...

    def book(self, book_id: str) -> BookView:
        """A whole handbook (NotFound)."""
        ...


def build(blocks: Blocks, language: Language, desk: HandbookDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "handbook", "handbook", excuse_in="answer") as board:
        board.html("main")
        with gr.Column(elem_id="pp-asking"):
            with gr.Row(elem_id="pp-ask"):
                question = gr.Textbox(
                    label=say("book_ask", language),
                    placeholder=say("book_ask_hint", language),
                    lines=1,
                    max_lines=4,
                    max_length=500,
                    elem_id="pp-question",
                )
                go = gr.Button(say("book_go", language), variant="primary", elem_id="pp-ask-go")
            with gr.Row(elem_id="pp-answers"):
                board.html("answer", tries(language))
                board.html("beside", live=False)
            board.html("shelf", skeleton(language), live=False)
    board.holds("question", question)

    def load(visitor: Visitor) -> Drawn:
        if id := visitor.query.get("book", ""):
            it = desk.book(id)
            trail = ((say("handbook", language), path(language, "handbook")),)
            actions = page_button(say("print", language), "print", sign="print", weight="quiet")
            here = path(other(language), "handbook")
            return {
                "top": top_bar(language, it.card.title, trail=trail, actions=actions, here=here),
                "main": book(it, language),
                "shelf": NOTHING,
            }
        top = top_bar(language, say("handbook", language), here=path(other(language), "handbook"))
        drawn: dict[str, object] = {"top": top, "shelf": shelf(desk.shelf(language), language)}
        if asked := visitor.query.get("q", ""):
            drawn |= {"question": gr.update(value=asked), **_answered(asked)}
        return drawn

    def ask(values: list[Any], _: Visitor) -> Drawn:
        asked = str(values[0] or "").strip()
        if not asked:
            return {"answer": caution(say("book_need_words", language)) + tries(language), "beside": NOTHING}
        return _answered(asked)

    def press(press: Press, visitor: Visitor) -> Drawn:
        if press.act == "ask":
            return {"question": gr.update(value=press.id), **_answered(press.id)}
        if press.act == "section":
            return {"beside": beside(desk.section(press.id), language)}
        return {}

    def _answered(asked: str) -> dict[str, object]:
        it = desk.ask(asked, language)
        here = Markup('<span hidden data-here="{}"></span>').format(path(language, "handbook", q=asked))
        return {"answer": answer(it, language) + here, "beside": beside(it.opened, language)}

    board.on_load(load)
    board.on_event([go.click, question.submit], [question], ask, waits=True)
    board.on_press(("answer",), press)
