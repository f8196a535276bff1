"""One scenario being written: its text, what is wrong with it, a trial against its customer, its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton
from ui.parts.scenarios import certificate, check, top_acts, trial
from ui.parts.writing import editor, in_step
from ui.shell import other, path, top_bar
from ui.views.scenarios import CertificateView, Trial, Written
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class WritingDesk(Protocol):
    """What the editor asks; Refused for whoever is no trainer, NotFound for what is not this trainer's."""

    def written(self, id: str, language: Language) -> Written:
        """One text as it stands."""
        ...

    def keep(self, id: str, text: str, language: Language) -> Written:
        """Keep a draft as typed and say what is wrong with it."""
        ...

    def fill(self, id: str, answers: Mapping[str, str], language: Language) -> Written:
        """Keep a draft with the form's answers written into its text."""
        ...

    def copy(self, id: str) -> str:
        """A draft that is a copy; its id."""
        ...

    def certify(self, id: str) -> None:
        """Let the bots play it."""
        ...

    def stop(self, id: str) -> None:
        """Stop the bots."""
        ...

    def certificate(self, id: str, language: Language) -> CertificateView:
        """How it stands with its certificate, and how far the bots are."""
        ...

    def publish(self, id: str) -> None:
        """Show it to everybody."""
        ...

    def retire(self, id: str) -> None:
        """Take it off the shelf."""
        ...

    def trial(self, id: str, language: Language, *, anew: bool = False, words: str = "") -> Trial | None:
        """The talk with the draft's customer."""
        ...


def build(blocks: Blocks, language: Language, desk: WritingDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "trainer", "scenario", excuse_in="notice") as board:
        board.html("main", skeleton(language))
        with gr.Row(elem_id="pp-write"):
            board.html("text")
            board.html("sync", live=False)
            with gr.Column(elem_id="pp-write-side"):
                board.html("notice", live=False)
                board.html("check", live=False)
                board.html("certificate")
                board.html("trial")

    def load(visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        it = desk.written(id, language)
        return {**_all(it), "main": NOTHING, "text": editor(it, language)}

    def press(press: Press, visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        if press.act == "keep":
            it = desk.keep(id, press.fields.get("text", ""), language)
            return {**_all(it), "sync": in_step(it)}
        if press.act == "form":
            it = desk.fill(id, press.fields, language)
            return {**_all(it), "sync": in_step(it, text=True)}
        if press.act == "look":
            return {"certificate": _certificate(id)}
        if press.act == "copy":
            return {"go": going(path(language, "scenario", id=desk.copy(press.id)))}
        it = desk.written(id, language)
        if press.act in ("try", "speak"):
            words = press.fields.get("words", "")
            return {"trial": _trial(it, anew=press.act == "try", words=words), "notice": NOTHING}
        if press.act == "certify":
            desk.certify(id)
        if press.act == "stop":
            desk.stop(id)
        if press.act == "publish":
            desk.publish(id)
        if press.act == "retire":
            desk.retire(id)
        it = desk.written(id, language)
        locked = {"text": editor(it, language)} if it.locked else {}
        return {**_all(it), **locked}

    def _all(it: Written) -> dict[str, object]:
        return {**_checked(it), "certificate": _certificate(it.id), "trial": _trial(it)}

    def _checked(it: Written) -> dict[str, object]:
        here = path(other(language), "scenario")
        trail = ((say("scenarios", language), path(language, "scenarios")),)
        actions = top_acts(it, language)
        return {
            "top": top_bar(language, it.title, trail=trail, actions=actions, here=here),
            "check": check(it, language),
            "notice": NOTHING,
        }

    def _certificate(id: str) -> object:
        return certificate(desk.certificate(id, language), language)

    def _trial(it: Written, *, anew: bool = False, words: str = "") -> object:
        return trial(desk.trial(it.id, language, anew=anew, words=words), it, language)

    board.on_load(load)
    board.on_press(("text", "certificate", "trial", "top"), press)
