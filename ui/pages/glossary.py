"""The glossary page: what products, rivals and customers are called; added, changed, removed, and it counts at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.glossary import lede, term_form, terms
from ui.parts.tabs import tabs
from ui.shell import other, path, top_bar
from ui.views.glossary import GlossaryView, TermForm
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class GlossaryDesk(Protocol):
    """What the glossary page asks."""

    def glossary(self, language: Language) -> GlossaryView:
        """The team's words and the shipped ones."""
        ...

    def form(self, key: str, language: Language) -> TermForm:
        """The form for a word of the list, or for a new one (NotFound)."""
        ...

    def save(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep a word as the form says (BadInput, Refused)."""
        ...

    def remove(self, key: str) -> None:
        """Take a word of the team's out (NotFound, Refused)."""
        ...


def build(blocks: Blocks, language: Language, desk: GlossaryDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "trainer", "glossary", excuse_in="notice") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language), live=False)
        board.html("notice", live=False)
        board.html("term")
        board.html("terms")

    def load(_: Visitor) -> Drawn:
        trail = ((say("trainer", language), path(language, "trainer")),)
        here = path(other(language), "glossary")
        return {
            "top": top_bar(language, say("gloss_title", language), trail=trail, here=here),
            "tabs": tabs(language, "glossary"),
            "main": lede(language),
            **_drawn(),
        }

    def change(press: Press, _: Visitor) -> Drawn:
        if press.act == "edit":
            return {"term": term_form(desk.form(press.id, language), language), "notice": NOTHING}
        if press.act == "save":
            desk.save(press.id, press.fields)
        elif press.act == "remove":
            desk.remove(press.id)
        elif press.act != "close":
            return {}
        return {**_drawn(), "notice": NOTHING}

    def _drawn() -> dict[str, object]:
        return {"term": term_form(None, language), "terms": terms(desk.glossary(language), language)}

    board.on_load(load)
    board.on_press(("term", "terms"), change)
