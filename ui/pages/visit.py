"""One visit: the transcript beside its five-action record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from coach.privacy.consent import Agreed
from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.consent import said as said_by
from ui.parts.visit import five, foot, said, sound, top_acts
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

    def agree(self, id: str, given: Agreed) -> None:
        """Somebody writes down anew who agreed to what (BadInput when it names nobody)."""
        ...

    def is_rep(self, id: str, speaker: str) -> None:
        """Somebody says who the rep is; the visit is read anew."""
        ...

    def change(self, id: str, key: str, values: Mapping[str, str]) -> None:
        """A person puts an entry right (BadInput says what cannot be)."""
        ...

    def correct(self, id: str, turn: int, text: str, speaker: str) -> None:
        """A line was misheard, or heard from the wrong side; the visit is read anew."""
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
                actions=top_acts(it, language),
                here=path(other(language), "visit"),
            ),
            "main": NOTHING,
            "player": sound(it, language),
            **read(it),
        }

    def read(it: Visit, *, entry: str = "", line: int = 0, agreeing: bool = False) -> dict[str, object]:
        """Transcript, record and foot; at most one entry, line or the consent is open to be put right."""
        return {
            "said": said(it, language, line),
            "record": five(it, language, entry, agreeing=agreeing),
            "acts": foot(it, language),
        }

    def press(press: Press, visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        number = int(press.id) if press.id.isdecimal() else 0
        if press.act == "edit":
            return read(desk.visit(id, language), entry=press.id)
        if press.act == "line":
            return read(desk.visit(id, language), line=number)
        if press.act == "consent":
            return read(desk.visit(id, language), agreeing=True)
        if press.act == "drill":
            return {"go": going(path(language, "practice", scenario=desk.drill(press.id)))}
        if press.act == "confirm":
            desk.confirm(id, press.id)
        elif press.act == "remove":
            desk.remove(id, press.id)
        elif press.act == "restore":
            desk.restore(id)
        elif press.act == "consent-save":
            fields = press.fields
            desk.agree(id, said_by(fields.get("consent", ""), fields.get("how", ""), fields.get("scope", "")))
        elif press.act == "rep":
            desk.is_rep(id, press.id)
        elif press.act == "edit-save":
            desk.change(id, press.id, press.fields)
        elif press.act == "line-save":
            desk.correct(id, number, press.fields.get("text", ""), press.fields.get("speaker", ""))
        return read(desk.visit(id, language))

    board.on_load(load)
    board.on_press(("said", "record", "acts"), press)
