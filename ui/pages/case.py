"""One case from start to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Visitor
from ui.pages.frame import frame
from ui.parts.basics import page_button, skeleton
from ui.parts.cases import back_button, case
from ui.shell import other, path, top_bar
from ui.views.deals import Case
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class CaseDesk(Protocol):
    """What a case's page asks."""

    def case(self, case_id: str, deal_id: str, language: Language) -> Case:
        """A published case (NotFound)."""
        ...


def build(blocks: Blocks, language: Language, desk: CaseDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "deals", "case") as board:
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        id, deal = visitor.query.get("id", ""), visitor.query.get("deal", "")
        it = desk.case(id, deal, language)
        back = back_button(language, path(language, "deals", id=deal))
        actions = page_button(say("print", language), "print", sign="print", weight="quiet") + back
        trail = ((say("deals", language), path(language, "deals", id=deal)),)
        return {
            "top": top_bar(
                language, it.title, trail=trail, actions=actions, here=path(other(language), "case")
            ),
            "main": Markup('<div class="pp-doc pp-doc--narrow">{}</div>').format(case(it, language)),
        }

    board.on_load(load)
