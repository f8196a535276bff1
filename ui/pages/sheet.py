"""The one-page sheet of a deal, to read or print before the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Visitor
from ui.pages.frame import frame
from ui.parts.basics import page_button, skeleton
from ui.parts.sheet import sheet
from ui.shell import other, path, top_bar
from ui.views.deals import Asked, Matches
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class SheetDesk(Protocol):
    """What the sheet asks."""

    def again(self, deal_id: str, language: Language) -> tuple[Asked, Matches]:
        """A kept deal with its cases (NotFound)."""
        ...


def build(blocks: Blocks, language: Language, desk: SheetDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "deals", "sheet") as board:
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        deal = visitor.query.get("id", "")
        asked, found = desk.again(deal, language)
        trail = ((say("deals", language), path(language, "deals", id=deal)),)
        return {
            "top": top_bar(
                language,
                say("sheet_title", language),
                trail=trail,
                actions=page_button(say("print", language), "print", sign="print", weight="primary"),
                here=path(other(language), "sheet"),
            ),
            "main": sheet(asked, found, language),
        }

    board.on_load(load)
