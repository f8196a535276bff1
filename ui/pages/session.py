"""A running session: brief and clock, the chat, the live panel; the server keeps it after each line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, arrived, going
from ui.icons import icon
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, act_button, chip, joined, link_button
from ui.parts.chat import customer_head, log
from ui.parts.live import left_column, right_column, strip
from ui.shell import other, path, top_bar
from ui.views.practice import Line, Session
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks

    from coach.practice.hints import Hint


class SessionDesk(Protocol):
    """What a running session asks; every method raises NotFound for an id that is not this person's."""

    def session(self, id: str, language: Language) -> Session:
        """The session as it stands."""
        ...

    def answer(self, id: str, text: str) -> Iterator[tuple[Line, ...]]:
        """The rep says a line; the customer answers. Yields the answer's lines so far while a model words them."""
        ...

    def hint(self, id: str) -> Hint:
        """Buy the next rung of the hint ladder."""
        ...

    def pause(self, id: str, *, stop: bool) -> None:
        """Stop the clock, or let it go on."""
        ...

    def alive(self, id: str) -> bool:
        """A sign of life; whether the clock still runs."""
        ...

    def end(self, id: str, *, time_up: bool = False) -> None:
        """The rep ends the session, or the clock does."""
        ...

    def talk_off(self, language: Language) -> str:
        """Why a line cannot be spoken here; empty where it can."""
        ...

    def listen(self, path: Path, language: Language) -> str:
        """A recorded line as text; empty when no words could be made out."""
        ...


def build(blocks: Blocks, language: Language, desk: SessionDesk) -> None:
    """Lay out the page and wire it."""
    import gradio as gr

    with frame(blocks, language, "practice", "session", fills=True, excuse_in="under") as board:
        board.html("main")
        with gr.Row(elem_id="pp-session"):
            board.html("strip")
            board.html("brief")
            with gr.Column(elem_id="pp-chat"):
                board.html("head")
                board.html("log")
                with gr.Column(elem_id="pp-say"):
                    with gr.Row(elem_id="pp-say-row") as row:
                        text = gr.Textbox(
                            label=say("say_label", language),
                            lines=1,
                            max_lines=4,
                            elem_id="pp-text",
                            max_length=2000,
                        )
                        board.html("talk", talk_button(language))
                        send = gr.Button(say("send", language), variant="primary", elem_id="pp-send")
                    board.html("under", keys(language))
            board.html("live")
    board.holds("text", text)
    board.holds("row", row)

    def load(visitor: Visitor) -> Drawn:
        it = desk.session(visitor.query.get("id", ""), language)
        return {**drawn(it, language), "talk": talk_button(language, desk.talk_off(language))}

    def spoke(values: list[Any], visitor: Visitor) -> Iterator[Drawn]:
        id, words = visitor.query.get("id", ""), str(values[0] or "").strip()
        before = desk.session(id, language)
        if not words or before.over:
            yield drawn(before, language)
            return
        said = Line("rep", words, turn=None, at=before.limit - before.left)
        yield {
            "log": log((*before.lines, said), language, waiting_for=before.customer),
            "text": gr.Textbox(value=""),
        }
        for lines in desk.answer(id, words):
            yield {"log": log((*before.lines, said, *lines), language)}
        yield drawn(desk.session(id, language), language)

    def press(press: Press, visitor: Visitor) -> Drawn:
        id = visitor.query.get("id", "")
        if press.act == "alive" and desk.alive(id):
            return {}
        if press.act == "end":
            desk.end(id)
            return {"go": going(path(language, "report", id=id))}
        if press.act == "time_up":
            desk.end(id, time_up=True)
        if press.act in ("pause", "go_on"):
            desk.pause(id, stop=press.act == "pause")
        if press.act == "hint":
            desk.hint(id)
        if press.act == "talk":
            if why := desk.talk_off(language):
                return {"under": note(why)}
            heard = desk.listen(arrived(press.path), language)
            return (
                {"text": gr.Textbox(value=heard)} if heard else {"under": note(say("talk_nothing", language))}
            )
        return drawn(desk.session(id, language), language)

    board.on_load(load)
    board.on_event([text.submit, send.click], [text], spoke, after="peipao.focus('pp-text')", waits=True)
    board.on_press(("top", "brief", "live", "talk", "under"), press)


