"""The deal page: say what is going on, get three cases and a tip sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from coach.vocabulary import SIZES, Language, name
from ui.board import Drawn, Press, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, link_button
from ui.parts.cases import caution, empty_results, matches
from ui.shell import other, path, top_bar
from ui.views.deals import Asked, Matches
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class DealDesk(Protocol):
    """What the deal page asks."""

    @property
    def stays_here(self) -> bool:
        """True when no setting sends words off this machine."""
        ...

    def industries(self, language: Language) -> Sequence[tuple[str, str]]:
        """Trades as (label, id)."""
        ...

    def pains(self, language: Language) -> Sequence[tuple[str, str]]:
        """Obstacles as (label, id)."""
        ...

    def example(self, language: Language) -> Asked:
        """A deal to try the page with."""
        ...

    def match(self, asked: Asked, language: Language) -> tuple[str, Matches]:
        """Keep the deal, find its cases: the deal's id and the answer."""
        ...

    def again(self, deal_id: str, language: Language) -> tuple[Asked, Matches]:
        """A kept deal with its cases (NotFound)."""
        ...

    def useful(self, case_id: str, deal_id: str) -> None:
        """Note that a case helped."""
        ...


def build(blocks: Blocks, language: Language, desk: DealDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "deals", "deals") as board:
        board.html("main")
        with gr.Row(elem_id="pp-deal"):
            with gr.Column(elem_id="pp-form"):
                text = gr.Textbox(
                    label=say("deal_text", language),
                    placeholder=say("deal_text_hint", language),
                    lines=4,
                    max_lines=12,
                    elem_id="pp-deal-text",
                    max_length=8000,
                )
                industry = gr.Dropdown(
                    [(say("deal_any", language), ""), *desk.industries(language)],
                    value="",
                    label=say("deal_industry", language),
                    elem_id="pp-deal-industry",
                )
                size = gr.Radio(
                    [(name(size, language), size) for size in SIZES],
                    label=say("deal_size", language),
                    elem_id="pp-deal-size",
                )
                pains = gr.CheckboxGroup(
                    list(desk.pains(language)), label=say("deal_pain", language), elem_id="pp-deal-pains"
                )
                find = gr.Button(say("deal_go", language), variant="primary", elem_id="pp-deal-go")
                if desk.stays_here:
                    board.html(
                        "local",
                        Markup('<p class="pp-note">{}</p>').format(say("deal_local", language)),
                        live=False,
                    )
            board.html("results", empty_results(language))
    fields = {"text": text, "industry": industry, "size": size, "pains": pains}
    for key, component in fields.items():
        board.holds(key, component)

    def top(deal: str = "") -> Markup:
        sheet = path(language, "sheet", id=deal)
        return top_bar(
            language,
            say("deal_new", language),
            trail=((say("deals", language), path(language, "deals")),),
            actions=link_button(say("print_sheet", language), sheet, sign="print") if deal else NOTHING,
            here=path(other(language), "deals"),
        )

    def load(visitor: Visitor) -> Drawn:
        deal = visitor.query.get("id", "")
        if not deal:
            return {"top": top()}
        asked, found = desk.again(deal, language)
        return {"top": top(deal), "results": matches(found, language), **_filled(asked)}

    def search(values: list[Any], _: Visitor) -> Drawn:
        words, trade, band, stuck = values
        asked = Asked(str(words or "").strip(), str(trade or ""), str(band or ""), tuple(stuck or ()))
        return (
            found(asked)
            if asked.text or asked.pains
            else {"results": caution(say("deal_need_words", language))}
        )

    def found(asked: Asked) -> Drawn:
        deal, answer = desk.match(asked, language)
        here = Markup('<span hidden data-here="{}"></span>').format(path(language, "deals", id=deal))
        return {"top": top(deal), "results": matches(answer, language) + here}

    def press(press: Press, visitor: Visitor) -> Drawn:
        if press.act == "case":
            return {"go": going(path(language, "case", id=press.id, deal=press.deal))}
        if press.act == "drill":
            return {"go": going(path(language, "practice", scenario=press.id))}
        if press.act == "example":
            asked = desk.example(language)
            return {**found(asked), **_filled(asked)}
        if press.act == "useful":
            desk.useful(press.id, press.deal)
        return {}

    def _filled(asked: Asked) -> dict[str, object]:
        values = {
            "text": asked.text,
            "industry": asked.industry,
            "size": asked.size or None,
            "pains": list(asked.pains),
        }
        return {key: gr.update(value=value) for key, value in values.items()}

    board.on_load(load)
    board.on_event([find.click], [text, industry, size, pains], search)
    board.on_press(("results",), press)
