"""The trainer's calibration page: one verdict after the other with its words, and how far each check can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.addresses import votes_file
from ui.board import Drawn, Press, Visitor
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, menu, skeleton
from ui.parts.calibration import bench, bench_head, standing
from ui.parts.tabs import tabs
from ui.shell import other, path, top_bar
from ui.views.calibration import Bench, Standing
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class CalibrationDesk(Protocol):
    """What the calibration page asks; Refused for whoever is no trainer."""

    def bench(
        self, which: str, language: Language, wanted: str = "", after: str = "", last: str = ""
    ) -> Bench:
        """What to vote on now: the verdict `wanted`, else the one after `after`, else the first of the queue."""
        ...

    def vote(self, verdict_id: str, vote: str, meant: str, remark: str) -> None:
        """accept, adjust or reject."""
        ...

    def standing(self, which: str, language: Language) -> Standing:
        """How far each check can be trusted."""
        ...


def build(blocks: Blocks, language: Language, desk: CalibrationDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "trainer", "calibration", excuse_in="notice") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language))
        with gr.Column(elem_id="pp-calib"):
            board.html("calib-head", live=False)
            with gr.Row(elem_id="pp-calib-both"):
                with gr.Column(elem_id="pp-calib-left"):
                    board.html("notice", live=False)
                    board.html("bench")
                board.html("standing", live=False)

    def load(visitor: Visitor) -> Drawn:
        wanted = visitor.query.get("id", "")
        shown = {"top": _top(), "tabs": tabs(language, "calibration"), "main": NOTHING}
        return {**shown, **_drawn(visitor, desk.bench(_which(visitor), language, wanted))}

    def press(press: Press, visitor: Visitor) -> Drawn:
        which = _which(visitor)
        if press.act == "skip":
            return _drawn(visitor, desk.bench(which, language, after=press.id))
        if press.act == "show":
            return _drawn(visitor, desk.bench(which, language, press.id))
        if press.act in ("accept", "adjust", "reject"):
            verdict, _, meant = press.id.partition("/")
            desk.vote(verdict, press.act, meant, press.fields.get("remark", ""))
            return _drawn(visitor, desk.bench(which, language, last=verdict))
        return {}

    def _which(visitor: Visitor) -> str:
        """The language of the practices: the page's own, another one, or empty for all."""
        asked = visitor.query.get("lang", language)
        return {"zh": "zh", "en": "en", "all": ""}.get(asked, language)

    def _drawn(visitor: Visitor, it: Bench) -> dict[str, object]:
        which = _which(visitor)
        return {
            "calib-head": bench_head(it, which or "all", language),
            "bench": bench(it, language),
            "standing": standing(desk.standing(which, language), language),
            "notice": NOTHING,
        }

    def _top() -> object:
        files = [
            (say("calibration_export_csv", language), votes_file("csv")),
            (say("calibration_export_json", language), votes_file("json")),
        ]
        return top_bar(
            language,
            say("calibration_title", language),
            trail=((say("trainer", language), path(language, "trainer")),),
            actions=menu(say("calibration_export", language), files),
            here=path(other(language), "calibration"),
        )

    board.on_load(load)
    board.on_press(("bench",), press)
