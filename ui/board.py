"""A board is one page's named regions and how events redraw them; only this file speaks Gradio's events.

Handlers take plain values and give `Drawn`: new content by region name. A CoachError becomes its words in the
page's own place for it; any other fault is logged and becomes a plain sentence. Nothing from Gradio leaves
this file except its components.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import BadInput, CoachError, Refused
from coach.vocabulary import Language
from ui.access import OPEN, may_act
from ui.asking import Asker, asked_by, asking, on
from ui.parts.basics import NOTHING, trouble
from ui.words import WORDS

if TYPE_CHECKING:
    from gradio.blocks import Block, Blocks
    from gradio.components import HTML

LOG: Final = logging.getLogger("peipao.ui")

Drawn = Mapping[str, object]
"""New content by region name: Markup for an HTML region, a value or a Gradio update for a component."""

Answer = Drawn | Iterator[Drawn]

_AT_ONCE: Final[dict[str, Any]] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
"""One question, one answer: no queue and no open stream, so the page may leave as soon as it has its answer."""

_IN_STEPS: Final[dict[str, Any]] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": 8,
}

_WIRED: Final = """
const ready = () => peipao.wire(element, {trigger, watch, upload, name: 'click'});
let early = null;
const keep = (event) => { early = event.target.closest('[data-act],[data-does]') || early; };
if (window.peipao) ready();
else {
  element.addEventListener('click', keep);
  addEventListener('peipao', () => { element.removeEventListener('click', keep); ready(); early?.click(); }, {once: true});
}
"""
"""Gradio may run this before our own script has arrived: what was clicked meanwhile is clicked again then."""


class Sent(BaseModel):
    """One of several files that a browser uploaded: where it lies, and what it was called there."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    path: str = ""
    name: str = ""


class Press(BaseModel):
    """What a click inside a region sends. The browser may send anything, so all of it is checked.

    `fields` are the named inputs of the `data-form` that the button stands in.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    act: str = ""
    id: str = ""
    path: str = ""
    day: str = ""
    deal: str = ""
    consent: str = ""
    how: str = ""
    scope: str = ""
    files: list[Sent] = []
    fields: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, from where: the page's query, first value of each key."""

    query: Mapping[str, str]


