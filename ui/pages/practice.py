"""The practice page: the shelf of scenarios, and a scenario's brief with the button that starts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qsl

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import skeleton
from ui.parts.drills import today
from ui.parts.shelf import before_start, shelf
from ui.shell import other, path, top_bar
from ui.views.drills import ExamStanding, Today
from ui.views.picking import Picked, Shelf
from ui.views.practice import Brief, ScenarioCard
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class ShelfDesk(Protocol):
    """What the shelf asks."""

    def picked(self, picked: Picked, language: Language) -> Shelf:
        """The scenarios of one language that the filters leave."""
        ...

    def brief(self, scenario_id: str, language: Language) -> tuple[ScenarioCard, Brief]:
        """One scenario before its start (NotFound)."""
        ...

    def start(self, scenario_id: str) -> str:
        """Open a session and return its id."""
        ...

    def today(self, language: Language) -> Today:
        """What is due, the round, the trend."""
        ...

    def exam_standing(self, scenario_id: str, language: Language) -> ExamStanding:
        """How this person stands with a scenario's exam."""
        ...

    def exam(self, scenario_id: str) -> str:
        """Sit an exam and return its id."""
        ...

    def drill(self, wanted: str) -> str:
        """Make the drill of a visit's objection and return its scenario."""
        ...


class SeatsDesk(Protocol):
    """What beginning a practice with a colleague asks."""

    def begin(self, scenario_id: str) -> str:
        """A new dialogue; its id."""
        ...


def build(blocks: Blocks, language: Language, desk: ShelfDesk, seats: SeatsDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "practice", "practice") as board:
        board.html("main", skeleton(language))

    def load(visitor: Visitor) -> Drawn:
        wanted = visitor.query.get("scenario", "")
        here = path(other(language), "practice")
        if not wanted:
            return {
                "top": top_bar(language, say("practice", language), here=here),
                "main": shelf(
                    desk.picked(_picked(visitor.query), language),
                    language,
                    today(desk.today(language), language),
                ),
            }
        card, brief = desk.brief(wanted, language)
        trail = ((say("practice", language), path(language, "practice")),)
        return {
            "top": top_bar(language, card.title, trail=trail, here=here),
            "main": before_start(card, brief, desk.exam_standing(card.id, language), language),
        }

    def press(press: Press, _: Visitor) -> Drawn:
        if press.act == "start":
            return {"go": going(path(language, "session", id=desk.start(press.id)))}
        if press.act == "pick":
            chosen = _picked(dict(parse_qsl(press.id)))
            return {
                "main": shelf(desk.picked(chosen, language), language, today(desk.today(language), language))
            }
        if press.act == "exam":
            return {"go": going(path(language, "session", id=desk.exam(press.id)))}
        if press.act == "colleague":
            return {"go": going(path(language, "colleague", id=seats.begin(press.id), seat="rep"))}
        if press.act == "drill":
            return {"go": going(path(language, "practice", scenario=desk.drill(press.id)))}
        return {}

    board.on_load(load)
    board.on_press(("main",), press)


def _picked(query: Mapping[str, str]) -> Picked:
    return Picked(
        query.get("type", ""), query.get("trade", ""), query.get("level", ""), query.get("pick") == "1"
    )
