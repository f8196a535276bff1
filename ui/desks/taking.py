"""Taking a file in: keep the bytes, hear it, read the five actions, store the visit; step by step."""

from __future__ import annotations

import datetime as dt
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coach.vocabulary import Language
from ui.desks.waves import keep_wave
from ui.parts.basics import clock
from ui.views.visits import Work
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.speech.recording import Heard

_LOOK_EVERY = 0.3
"""Seconds between two looks at how far the listening has come."""


def take(
    coach: Coach, file: Path, name: str, day: dt.date | None, consent: str, language: Language
) -> Iterator[Work | str]:
    """The steps as they go, then the visit's id. Raises what the coach raises; the kept bytes stay."""
    from coach.store.recordings import keep

    yield Work(say("work_keep", language))
    kept = keep(file, coach.settings.recordings)
    heard: Heard | None = None
    for step in _hearing(coach, kept, day):
        if isinstance(step, tuple):
            done, total = step
            yield Work(
                say("work_hear", language), done / total if total else None, f"{clock(done)} / {clock(total)}"
            )
        else:
            heard = step
    assert heard is not None
    yield Work(say("work_read", language), None, "")
    if heard.duration is not None:
        keep_wave(coach.settings, kept)
    yield _store(coach, kept, name, heard, consent)


def _hearing(coach: Coach, file: Path, day: dt.date | None) -> Iterator[tuple[float, float] | Heard]:
    """Listen in a thread of its own and report what it says on the way."""
    told: queue.Queue[tuple[float, float] | Heard | BaseException] = queue.Queue()

    def work() -> None:
        try:
            told.put(coach.hear(file, date=day, on_progress=lambda done, total: told.put((done, total))))
        except BaseException as error:  # handed to the thread that asked
            told.put(error)

    threading.Thread(target=work, daemon=True, name="hearing").start()
    while True:
        try:
            step = told.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            continue
        if isinstance(step, BaseException):
            raise step
        yield step
        if not isinstance(step, tuple):
            return


def _store(coach: Coach, file: Path, name: str, heard: Heard, consent: str) -> str:
    from coach.conversation import write_transcript
    from coach.store.recordings import sha256_of
    from coach.store.visits import NewVisit

    talk = heard.conversation
    made = coach.record(talk)
    spoken = [zh if talk.language == "zh" else en for zh, en in heard.warnings]
    made = made.model_copy(update={"file": name, "warnings": tuple(dict.fromkeys((*spoken, *made.warnings)))})
    visit = NewVisit(
        source_name=name,
        sha256=sha256_of(file),
        language=talk.language,
        transcript=write_transcript(talk),
        visited_on=talk.date,
        seconds=heard.duration,
        consent=consent or None,
    )
    return coach.visits.save(visit, engine=made.engine, machine=made.model_dump(mode="json"))


def needs_consent(file: Path) -> bool:
    """Whether the file is sound: somebody must have agreed to being recorded."""
    from coach.speech.formats import HEAD, sound_format

    with file.open("rb") as stream:
        return sound_format(stream.read(HEAD)) is not None
