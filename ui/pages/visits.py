"""The visits page: put a recording or a transcript in, watch it being read, open one that is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from markupsafe import Markup

from coach.errors import CoachError
from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, arrived, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, skeleton, trouble
from ui.parts.visit import visits, working
from ui.shell import other, path, top_bar
from ui.views.home import Recent
from ui.views.visits import Work
from ui.words import say

if TYPE_CHECKING:
    from gradio.blocks import Blocks


class VisitsDesk(Protocol):
    """What the page of visits asks."""

    @property
    def accepts(self) -> str:
        """File endings that the browser should offer, as an `accept` list."""
        ...

    @property
    def stays_here(self) -> bool:
        """True when no setting sends words off this machine."""
        ...

    def visits(self, language: Language) -> Sequence[Recent]:
        """What is there already, newest first."""
        ...

    def sample(self, kind: Literal["recording", "transcript"], language: Language) -> Path:
        """A shipped sample file (NotFound when none is shipped)."""
        ...

    def take(
        self, file: Path, name: str, day: dt.date | None, consent: str, language: Language
    ) -> Iterator[Work | str]:
        """Keep, hear and read one file: the steps as they go, the visit's id at the end."""
        ...


def build(blocks: Blocks, language: Language, desk: VisitsDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "visits", "visits") as board:
        board.html("main", skeleton(language))

    def listed(notice: Markup = NOTHING) -> Markup:
        return visits(desk.visits(language), language, desk.accepts, stays=desk.stays_here, notice=notice)

    def load(_: Visitor) -> Drawn:
        return {
            "top": top_bar(language, say("visits_title", language), here=path(other(language), "visits")),
            "main": listed(),
        }

    def press(press: Press, _: Visitor) -> Iterator[Drawn]:
        try:
            if press.act == "file":
                yield from taken(arrived(press.path), press.id, press)
            elif press.act in ("sample", "sample-text"):
                file = desk.sample("recording" if press.act == "sample" else "transcript", language)
                agreed = press.model_copy(update={"consent": say("sample_consent", language)})
                yield from taken(file, say("sample_visit", language) + file.suffix, agreed)
        except CoachError as error:
            # The box stays, so that the same file can be tried again after what was wrong is put right.
            yield {"main": listed(trouble(error, language))}

    def taken(file: Path, name: str, press: Press) -> Iterator[Drawn]:
        for step in desk.take(file, name, _day(press.day), press.consent, language):
            if isinstance(step, Work):
                yield {"main": working(step, language)}
            else:
                yield {"go": going(path(language, "visit", id=step))}

    board.on_load(load)
    board.on_press(("main",), press, streams=True)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