def drawn(it: Session, language: Language) -> Drawn:
    """Every region of the page for one state of the session."""
    import gradio as gr

    over = link_button(say("see_report", language), path(language, "report", id=it.id), weight="primary")
    end = act_button(say("end_and_report", language), "end", classes="pp-end-wide")
    short = act_button(say("end_short", language), "end", small=True, classes="pp-end-short")
    still = it.paused or bool(it.exam)
    pause = NOTHING if still else act_button(say("pause_clock", language), "pause", weight="quiet")
    marks = joined(
        chip(words, "warn" if words == it.exam else "line") for words in (it.exam, it.branch) if words
    )
    return {
        "top": top_bar(
            language,
            it.title,
            trail=((say("practice", language), path(language, "practice")),),
            actions=marks + (over if it.over else pause + end + short),
            here=path(other(language), "session"),
        ),
        "strip": strip(it, language),
        "brief": left_column(it, language),
        "head": customer_head(it.customer, it.customer_role, it.mood, it.mood_words, language),
        "log": log(it.lines, language),
        "live": right_column(it.live, language),
        "text": gr.Textbox(placeholder=say("answer_whom", language, name=it.called or it.customer)),
        "row": gr.Row(visible=not it.over and not it.paused),
        "under": _under(it, language),
    }


def _under(it: Session, language: Language) -> Markup:
    """What stands below the text box: the end, the pause, what a model did not deliver, or the keys."""
    if it.over:
        return finished(it, language)
    if it.paused:
        return resting(language)
    return note(it.note) if it.note else keys(language)


def talk_button(language: Language, off: str = "") -> Markup:
    """Hold to talk: the page records, the server writes it down, the words land in the text box.

    `off` is why nothing listens here; then the button says so and does nothing else.
    """
    return Markup(
        '<button type="button" class="pp-btn pp-btn--tall pp-talk" data-talk aria-pressed="false"{off} '
        'data-idle="{idle}" data-on="{on}" '
        'data-working="{working}" data-refused="{refused}">{sign}<span>{idle}</span></button>'
    ).format(
        off=Markup(' aria-disabled="true" aria-label="{}" title="{}" data-why="{}"').format(
            say("dot", language).join((say("talk", language), say("talk_off", language))), off, off
        )
        if off
        else NOTHING,
        idle=say("talk", language),
        on=say("talking", language),
        working=say("talk_working", language),
        refused=say("talk_refused", language),
        sign=icon("visits"),
    )


def keys(language: Language) -> Markup:
    """Which keys do what."""
    return Markup('<p class="pp-keys"><span>{send}</span><span>{line}</span></p>').format(
        send=say("send_keys", language), line=say("break_keys", language)
    )


def note(words: str) -> Markup:
    """One sentence below the text box."""
    return Markup('<p class="pp-keys pp-keys--said" role="status"><span>{}</span></p>').format(words)


def resting(language: Language) -> Markup:
    """The clock stands still until the rep goes on."""
    return Markup('<div class="pp-over" role="status"><p>{words}</p>{go}</div>').format(
        words=say("paused", language), go=act_button(say("go_on", language), "go_on", weight="primary")
    )


def finished(it: Session, language: Language) -> Markup:
    """Why the session is over, and the way to its report."""
    return Markup('<div class="pp-over" role="status"><p>{words}</p>{go}</div>').format(
        words=say("session_over", language, reason=it.over_reason),
        go=link_button(say("see_report", language), path(language, "report", id=it.id), weight="primary"),
    )
