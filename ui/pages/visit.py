"""One visit: the transcript beside its five-action record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.visit import as_case, five, foot, said, sound
from ui.shell import other, path, top_bar
from ui.views.visits import Visit
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class VisitDesk(Protocol):
    """What one visit's page asks."""

    def visit(self, id: str, language: Language) -> Visit:
        """The visit as it stands (NotFound for an id that is not this person's)."""
        ...

    def confirm(self, id: str, key: str) -> None:
        """A person agrees with an entry."""
        ...

    def remove(self, id: str, key: str) -> None:
        """A person takes an entry out."""
        ...

    def restore(self, id: str) -> None:
        """Everything that was taken out comes back."""
        ...

    def drill(self, wanted: str) -> str:
        """Make the drill of one of its objections ("visit/number") and return its scenario."""
        ...

    def is_rep(self, id: str, speaker: str) -> None:
        """Somebody says who the rep is; the visit is read anew."""
        ...


def build(blocks: Blocks, language: Language, desk: VisitDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "visits", "visit", fills=True, excuse_in="acts") as board:
        board.html("main", skeleton(language))
        with gr.Column(elem_id="pp-visit"):
            board.html("said")
            board.html("record")
            board.html("player")
            board.html("acts")

    def load(visitor: Visitor) -> Drawn:
        it = desk.visit(visitor.query.get("id", ""), language)
        trail = ((say("visits", language), path(language, "visits")),)
        return {
            "top": top_bar(
                language,
                it.title,
                trail=trail,
                actions=as_case(it, language),
                here=path(other(language), "visit"),
            ),
            "main": NOTHING,
            "player": sound(it, language),
            **read(it),
        }

    def read(it: Visit) -> dict[str, object]:
        return {"said": said(it, language), "record": five(it, language), "acts": foot(it, language)}

    def press(press: Press, visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        if press.act == "confirm":
            desk.confirm(id, press.id)
        elif press.act == "remove":
            desk.remove(id, press.id)
        elif press.act == "restore":
            desk.restore(id)
        elif press.act == "rep":
            desk.is_rep(id, press.id)
        elif press.act == "drill":
            return {"go": going(path(language, "practice", scenario=desk.drill(press.id)))}
        return read(desk.visit(id, language))

    board.on_load(load)
    board.on_press(("record", "acts"), press)
