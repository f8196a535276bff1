"""The post-visit form of one visit: due in 24 hours, filled from the record, completed and handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.form import form
from ui.parts.visit import downloads
from ui.shell import other, path, top_bar
from ui.views.form import Form
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class FormDesk(Protocol):
    """What the form's page asks; every method raises NotFound for an id that is not this person's."""

    def form(self, id: str, language: Language) -> Form:
        """The form as it stands."""
        ...

    def keep(self, id: str, fields: Mapping[str, str], *, hand_in: bool = False) -> None:
        """Keep what the rep wrote; with `hand_in` the record is confirmed."""
        ...


def build(blocks: Blocks, language: Language, desk: FormDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "visits", "form", excuse_in="notice") as board:
        board.html("notice", live=False)
        board.html("main", skeleton(language))

    def drawn(id: str, *, kept: bool = False) -> Drawn:
        it = desk.form(id, language)
        trail = (
            (say("visits", language), path(language, "visits")),
            (it.title, path(language, "visit", id=id)),
        )
        top = top_bar(
            language,
            say("followup_form", language),
            trail=trail,
            actions=downloads(id, language),
            here=path(other(language), "form"),
        )
        return {"top": top, "notice": NOTHING, "main": form(it, language, kept=kept)}

    def press(press: Press, visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        if press.act in ("keep", "hand-in"):
            desk.keep(id, press.fields, hand_in=press.act == "hand-in")
            return drawn(id, kept=True)
        return drawn(id)

    board.on_load(lambda visitor: drawn(visitor.query.get("id", "")))
    board.on_press(("main",), press)
