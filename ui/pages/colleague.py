"""A practice with a colleague: two windows, two seats, one dialogue that both see grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, Protocol

from markupsafe import Markup

from coach.vocabulary import EndReason, Language
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import NOTHING
from ui.parts.seats import beside, dialogue, endings, seat_switch
from ui.shell import other, path, top_bar
from ui.views.drills import Seats
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks

Seat = Literal["rep", "customer"]


class ColleagueDesk(Protocol):
    """What the page asks; every method raises NotFound for an id that is not this person's."""

    def seats(self, id: str, seat: Seat, language: Language) -> Seats:
        """The dialogue as this seat sees it."""
        ...

    def say(self, id: str, seat: Seat, text: str) -> None:
        """One of the two says a line."""
        ...

    def end(self, id: str, reason: EndReason) -> None:
        """It is over."""
        ...

    def length(self, id: str) -> str:
        """How far the dialogue is; another word after every change."""
        ...


def build(blocks: Blocks, language: Language, desk: ColleagueDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "practice", "colleague", fills=True, excuse_in="under") as board:
        board.html("main")
        with gr.Row(elem_id="pp-two"):
            with gr.Column(elem_id="pp-chat"):
                board.html("head")
                board.html("log")
                with gr.Column(elem_id="pp-say"):
                    with gr.Row(elem_id="pp-say-row") as row:
                        text = gr.Textbox(
                            label=say("say_label", language),
                            lines=1,
                            max_lines=4,
                            elem_id="pp-text",
                            max_length=2000,
                        )
                        send = gr.Button(say("send", language), variant="primary", elem_id="pp-send")
                    board.html("under")
            board.html("live")
    board.holds("text", text)
    board.holds("row", row)

    def drawn(id: str, seat: Seat) -> Drawn:
        it, reached = desk.seats(id, seat, language), desk.length(id)
        words = say("seat_over", language, reason=it.over) if it.over else ""
        poll = Markup('<span hidden data-poll="{}"></span>').format(reached)
        return {
            "top": top_bar(
                language,
                it.title,
                trail=((say("colleague", language), path(language, "practice")),),
                actions=endings(it, language),
                here=path(other(language), "colleague"),
            ),
            "head": seat_switch(it, language),
            "log": dialogue(it, language),
            "live": beside(it, language),
            "text": gr.Textbox(
                placeholder=say("seat_say_rep" if seat == "rep" else "seat_say_customer", language)
            ),
            "row": gr.Row(visible=not it.over),
            "under": Markup('<div role="status"><p class="pp-keys"><span>{}</span></p>{}</div>').format(
                words, NOTHING if it.over else poll
            ),
        }

    def load(visitor: Visitor) -> Drawn:
        return drawn(visitor.query.get("id", ""), _seat(visitor))

    def spoke(values: list[Any], visitor: Visitor) -> Iterator[Drawn]:
        id, words = visitor.query.get("id", ""), str(values[0] or "").strip()
        if words:
            desk.say(id, _seat(visitor), words)
            yield {**drawn(id, _seat(visitor)), "text": gr.Textbox(value="")}
        else:
            yield drawn(id, _seat(visitor))

    def press(press: Press, visitor: Visitor) -> Drawn:
        id, seat = visitor.query.get("id", ""), _seat(visitor)
        if press.act == "look":
            return {} if press.id == desk.length(id) else drawn(id, seat)
        if press.act == "agree" and seat == "customer":
            desk.end(id, "advanced")
        elif press.act == "leave":
            desk.end(id, "walked_away" if seat == "customer" else "rep_left")
        return drawn(id, seat)

    board.on_load(load)
    board.on_event([text.submit, send.click], [text], spoke, after="peipao.focus('pp-text')", waits=True)
    board.on_press(("top", "under"), press)


def _seat(visitor: Visitor) -> Seat:
    return "customer" if visitor.query.get("seat") == "customer" else "rep"
