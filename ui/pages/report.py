"""The report of one session, as a document with its own address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import act_button, empty, link_button, skeleton
from ui.parts.verdicts import downloads, print_button, report
from ui.shell import other, path, top_bar
from ui.views.practice import Report
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class ReportDesk(Protocol):
    """What the report asks."""

    def report(self, id: str, language: Language) -> Report | None:
        """The report; None while the session is still running (NotFound for a strange id)."""
        ...

    def start(self, scenario_id: str) -> str:
        """Open a new session of the same scenario and return its id."""
        ...

    def branch(self, id: str, turn: int) -> str:
        """Open a new session that stands where this one stood before turn `turn`, and return its id."""
        ...


def build(blocks: Blocks, language: Language, desk: ReportDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "practice", "report") as board:
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        here = path(other(language), "report")
        it = desk.report(id, language)
        if it is None:
            back = link_button(
                say("back_to_session", language), path(language, "session", id=id), weight="primary"
            )
            return {
                "top": top_bar(language, say("report", language), here=here),
                "main": empty(say("not_over", language), back),
            }
        again = act_button(say("again", language), "again", id=it.scenario_id, sign="retry", weight="primary")
        trail = ((it.title, path(language, "practice", scenario=it.scenario_id)),)
        return {
            "top": top_bar(
                language,
                say("report", language),
                trail=trail,
                actions=print_button(language) + downloads(id, language) + again,
                here=here,
            ),
            "main": report(it, language),
        }

    def press(press: Press, visitor: Visitor) -> Drawn:
        if press.act == "again":
            return {"go": going(path(language, "session", id=desk.start(press.id)))}
        if press.act == "branch" and press.id.isdecimal():
            new = desk.branch(visitor.query.get("id", ""), int(press.id))
            return {"go": going(path(language, "session", id=new))}
        return {}

    board.on_load(load)
    board.on_press(("top", "main"), press)
