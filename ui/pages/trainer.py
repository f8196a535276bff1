"""The trainer's page: what waits, the shelf and who gives; one case to decide on; the form to hand one in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from coach.vocabulary import Language, Outcome, name
from ui.board import Drawn, Visitor, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, link_button, skeleton
from ui.parts.cases import caution
from ui.parts.curation import beside, draft, form_head, form_taken, giving, shelf, waiting
from ui.parts.tabs import pack_menu, tabs
from ui.shell import other, path, top_bar
from ui.views.curation import CaseRow, Form, Overview, Review
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class CurationDesk(Protocol):
    """What the trainer's page asks."""

    def overview(self, language: Language) -> Overview:
        """What waits, what is published, who gives."""
        ...

    def sought(self, words: str, language: Language) -> tuple[CaseRow, ...]:
        """The published cases whose title or story holds these words."""
        ...

    def review(self, case_id: str, language: Language) -> Review:
        """One case with its twins and its history (NotFound)."""
        ...

    def form(self, visit: str, revise: str, language: Language) -> Form:
        """An empty form, one drafted from a visit, or one that holds a case to revise (NotFound)."""
        ...

    def hand_in(
        self,
        title: str,
        outcome: Outcome | None,
        happened: str,
        words: str,
        amounts: bool,
        visit: str,
        revise: str,
        language: Language,
    ) -> str:
        """Hand the form in for review; the case's id."""
        ...

    def decide(self, case_id: str, act: str, words: str) -> None:
        """approve, send_back, publish, retire or comment."""
        ...


