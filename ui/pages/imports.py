"""The import page: put files in, see what they would become, correct columns, take them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, arrived
from ui.downloads import Made
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.imports import drop, tray
from ui.parts.tabs import tabs
from ui.shell import other, path, top_bar
from ui.views.imports import ImportView
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class ImportDesk(Protocol):
    """What the import page asks."""

    @property
    def accepts(self) -> str:
        """File endings that the browser should offer, as an `accept` list."""
        ...

    def put_in(self, files: Sequence[tuple[Path, str]]) -> str:
        """Files into a new tray, which is looked through at once; its id (BadInput)."""
        ...

    def seen(self, tray_id: str, language: Language) -> ImportView:
        """One tray as it stands now (NotFound)."""
        ...

    def look_again(self, tray_id: str, fields: Mapping[str, str]) -> None:
        """Look through it once more, columns and documents as the form says (NotFound, Busy)."""
        ...

    def take_in(self, tray_id: str, fields: Mapping[str, str]) -> None:
        """Take it in, columns and documents as the form says (NotFound, Busy)."""
        ...

    def throw_away(self, tray_id: str) -> None:
        """Nothing of it is wanted (NotFound)."""
        ...

    def faults(self, tray_id: str, language: Language) -> Made:
        """What was not taken, row by row, as CSV (NotFound)."""
        ...


def build(blocks: Blocks, language: Language, desk: ImportDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "trainer", "imports", excuse_in="notice") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language))
        board.html("notice", live=False)
        board.html("tray")

    def load(visitor: Visitor) -> Drawn:
        trail = ((say("trainer", language), path(language, "trainer")),)
        here = path(other(language), "imports")
        drawn: dict[str, object] = {
            "top": top_bar(language, say("import_title_page", language), trail=trail, here=here),
            "tabs": tabs(language, "imports"),
        }
        if id := visitor.query.get("id", ""):
            return {**drawn, "main": NOTHING, "tray": tray(desk.seen(id, language), language)}
        return {**drawn, "main": drop(language, desk.accepts)}

    def put(press: Press, _: Visitor) -> Drawn:
        if press.act != "files":
            return {}
        there = [(arrived(one.path), one.name) for one in press.files]
        return _shown(desk.put_in(there))

    def change(press: Press, _: Visitor) -> Drawn:
        if press.act == "map":
            desk.look_again(press.id, press.fields)
        elif press.act == "go":
            desk.take_in(press.id, press.fields)
        elif press.act == "away":
            desk.throw_away(press.id)
            return {"tray": NOTHING, "main": drop(language, desk.accepts), "notice": NOTHING}
        elif press.act != "look":
            return {}
        return _shown(press.id)

    def _shown(id: str) -> dict[str, object]:
        return {"main": NOTHING, "notice": NOTHING, "tray": tray(desk.seen(id, language), language)}

    board.on_load(load)
    board.on_press(("main",), put)
    board.on_press(("tray",), change)
