"""The trainer's coverage page: where cases are missing, and what must be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import skeleton
from ui.parts.coverage import heat_map, kept, lanes, one_spot
from ui.parts.tabs import tabs
from ui.shell import other, path, top_bar
from ui.views.coverage import LaneView, MapView, SpotView
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class CoverageDesk(Protocol):
    """What the coverage page asks."""

    def the_map(self, stage: str, language: Language) -> MapView:
        """The map over all stages, or over one."""
        ...

    def spot(self, key: str, language: Language) -> SpotView | None:
        """One place of the map; None for a key that names none."""
        ...

    def lanes(self, language: Language) -> Sequence[LaneView]:
        """The freshness board."""
        ...

    def looked(self, item_id: str, owner: str, due: str, language: Language) -> str:
        """It was looked at and still holds: a sentence that says until when (NotFound, Refused, BadInput)."""
        ...

    @property
    def may_look(self) -> bool:
        """Whether who asks may say that something still holds."""
        ...


def build(blocks: Blocks, language: Language, desk: CoverageDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "trainer", "coverage", excuse_in="notice") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language))
        board.html("notice", live=False)
        with gr.Column(elem_id="pp-coverage"):
            with gr.Row(elem_id="pp-coverage-map"):
                board.html("map")
                board.html("spot")
            board.html("lanes")

    def load(visitor: Visitor) -> Drawn:
        trail = ((say("trainer", language), path(language, "trainer")),)
        here = path(other(language), "coverage")
        return {
            "top": top_bar(language, say("coverage", language), trail=trail, here=here),
            "tabs": tabs(language, "coverage"),
            "main": "",
            "lanes": _lanes(),
            **_mapped("", ""),
        }

    def press(press: Press, visitor: Visitor) -> Drawn:
        if press.act == "stage":
            return _mapped(press.id, "")
        if press.act == "spot":
            it = desk.the_map(press.id.rpartition("|")[2], language)
            return {"spot": one_spot(desk.spot(press.id, language), it.wanted, language)}
        return {}

    def look(press: Press, _: Visitor) -> Drawn:
        if press.act != "looked":
            return {}
        fields = press.fields
        done = desk.looked(press.id, fields.get("owner", ""), fields.get("due", ""), language)
        return {"lanes": _lanes(), "notice": kept(done)}

    def _lanes() -> Markup:
        return lanes(desk.lanes(language), language, may_look=desk.may_look)

    def _mapped(stage: str, key: str) -> dict[str, object]:
        it = desk.the_map(stage, language)
        picked = desk.spot(key, language) if key else None
        return {"map": heat_map(it, language), "spot": one_spot(picked, it.wanted, language)}

    board.on_load(load)
    board.on_press(("map", "spot"), press)
    board.on_press(("lanes",), look)
