"""The work of a job, step by step: decode, transcribe slice by slice, say who spoke, read, record.

Every step may be done again: it looks first whether its result is kept, and keeps it when it is done. How the steps
are strung together (in a durable queue, or one after another in this process) is the caller's.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from coach.conversation import conversation, write_transcript
from coach.errors import CoachError, DiskFull, DiskReadOnly, NotFound, Unavailable
from coach.jobs.decoded import Decoded, decoded_folder, forget_sound, store_sound, stored_sound
from coach.jobs.heard import Talk, as_kept, heard_before, language_of, pieces
from coach.jobs.trouble import fault_of_ours, kills_workers, trouble_of
from coach.settings import Settings
from coach.speech.door import open_conversation
from coach.speech.hearing import Hearing
from coach.speech.slices import LONGEST
from coach.store.job_ledger import JobLedger, Overtaken
from coach.store.jobs import StoredJob
from coach.store.postgres import away
from coach.store.recordings import find
from coach.store.visits import NewVisit, Visits
from coach.store.waves import keep_wave

if TYPE_CHECKING:
    from coach.reading.engine import Engine
    from coach.speech.listen import Plan
    from coach.store.database import Database
    from coach.store.tables import Json

LOG: Final = logging.getLogger("peipao.jobs")
MOST_STARTS: Final = 20
"""A job whose steps were begun so often without one being finished kills whoever takes it up: a person must look."""
PROGRESS_EVERY: Final = 1.0
"""Seconds between two notes of how far the listening is."""

T = TypeVar("T")
Do = Callable[[str, Callable[[], T]], T]
"""Runs a step by its name and gives its result; a durable one remembers it and does not run it twice."""
Told = Callable[[str, str, Literal["begins", "done"]], None]
"""Hears (job, step, when) of every step that is really done; slices are called `slice 0`, `slice 1`, …"""


class Stopping(Exception):
    """This process wants to end; whoever takes the job up next goes on."""


class Work:
    """Does jobs with what the settings choose. `longest` is the longest slice in seconds."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        engine: Callable[[], Engine],
        *,
        longest: float = LONGEST,
        told: Told | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._database = database
        self._ledger = JobLedger(database)
        self._engine = engine
        self._longest = longest
        self._told: Told = (lambda *_: None) if told is None else told
        self._stopping = stopping
        self._hearings: dict[str, Hearing] = {}

    def through(self, job_id: str, attempt: int, do: Do[int | None]) -> None:
        """All steps of a job, each run by `do`; errors end up in the job's row, never here."""
        try:
            job = self._ledger.begin(job_id, attempt)
        except Overtaken:
            return
        try:
            slices: int | None = 0
            if job.asked.kind == "recording":
                slices = do("decode", partial(self._safely, self._decode, job))
                if slices is None:
                    return
                for number in range(slices):
                    if do(f"slice {number}", partial(self._safely, self._hear, job, number)) is None:
                        return
            for name, step in (
                ("attribute", self._attribute),
                ("read", self._read),
                ("record", self._record),
            ):
                if do(name, partial(self._safely, step, job)) is None:
                    return
        finally:
            self._hearings.pop(job_id, None)

    def _safely(self, step: Callable[..., int], job: StoredJob, *more: int) -> int | None:
        """A step's result; None when the job is not to go on, and then its row says why."""
        try:
            return step(job, *more)
        except Stopping:
            raise
        except Overtaken:
            return None
        except CoachError as error:
            if away(error):
                raise  # the run has failed, not the job: it gets another when the database is back
            self._stand_still(job, error)
        except Exception as error:
            LOG.exception("job %s could not go on", job.id)
            self._stand_still(job, fault_of_ours(error))
        return None

    def _stand_still(self, job: StoredJob, error: CoachError) -> None:
        waits = isinstance(error, Unavailable)
        try:
            self._ledger.stop(
                job.id,
                job.attempt,
                trouble_of(error, find(job.asked.sha256, self._settings.recordings), job),
                waits=waits,
            )
        except Overtaken:
            return
        except (DiskFull, DiskReadOnly):
            # Not even this can be written down: the row still says running, and the worker will take it up again.
            LOG.warning("job %s: %s", job.id, error.what[1])

    # --- the steps ----------------------------------------------------------------------------------------------

    def _decode(self, job: StoredJob) -> int:
        """Sound from whatever container; the number of slices. Nothing for bytes that were heard before."""
        kept = self._ledger.kept(job.id)
        if "attribute" in kept or heard_before(Visits(self._database, job.owner), job) is not None:
            return 0
        if "decode" in kept:
            return Decoded.model_validate(kept["decode"]).slices
        self._tell(job, "decode", "begins")
        self._at_step(job, "decode")
        hearing = Hearing(self._file(job), self._settings, language=language_of(job))
        listener = hearing.model_name
        sound = hearing.sound
        store_sound(sound, self._pcm(job))
        hearing.plan = _plan(hearing, self._longest)
        self._hearings[job.id] = hearing
        decoded = Decoded(
            samples=sound.samples.shape[0],
            channels=sound.samples.shape[1],
            slices=len(hearing.plan.slices),
            listener=listener,
            promised=sound.promised,
            recorded=sound.recorded,
        )
        self._keep(job, "decode", decoded.model_dump(mode="json"))
        return decoded.slices

    def _hear(self, job: StoredJob, number: int) -> int:
        """One slice, heard."""
        name = f"slice {number}"
        kept = self._ledger.kept(job.id)
        if name in kept:
            return number
        first = job.id not in self._hearings
        hearing = self._hearing(job, kept)
        start = hearing.plan.slices[number][0]
        self._tell(job, name, "begins")
        if first or number == 0:
            _ = hearing.listener  # opening a model takes its time, and is not listening
            self._at_step(job, "transcribe", start, hearing.sound.seconds)
        last = time.monotonic()

        def on_progress(done: float, _: float) -> None:
            nonlocal last
            if self._stopping():
                raise Stopping
            if time.monotonic() - last >= PROGRESS_EVERY:
                last = time.monotonic()
                self._ledger.progress(job.id, job.attempt, done)

        spoken = [one.language for one in pieces(kept) if one.lines]
        piece = hearing.piece(number, spoken[0] if spoken else None, on_progress)
        self._keep(job, name, as_kept(piece))
        self._ledger.progress(job.id, job.attempt, hearing.plan.slices[number][1])
        return number

    def _attribute(self, job: StoredJob) -> int:
        """Who said what: the conversation."""
        kept = self._ledger.kept(job.id)
        if "attribute" in kept:
            return 0
        self._tell(job, "attribute", "begins")
        self._at_step(job, "attribute")
        made = heard_before(Visits(self._database, job.owner), job)
        if made is None and job.asked.kind == "transcript":
            heard = open_conversation(
                self._file(job), settings=self._settings, language=language_of(job), date=job.asked.visited_on
            )
            made = Talk(talk=heard.conversation, seconds=None, warnings=heard.warnings)
        elif made is None:
            hearing = self._hearing(job, kept)
            heard = hearing.finish(pieces(kept))
            talk = heard.conversation.with_date(job.asked.visited_on)
            made = Talk(talk=talk, seconds=heard.duration, warnings=heard.warnings)
            keep_wave(self._settings.recordings, self._file(job), hearing.sound.samples)
        named = replace(made.talk, source=job.asked.source_name)
        self._keep(job, "attribute", made.model_copy(update={"talk": named}).model_dump(mode="json"))
        return 0

    def _read(self, job: StoredJob) -> int:
        """The five-action record of the conversation."""
        from coach.visits.assemble import assemble

        kept = self._ledger.kept(job.id)
        if "read" in kept:
            return 0
        self._tell(job, "read", "begins")
        _reading_loaded()
        engine = self._engine()
        self._at_step(job, "read")
        heard = Talk.model_validate(kept["attribute"])
        made = assemble(heard.talk, engine.read(heard.talk))
        said = [zh if heard.talk.language == "zh" else en for zh, en in heard.warnings]
        warnings = tuple(dict.fromkeys((*said, *made.warnings)))
        record = made.model_copy(update={"file": job.asked.source_name, "warnings": warnings})
        self._keep(job, "read", {"engine": record.engine, "machine": record.model_dump(mode="json")})
        return 0

    def _record(self, job: StoredJob) -> int:
        """Visit, record and the end of the job, in one transaction."""
        self._tell(job, "record", "begins")
        kept = self._ledger.kept(job.id)
        heard, read = Talk.model_validate(kept["attribute"]), kept["read"]
        visit = NewVisit(
            source_name=job.asked.source_name,
            sha256=job.asked.sha256,
            language=heard.talk.language,
            transcript=write_transcript(heard.talk),
            visited_on=heard.talk.date,
            seconds=heard.seconds,
            deal_id=job.asked.deal_id,
            consent=job.asked.consent,
        )
        self._ledger.finish(job.id, job.attempt, visit, engine=str(read["engine"]), machine=read["machine"])
        forget_sound(self._pcm(job))
        self._tell(job, "record", "done")
        return 0

    # --- what the steps share -----------------------------------------------------------------------------------

    def _hearing(self, job: StoredJob, kept: dict[str, Json]) -> Hearing:
        """The recording with its decoded sound; decoded again when that is gone from the disk."""
        if job.id in self._hearings:
            return self._hearings[job.id]
        decoded = Decoded.model_validate(kept["decode"])
        hearing = Hearing(self._file(job), self._settings, language=language_of(job))
        if hearing.model_name != decoded.listener:
            # Another model was pulled or chosen since: what the old one heard does not fit to it.
            self._ledger.again(job.id, job.attempt, forget=True)
            raise Overtaken(job.id)
        sound = stored_sound(decoded, self._pcm(job))
        if sound is None:
            store_sound(hearing.sound, self._pcm(job))
        else:
            hearing.sound = sound
        hearing.plan = _plan(hearing, self._longest)
        self._hearings[job.id] = hearing
        return hearing

    def _keep(self, job: StoredJob, name: str, result: Json) -> None:
        self._ledger.keep(job.id, job.attempt, name, result)
        self._tell(job, name, "done")

    def _at_step(
        self, job: StoredJob, step: str, done: float | None = None, total: float | None = None
    ) -> None:
        starts = self._ledger.at_step(job.id, job.attempt, step, done, total)
        if starts > MOST_STARTS:
            raise kills_workers(starts)

    def _tell(self, job: StoredJob, step: str, when: Literal["begins", "done"]) -> None:
        if self._stopping():
            raise Stopping
        self._told(job.id, step, when)

    def _file(self, job: StoredJob) -> Path:
        file = find(job.asked.sha256, self._settings.recordings)
        if file is None:
            raise NotFound(
                ("存下的文件不见了。", "The stored file is gone."),
                ("把原来的文件再放一次。", "Add the original file again."),
            )
        return file

    def _pcm(self, job: StoredJob) -> Path:
        return decoded_folder(self._settings) / f"{job.id}.pcm"


@lru_cache(maxsize=1)
def _reading_loaded() -> None:
    """Load what reading needs, on words of our own: who is killed meanwhile was not killed by somebody's file."""
    from coach.reading.offline.reader import OfflineEngine
    from coach.visits.assemble import assemble

    for line in ("我下周三之前把方案发您。", "I'll send you the quote by next Wednesday."):
        talk = conversation([("rep", line), ("customer", line)]).with_date(dt.date(2026, 11, 18))
        assemble(talk, OfflineEngine().read(talk))


def directly(_: str, step: Callable[[], T]) -> T:
    """A step run at once, in this process, remembered by nobody but the job's own row."""
    return step()


def _plan(hearing: Hearing, longest: float) -> Plan:
    from coach.speech.listen import plan

    return plan(hearing.sound, longest=longest)
