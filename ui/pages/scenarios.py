"""The trainer's stock of scenarios: own texts, and what can be copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import skeleton
from ui.parts.stock import stock
from ui.parts.tabs import tabs
from ui.shell import other, path, top_bar
from ui.views.scenarios import Stock
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class StockDesk(Protocol):
    """What the stock asks; Refused for whoever is no trainer."""

    def stock(self, language: Language) -> Stock:
        """This trainer's texts, and what can be copied."""
        ...

    def begin(self, language: Language, answers: Mapping[str, str] | None = None) -> str:
        """A draft from the one-page template, or from the answers of the form; its id."""
        ...

    def copy(self, id: str) -> str:
        """A draft that is a copy; its id."""
        ...


def build(blocks: Blocks, language: Language, desk: StockDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "trainer", "scenarios") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        trail = ((say("trainer", language), path(language, "trainer")),)
        here = path(other(language), "scenarios")
        return {
            "top": top_bar(language, say("scenarios_title", language), trail=trail, here=here),
            "tabs": tabs(language, "scenarios"),
            "main": stock(desk.stock(language), language),
        }

    def press(press: Press, visitor: Visitor) -> Drawn:
        if press.act == "begin":
            return {"go": going(path(language, "scenario", id=desk.begin(language)))}
        if press.act == "fill":
            return {"go": going(path(language, "scenario", id=desk.begin(language, press.fields)))}
        if press.act == "copy":
            return {"go": going(path(language, "scenario", id=desk.copy(press.id)))}
        return {}

    board.on_load(load)
    board.on_press(("main",), press)