@dataclass(slots=True)
class Board:
    """The regions of one page in one language. `page` names it in the table of access; `frame` is what is around it."""

    language: Language
    blocks: Blocks
    excuse_in: str = "main"
    page: str = ""
    frame: Callable[[], Drawn] = dict
    regions: dict[str, Block] = field(default_factory=dict)

    def html(self, name: str, value: Markup = NOTHING, *, live: bool = True) -> HTML:
        """A region that we draw: its element is `pp-<name>`; `live` regions answer clicks."""
        import gradio as gr

        region = gr.HTML(
            str(value),
            elem_id=f"pp-{name}",
            apply_default_css=False,
            padding=False,
            js_on_load=_WIRED if live else None,
        )
        self.regions[name] = region
        return region

    def holds(self, name: str, component: Block) -> None:
        """Let handlers redraw a Gradio component under this name."""
        self.regions[name] = component

    def on_load(self, answer: Callable[[Visitor], Drawn]) -> None:
        """Draw the page when it is opened."""
        import gradio as gr

        def run(request: Any) -> list[object]:
            return self._last(
                _Ask(request, OPEN), lambda: {**self.frame(), **answer(_visitor(request))}, "main"
            )

        run.__annotations__["request"] = gr.Request
        self.blocks.load(run, None, self._outputs(), **_AT_ONCE)

    def on_press(
        self, names: tuple[str, ...], answer: Callable[[Press, Visitor], Answer], *, streams: bool = False
    ) -> None:
        """Answer clicks inside these regions; with `streams` the answer is drawn step by step.

        The page drops the second of a double click itself (`peipao.js`): Gradio would drop whatever comes while any
        answer of the region is under way, and a page that looks each second would lose what somebody presses.
        """
        import gradio as gr

        def ask(request: Any, event: Any) -> Callable[[], Answer]:
            return lambda: answer(_press(event), _visitor(request))

        def run(request: Any, event: Any) -> list[object]:
            return self._last(_Ask.pressed(request, event), ask(request, event), self.excuse_in)

        def run_in_steps(request: Any, event: Any) -> Iterator[list[object]]:
            yield from self._drawn(_Ask.pressed(request, event), ask(request, event), self.excuse_in)

        chosen: Callable[..., object] = run_in_steps if streams else run
        chosen.__annotations__.update(request=gr.Request, event=gr.EventData)
        for name in names:
            region: Any = self.regions[name]
            how = _IN_STEPS if streams else _AT_ONCE
            done = region.click(chosen, None, self._outputs(), trigger_mode="multiple", **how)
            self._afterwards(done, streams, f"peipao.answered('pp-{name}')")

    def on_event(
        self,
        events: list[Any],
        inputs: list[Any],
        answer: Callable[[list[Any], Visitor], Answer],
        *,
        after: str = "",
        action: str = "",
        waits: bool = False,
    ) -> None:
        """Answer a component's own events step by step; `after` is JavaScript to run at the end.

        `action` names it in the table of access; left out it is the name of the handler. What comes before the last
        answer is complete is dropped, as the second of a double click should be; with `waits` it is asked afterwards.
        """
        import gradio as gr

        def run(request: Any, *values: Any) -> Iterator[list[object]]:
            asked = _Ask(request, action or getattr(answer, "__name__", ""))
            yield from self._drawn(asked, lambda: answer(list(values), _visitor(request)), self.excuse_in)

        run.__annotations__["request"] = gr.Request
        mode: Literal["once", "always_last"] = "always_last" if waits else "once"
        done = gr.on(events, run, inputs, self._outputs(), trigger_mode=mode, **_IN_STEPS)
        self._afterwards(done, True, after)

    def _afterwards(self, done: Any, streamed: bool, more: str = "") -> None:
        """Follow the `go` region only when the answer is complete: leaving earlier would tear its stream."""
        js = f"() => {{ peipao.go({'true' if streamed else 'false'}); {more} }}"
        done.then(None, None, None, js=js, api_visibility="private")

    def _outputs(self) -> list[Any]:
        return list(self.regions.values())

    def _last(self, asked: _Ask, ask: Callable[[], Answer], excuse_in: str) -> list[object]:
        return list(self._drawn(asked, ask, excuse_in))[-1]

    def _drawn(self, asked: _Ask, ask: Callable[[], Answer], excuse_in: str) -> Iterator[list[object]]:
        """The rows of an answer. Who asks is set around every step: Gradio runs each in a thread of its choice."""
        steps: Iterator[Drawn] | None = None
        try:
            while True:
                with asked_by(asked.asker):
                    if steps is None:
                        self._allow(asked)
                        answer = ask()
                        steps = iter((answer,)) if isinstance(answer, Mapping) else answer
                    try:
                        drawn = next(steps)
                    except StopIteration:
                        return
                yield self._row(drawn)
        except CoachError as error:
            yield self._row({excuse_in: _excuse(error, self.language)})
        except Exception:
            LOG.exception("a page could not answer")
            yield self._row({excuse_in: _excuse(None, self.language)})
        finally:
            asked.clear_up()

    def _allow(self, asked: _Ask) -> None:
        """With accounts, only what the table of access names for one of this person's roles."""
        if asked.asker and not may_act(self.page, asked.action, asked.asker.who.roles):
            raise Refused(WORDS["not_for_you"], WORDS["not_for_you_next"])

    def _row(self, drawn: Drawn) -> list[object]:
        import gradio as gr

        unknown = set(drawn) - set(self.regions)
        if unknown:
            raise KeyError(f"no region {sorted(unknown)}")
        return [
            (str(drawn[name]) if isinstance(drawn[name], Markup) else drawn[name])
            if name in drawn
            else gr.skip()
            for name in self.regions
        ]


def going(href: str) -> Markup:
    """Content of the `go` region that sends the browser to another page of ours."""
    return Markup('<a data-go href="{}"></a>').format(href)


def arrived(path: str) -> Path:
    """A file that this browser uploaded, by its path; anything outside the upload folder is refused."""
    from gradio.utils import get_upload_folder

    asker = asking()
    folder = (asker.uploads if asker else Path(get_upload_folder())).resolve()
    file = Path(path).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise BadInput(
            ("这个文件没有传上来。", "This file did not arrive."),
            ("重新选一次文件。", "Choose the file again."),
        )
    return file


@dataclass(frozen=True, slots=True)
class _Ask:
    """One question to a page: by whom, what for, and which uploads came with it."""

    request: Any
    action: str
    sent: tuple[str, ...] = ()

    @classmethod
    def pressed(cls, request: Any, event: Any) -> _Ask:
        """A click. What makes no sense is no action; the handler says so in its own words."""
        try:
            press = _press(event)
        except BadInput:
            return cls(request, "")
        return cls(request, press.act, (press.path, *(one.path for one in press.files)))

    @property
    def asker(self) -> Asker | None:
        """Who was let in with this request; None without accounts."""
        return on(getattr(getattr(self.request, "request", None), "scope", None))

    def clear_up(self) -> None:
        """What was uploaded for this question is stored by now, or was not worth it."""
        if self.asker and any(self.sent):
            from ui.uploads import done_with

            done_with(self.asker, self.sent)


def _excuse(error: CoachError | None, language: Language) -> Markup:
    return Markup('<div class="pp-doc">{}</div>').format(trouble(error, language))


def _visitor(request: Any) -> Visitor:
    return Visitor({str(key): str(value) for key, value in dict(request.query_params).items()})


def _press(event: Any) -> Press:
    try:
        return Press.model_validate(event._data or {})
    except ValidationError as error:
        raise BadInput(
            ("这一下没看懂。", "That click made no sense."), ("刷新这一页。", "Reload the page.")
        ) from error
