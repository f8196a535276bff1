"""A branch beside what it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import act_button, skeleton
from ui.parts.compare import compare
from ui.shell import other, path, top_bar
from ui.views.drills import Fork
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class CompareDesk(Protocol):
    """What the page asks."""

    def compare(self, id: str, language: Language) -> Fork:
        """A branch and its origin (NotFound for a practice that is no branch)."""
        ...

    def rewind(self, id: str) -> str:
        """Redo the same turn of the same origin once more; the new session's id."""
        ...


def build(blocks: Blocks, language: Language, desk: CompareDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "practice", "compare") as board:
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        it = desk.compare(visitor.query.get("id", ""), language)
        trail = ((it.title, path(language, "practice", scenario=it.scenario_id)),)
        again = act_button(say("from_here", language), "rewind", sign="retry", weight="primary")
        here = path(other(language), "compare")
        return {
            "top": top_bar(language, say("compare_title", language), trail=trail, actions=again, here=here),
            "main": compare(it, language),
        }

    def press(press: Press, visitor: Visitor) -> Drawn:
        if press.act == "rewind":
            new = desk.rewind(visitor.query.get("id", ""))
            return {"go": going(path(language, "session", id=new))}
        return {}

    board.on_load(load)
    board.on_press(("top",), press)