def build(blocks: Blocks, language: Language, desk: CurationDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "trainer", "trainer", excuse_in="notice") as board:
        board.html("tabs", live=False)
        board.html("main", skeleton(language))
        board.html("notice", live=False)
        with gr.Column(elem_id="pp-bank"):
            with gr.Column(elem_id="pp-bank-left"):
                board.html("waiting", live=False)
                with gr.Column(elem_id="pp-bank-shelf"):
                    board.html("shelf-head", _shelf_head(language), live=False)
                    search = gr.Textbox(
                        label=say("trainer_search", language),
                        placeholder=say("trainer_search_hint", language),
                        lines=1,
                        max_lines=2,
                        max_length=200,
                        elem_id="pp-bank-search",
                    )
                    board.html("published", live=False)
            board.html("giving", live=False)
        with gr.Column(elem_id="pp-review"):
            board.html("draft", live=False)
            with gr.Column(elem_id="pp-review-side"):
                with gr.Column(elem_id="pp-decide"):
                    comment = gr.Textbox(
                        label=say("trainer_comment", language),
                        placeholder=say("trainer_comment_hint", language),
                        lines=2,
                        max_lines=6,
                        max_length=2000,
                        elem_id="pp-comment",
                    )
                    with gr.Row(elem_id="pp-decide-acts"):
                        buttons = {
                            act: gr.Button(
                                say(f"trainer_{word}", language),
                                variant="primary" if act in ("approve", "publish") else "secondary",
                                elem_id=f"pp-do-{act.replace('_', '-')}",
                            )
                            for act, word in _ACTS
                        }
                board.html("compare")
        with gr.Column(elem_id="pp-hand-in"):
            with gr.Column(elem_id="pp-hand-in-form"):
                board.html("form-head", live=False)
                title = gr.Textbox(
                    label=say("form_title", language),
                    placeholder=say("form_title_hint", language),
                    lines=1,
                    max_lines=2,
                    max_length=200,
                    elem_id="pp-case-title",
                )
                outcome = gr.Radio(
                    [(name(one, language), one) for one in ("won", "lost", "stalled")],
                    label=say("form_outcome", language),
                    elem_id="pp-case-outcome",
                )
                happened = gr.Textbox(
                    label=say("form_happened", language),
                    placeholder=say("form_happened_hint", language),
                    lines=7,
                    max_lines=20,
                    max_length=8000,
                    elem_id="pp-case-happened",
                )
                words = gr.Textbox(
                    label=say("form_words", language),
                    placeholder=say("form_words_hint", language),
                    lines=3,
                    max_lines=10,
                    max_length=4000,
                    elem_id="pp-case-words",
                )
                amounts = gr.CheckboxGroup(
                    [(say("form_amounts", language), "amounts")], show_label=False, elem_id="pp-case-amounts"
                )
                hand_in = gr.Button(say("form_go", language), variant="primary", elem_id="pp-case-go")
                board.html("form-note", live=False)
            board.html("taken", live=False)
    fields = {"title": title, "outcome": outcome, "happened": happened, "words": words, "comment": comment}
    for key, component in fields.items():
        board.holds(key, component)

    def load(visitor: Visitor) -> Drawn:
        asked = visitor.query
        trail = ((say("trainer", language), path(language, "trainer")),)
        if case := asked.get("id", ""):
            it = desk.review(case, language)
            return {**_top(it.title, trail), **_view("review"), **_reviewed(it)}
        if asked.get("new") or asked.get("visit") or asked.get("revise"):
            form = desk.form(asked.get("visit", ""), asked.get("revise", ""), language)
            values = {
                "title": gr.update(value=form.title),
                "outcome": gr.update(value=form.outcome),
                "happened": gr.update(value=form.happened),
                "words": gr.update(value=form.words),
            }
            parts = {"form-head": form_head(form, language), "taken": form_taken(form, language)}
            return {**_top(say("trainer_new", language), trail), **_view("form"), **parts, **values}
        return {**_top(say("trainer_title", language), (), write=True), **_view("bank"), **_overviewed()}

    def _top(heading: str, trail: tuple[tuple[str, str], ...], *, write: bool = False) -> dict[str, object]:
        href = path(language, "trainer", new="1")
        action = link_button(say("trainer_new", language), href, weight="primary") if write else NOTHING
        if write:
            action = pack_menu(language) + action
        there = path(other(language), "trainer")
        top = top_bar(language, heading, trail=trail, actions=action, here=there)
        return {"top": top, "tabs": tabs(language, "trainer") if write else NOTHING}

    def _overviewed() -> dict[str, object]:
        it = desk.overview(language)
        return {
            "waiting": waiting(it, language),
            "published": shelf(it.shelf, language),
            "giving": giving(it.givers, language),
        }

    def _reviewed(it: Review) -> dict[str, object]:
        return {"draft": draft(it, language), "compare": beside(it, language)}

    def find(values: list[Any], _: Visitor) -> Drawn:
        sought = str(values[0] or "").strip()
        return {"published": shelf(desk.sought(sought, language), language, sought)}

    def decide(act: str) -> Any:
        def answer(values: list[Any], visitor: Visitor) -> Drawn:
            case = visitor.query.get("id", "")
            desk.decide(case, act, str(values[0] or ""))
            it = desk.review(case, language)
            return {**_reviewed(it), "comment": gr.update(value=""), "notice": NOTHING}

        return answer

    def submit(values: list[Any], visitor: Visitor) -> Drawn:
        heading, result, story, said, more = values
        chosen: Outcome | None = next((one for one in _OUTCOMES if one == result), None)
        if not str(heading or "").strip() or chosen is None or not str(story or "").strip():
            missing = say("form_missing", language)
            return {"form-note": caution(missing)}
        case = desk.hand_in(
            str(heading),
            chosen,
            str(story),
            str(said or ""),
            "amounts" in (more or []),
            visitor.query.get("visit", ""),
            visitor.query.get("revise", ""),
            language,
        )
        return {"go": going(path(language, "trainer", id=case)), "form-note": NOTHING}

    board.on_load(load)
    board.on_event([search.change], [search], find, waits=True)
    for act, button in buttons.items():
        board.on_event([button.click], [comment], decide(act), action=act)
    board.on_event([hand_in.click], [title, outcome, happened, words, amounts], submit)


_ACTS = (
    ("approve", "approve"),
    ("publish", "publish"),
    ("send_back", "send_back"),
    ("retire", "retire"),
    ("comment", "say"),
)
_OUTCOMES: tuple[Outcome, ...] = ("won", "lost", "stalled")


def _view(which: str) -> dict[str, object]:
    """The sheet shows the column that this mark names."""
    return {"main": Markup('<span hidden data-bank="{}"></span>').format(which)}


def _shelf_head(language: Language) -> Markup:
    return Markup('<div class="pp-head pp-rows-head"><h2>{}</h2></div>').format(
        say("trainer_shelf", language)
    )
