"""The visits desk: what is there, what is on its way, one visit, and what people change in its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from coach.errors import BadInput, NotFound
from coach.privacy.consent import Agreed, agreed
from coach.store.waves import wave_of
from coach.visits.edits import Edits
from coach.visits.record import FIVE_ACTIONS
from coach.visits.standing import as_it_stands
from coach.vocabulary import Language
from ui.desks.help import words_leave
from ui.desks.queue import queue_rows
from ui.desks.visit import title_of, visit_view
from ui.recordings import address
from ui.shell import path
from ui.views.home import Recent
from ui.views.queue import QueueRow
from ui.views.visits import Visit
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.visits import StoredVisit

_SAMPLES: Final[dict[Language, str]] = {"zh": "zh-cold-chain", "en": "en-gate-access"}
_TRANSCRIPTS: Final = (".txt", ".srt", ".vtt", ".json", ".docx")


class VisitRoom:
    """Asks the coach for everything around visits."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach

    @property
    def accepts(self) -> str:
        """What the browser should offer to choose."""
        return ",".join(("audio/*", "video/mp4", *_TRANSCRIPTS))

    @property
    def max_bytes(self) -> int:
        """The largest file that may be uploaded."""
        return self._coach.settings.max_audio_mb << 20

    @property
    def stays_here(self) -> bool:
        """True when no setting sends sound or words to another machine."""
        return not words_leave(self._coach.settings)

    def visits(self, language: Language) -> list[Recent]:
        """What is there already, newest first."""
        return [visit_row(stored, language) for stored in self._coach.visits.newest(50)]

    def sample(self, kind: Literal["recording", "transcript"], language: Language) -> Path:
        """The shipped sample that the page's words speak of (NotFound when it is not there)."""
        from knowledge.loader import BUILT_IN

        file = (
            BUILT_IN
            / "samples"
            / "visits"
            / (_SAMPLES[language] + (".ogg" if kind == "recording" else ".txt"))
        )
        if not file.is_file():
            raise NotFound(("没有自带的样例。", "No sample is shipped."))
        return file

    @property
    def usual_consent(self) -> Agreed | None:
        """What was said the last time: who agreed, how, what for; None the first time."""
        return self._coach.consents.usual() if self._coach.database.is_there else None

    def add(self, file: Path, name: str, day: dt.date | None, consent: str | Agreed) -> str:
        """Store one file and queue it; the job's id. Raises Refused for a recording that nobody agreed to."""
        from coach.jobs.intake import take_in

        before = self._coach.consents.usual()
        if isinstance(consent, str) and before is not None:
            consent = replace(before, who=consent)  # how it is said and what it is for stay as they were
        job, _ = take_in(
            self._coach.jobs, self._coach.settings, file, name=name, visited_on=day, consent=consent
        )
        return job.id

    def queue(self, language: Language) -> list[QueueRow]:
        """What is on its way, in the order in which it is worked on."""
        return queue_rows(self._coach, language)

    def came_of(self, job_id: str) -> str:
        """The visit that a job became; empty while it has not."""
        job = self._coach.jobs.load(job_id)
        return (job.visit_id or "") if job.state == "done" else ""

    def cancel(self, job_id: str) -> None:
        """Stop a job; what was stored and heard is kept."""
        self._coach.jobs.cancel(job_id)

    def retry(self, job_id: str) -> None:
        """Try a job again."""
        self._coach.jobs.retry(job_id)

    def visit(self, id: str, language: Language) -> Visit:
        """One visit as it stands."""
        stored = self._coach.visits.load(id)
        sound = self._sound(stored)
        wave = wave_of(self._coach.settings.recordings, sound) if sound else ()
        return visit_view(self._coach, stored, language, audio=address(id) if sound else "", wave=wave)

    def recording(self, visit_id: str) -> Path | None:
        """The kept recording; None when the visit came as text."""
        return self._sound(self._coach.visits.load(visit_id))

    def confirm(self, id: str, key: str) -> None:
        """A person agrees with an entry."""
        edits = self._edits(id)
        self._keep(id, replace(edits, confirmed=edits.confirmed | {key}))

    def remove(self, id: str, key: str) -> None:
        """A person takes an entry out; the machine's reading stays."""
        edits = self._edits(id)
        self._keep(id, replace(edits, removed=edits.removed | {key}, confirmed=edits.confirmed - {key}))

    def restore(self, id: str) -> None:
        """Everything that was taken out comes back."""
        self._keep(id, replace(self._edits(id), removed=frozenset()))

    def drill(self, wanted: str) -> str:
        """The scenario that opens with one of a visit's objections, named "visit/number"; its id."""
        visit, _, number = wanted.partition("/")
        return self._coach.drill(visit, int(number) if number.isdecimal() else None).id

    def agree(self, id: str, given: Agreed) -> None:
        """Write down anew who agreed to what for a visit (BadInput when it names nobody)."""
        entry = agreed(given)
        if entry is None:
            raise BadInput(
                ("没有写谁同意了。", "Who agreed is empty."),
                ("写一句话：谁、怎么说的。", "One sentence is enough: who, and how they said it."),
            )
        self._coach.consents.give(self._coach.visits.load(id).visit.sha256, entry)

    def is_rep(self, id: str, speaker: str) -> None:
        """Somebody says who the rep is: the visit is read anew with that side."""
        self._coach.reread(self._coach.visits.load(id), rep=speaker)

    def change(self, id: str, key: str, values: Mapping[str, str]) -> None:
        """A person puts an entry right (BadInput says what cannot be)."""
        from coach.visits.putting_right import with_change

        self._keep(id, with_change(as_it_stands(self._coach.visits.load(id)), key, values))

    def correct(self, id: str, turn: int, text: str, speaker: str) -> None:
        """A line was misheard, or heard from the wrong side: the visit is read anew with it."""
        from coach.visits.putting_right import with_line

        stands = as_it_stands(self._coach.visits.load(id))
        _, edits = with_line(stands, turn, text, speaker)
        self._keep(id, edits)
        self._coach.reread(self._coach.visits.load(id), rep=stands.record.rep_speaker)

    def _edits(self, id: str) -> Edits:
        return Edits.of(self._coach.visits.load(id).human)

    def _keep(self, id: str, edits: Edits) -> None:
        self._coach.visits.edit(id, edits.as_json())

    def _sound(self, stored: StoredVisit) -> Path | None:
        from coach.store.recordings import find

        if stored.visit.seconds is None:
            return None
        return find(stored.visit.sha256, self._coach.settings.recordings)


def visit_row(stored: StoredVisit, language: Language) -> Recent:
    """One visit in a list."""
    missing = sum(field in as_it_stands(stored).record.missing for field in FIVE_ACTIONS)
    day = stored.visit.visited_on or stored.created_at.date()
    return Recent(
        href=path(language, "visit", id=stored.id),
        kind="visits",
        title=title_of(stored),
        note=day.isoformat(),
        chip=say("visits_missing", language, n=missing) if missing else say("visits_complete", language),
        tone="warn" if missing else "good",
    )
