"""The visits page: put recordings or transcripts in, watch the queue, open a visit that is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from markupsafe import Markup

from coach.errors import CoachError, NotFound
from coach.privacy.consent import Agreed
from coach.vocabulary import Language
from ui.board import Drawn, Press, Visitor, arrived, going
from ui.pages.frame import frame
from ui.parts.basics import NOTHING, joined, skeleton, trouble
from ui.parts.consent import said
from ui.parts.queue import adding, narrow, queue, recent
from ui.shell import other, path, top_bar
from ui.views.home import Recent
from ui.views.queue import QueueRow
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

    @property
    def usual_consent(self) -> Agreed | None:
        """What was said the last time: who agreed, how, what for; None the first time."""
        ...

    def add(self, file: Path, name: str, day: dt.date | None, consent: str | Agreed) -> str:
        """Store one file and queue it; the job's id. Words alone mean: how and what for as last time."""
        ...

    def queue(self, language: Language) -> Sequence[QueueRow]:
        """What is on its way."""
        ...

    def came_of(self, job_id: str) -> str:
        """The visit that a job became; empty while it has not (NotFound for a strange id)."""
        ...

    def cancel(self, job_id: str) -> None:
        """Stop a job."""
        ...

    def retry(self, job_id: str) -> None:
        """Try a job again."""
        ...


def build(blocks: Blocks, language: Language, desk: VisitsDesk) -> None:
    """Lay out the page and wire it."""
    with frame(blocks, language, "visits", "visits", excuse_in="notice") as board:
        board.html("main", skeleton(language))
        board.html("notice", live=False)
        board.html("queue")
        board.html("recent")

    def moving(waits_for: str = "") -> dict[str, object]:
        """Queue and list as they are now; once the awaited visit is there, the page goes to it."""
        if waits_for and (visit := desk.came_of(waits_for)):
            return {"go": going(path(language, "visit", id=visit))}
        rows = desk.queue(language)
        awaited = waits_for if any(row.id == waits_for and row.moving for row in rows) else ""
        return {"queue": queue(rows, language, awaited), "recent": recent(desk.visits(language), language)}

    def load(_: Visitor) -> Drawn:
        head = top_bar(language, say("visits_title", language), here=path(other(language), "visits"))
        return {
            "top": head,
            "main": adding(language, desk.accepts, stays=desk.stays_here, agreed=desk.usual_consent),
            **moving(),
        }

    def add(press: Press, _: Visitor) -> Drawn:
        if press.act == "files":
            return put_in(
                [(one.path, one.name) for one in press.files],
                press.day,
                said(press.consent, press.how, press.scope),
            )
        if press.act in ("sample", "sample-text"):
            file = desk.sample("recording" if press.act == "sample" else "transcript", language)
            name = say("sample_visit", language) + file.suffix
            return put_in(
                [(file, name)], press.day, Agreed(say("sample_consent", language), "not_said", "training")
            )
        return {}

    def put_in(files: Sequence[tuple[Path | str, str]], day: str, consent: str | Agreed) -> Drawn:
        """Queue every file that can be; one that cannot says why below the box, and the others go on.

        A path in words came from the browser and is looked at before it is believed.
        """
        added, notices = [], []
        for file, name in files:
            try:
                there = arrived(file) if isinstance(file, str) else file
                try:
                    added.append(desk.add(there, name or there.name, _day(day), consent))
                finally:
                    if isinstance(file, str):
                        there.unlink(missing_ok=True)  # it is kept in one place, or not at all
            except CoachError as error:
                notices.append(trouble(error, language, Markup("<p>{}</p>").format(name)))
        alone = added[0] if len(files) == 1 and added else ""
        return {"notice": narrow(joined(notices)) if notices else NOTHING, **moving(alone)}

    def change(press: Press, _: Visitor) -> Drawn:
        if press.act == "cancel":
            desk.cancel(press.id)
        elif press.act == "retry":
            desk.retry(press.id)
        elif press.act == "look" and press.id:
            try:
                return moving(press.id)
            except NotFound:
                return moving()
        return moving()

    board.on_load(load)
    board.on_press(("main",), add)
    board.on_press(("queue",), change)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
