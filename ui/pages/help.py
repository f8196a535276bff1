"""Help: the first tour, the keys, what leaves the machine, the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.help import help_page
from ui.parts.tour import dialog, steps
from ui.shell import other, path, top_bar
from ui.views.help import Leaves
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class TourDesk(Protocol):
    """Who remembers that somebody has taken the first tour."""

    def tour_due(self) -> bool:
        """Whether it was neither taken nor skipped."""
        ...

    def end_tour(self, how: str) -> None:
        """It was `taken` to its end, or skipped."""
        ...


class HelpDesk(TourDesk, Protocol):
    """What the help page asks."""

    def leaves(self, language: Language) -> Leaves:
        """Where every kind of data goes."""
        ...


def build(blocks: Blocks, language: Language, desk: HelpDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "help", "help") as board:
        board.html("main", skeleton(language))
        board.html("tour")

    def load(_: Visitor) -> Drawn:
        tour = steps(language)
        return {
            "top": top_bar(language, say("help", language), here=path(other(language), "help")),
            "main": help_page(tour, desk.leaves(language), language),
            "tour": dialog(tour, language) if tour else NOTHING,
        }

    def press(press: Press, _: Visitor) -> Drawn:
        if press.act == "tour":
            desk.end_tour(press.id)
        return {}

    board.on_load(load)
    board.on_press(("tour",), press)
