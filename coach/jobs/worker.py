"""The worker: dbos sees to it that every queued job is worked on, and that one that was cut off goes on.

How many work at once is the duty's: one a home, or any number on one PostgreSQL. There everybody sees to it that what
a dead worker held goes back into the queue behind a new fence; should the dead one still live, it writes nothing more.
Recordings and transcripts have a queue each, so that a transcript never waits behind three hours of sound.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import CoachError, Words
from coach.jobs.dbos_queue import SHAPE, DbosQueue, Do, Run
from coach.jobs.decoded import decoded_folder, forget_sound
from coach.jobs.duty import at_work as at_work
from coach.jobs.duty import duty_of
from coach.jobs.work import Told, Work
from coach.settings import Settings
from coach.speech.models import faults
from coach.speech.slices import LONGEST
from coach.store.job_ledger import JobLedger, Overtaken
from coach.store.jobs import RANKS, Kind, StoredJob
from coach.store.recordings import sweep

if TYPE_CHECKING:
    from coach.reading.engine import Engine
    from coach.store.database import Database

LOG: Final = logging.getLogger("peipao.jobs")
QUEUES: Final[dict[Kind, str]] = {"recording": "recordings", "transcript": "transcripts"}
LOOK_EVERY: Final = 0.3
"""Seconds between two looks for new jobs."""
STUCK_EVERY: Final = 5.0
"""Seconds between two looks whether what waiting jobs miss is there."""
UPKEEP_EVERY: Final = 3600.0
"""Seconds between two looks for what is over its time."""
CLEARED_AFTER: Final = 86_400.0
"""Seconds for which the queue remembers runs that are over."""
DEAD_EVERY: Final = 2.0
"""Seconds between two looks whether somebody died over a job."""
PATIENCE: Final = 60.0
"""Seconds before a job that the disk or an endpoint refused is tried again by itself."""


class Worker:
    """Works on the jobs of one home until it is stopped."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        engine: Callable[[], Engine],
        *,
        note: Callable[[Words], None] = lambda _: None,
        told: Told | None = None,
        longest: float = LONGEST,
        upkeep: Callable[[], None] = lambda: None,
    ) -> None:
        """`note` hears what the worker has to say, `told` of every step that is done; `upkeep` is done every hour."""
        self._upkeep = upkeep
        self._settings = settings
        self._database = database
        self._duty = duty_of(settings, database)
        self._ledger = JobLedger(database)
        self._note = note
        self._end = threading.Event()
        self._work = Work(settings, database, engine, longest=longest, told=told, stopping=self._end.is_set)

    def stop(self) -> None:
        """End soon; what is under way goes on with the next worker."""
        self._end.set()

    def run(self, *, until_idle: bool = False) -> None:
        """Work until `stop`, with `until_idle` only as long as something can be done.

        Raises DiskFull or DiskReadOnly when the home cannot be worked in, Unavailable when PostgreSQL does not answer.
        """
        with self._duty.on(self._end, self._note):
            if self._end.is_set():
                return
            sweep(self._settings.recordings)
            where = self._database.url if self._database.shared else self._settings.home / "queue.db"
            queue = DbosQueue(where, tuple(QUEUES.values()), self._through, self._duty.name)
            queue.start(poll=LOOK_EVERY)
            self._note(("后台在干活了。", "The worker is at work."))
            try:
                self._watch(queue, until_idle)
            finally:
                self._end.set()
                queue.stop()

    def _through(self, do: Do, job_id: str, attempt: int) -> None:
        self._work.through(job_id, attempt, do)

    def _watch(self, queue: DbosQueue, until_idle: bool) -> None:
        looked = kept_up = buried = -math.inf
        while not self._end.is_set():
            try:
                if time.monotonic() - looked > STUCK_EVERY:
                    looked = time.monotonic()
                    self._duty.still()
                    self._tidy_up()
                    self._wake()
                if time.monotonic() - kept_up > UPKEEP_EVERY:
                    kept_up = time.monotonic()
                    with self._duty.upkeep() as ours:
                        if ours:
                            queue.clear(older_than=CLEARED_AFTER)
                            self._upkeep()
                active = self._ledger.active()
                held = self._see_to(queue, active)
                if held and time.monotonic() - buried > DEAD_EVERY:
                    buried = time.monotonic()
                    self._take_over(held)
                if until_idle and not active:
                    return
            except CoachError as error:
                self._note(error.what)
                self._end.wait(STUCK_EVERY)
            except Exception:
                LOG.exception("the worker goes on in a moment")
                self._end.wait(STUCK_EVERY)
            self._end.wait(LOOK_EVERY)

    def _see_to(self, queue: DbosQueue, active: Sequence[StoredJob]) -> list[tuple[StoredJob, Run]]:
        """Put every job into its queue unless it is there; those that others work on.

        A job whose run ended without an end gets another run.
        """
        jobs = {_run_of(job): job for job in active}
        held = []
        for name, run in queue.look(list(jobs)):
            job = jobs[name]
            match run.state:
                case "unknown":
                    queue.put(QUEUES[job.asked.kind], name, RANKS[job.asked.priority], job.id, job.attempt)
                case "ended":
                    self._again(job)
                case "at work":
                    held += [(job, run)] if run.worker != self._duty.name else []
                case "queued":
                    pass
        return held

    def _take_over(self, held: Sequence[tuple[StoredJob, Run]]) -> None:
        """Put back what workers held that are off duty."""
        gone = self._duty.gone({run.worker for _, run in held})
        for job, run in held:
            if run.worker in gone:
                self._again(job)
                self._note(
                    (
                        f"{job.id[:8]} 的后台进程没了，接着做。",
                        f"{job.id[:8]}: its worker is gone; it goes on.",
                    )
                )

    def _again(self, job: StoredJob) -> None:
        """Another run, unless the job ended, was cancelled, or somebody else had the same thought."""
        with suppress(Overtaken):
            self._ledger.again(job.id, job.attempt)

    def _wake(self) -> None:
        """Jobs whose model has come, or whose disk may have room again, go back into the queue."""
        for job in self._ledger.waiting():
            if self._may_go_on(job):
                self._again(job)

    def _tidy_up(self) -> None:
        """Throw away the decoded sound of jobs that are over: cancelled, failed, or done by a worker that then died."""
        left = list(decoded_folder(self._settings).glob("*"))
        alive = {job.id for job in (*self._ledger.active(), *self._ledger.waiting())}
        for file in left:
            if file.stem not in alive:
                forget_sound(file)

    def _may_go_on(self, job: StoredJob) -> bool:
        from coach.store.tables import now

        code = job.error.code if job.error else ""
        if code == "model_missing":
            return self._listener() not in ("", self._missed(job))
        return (now() - job.updated_at).total_seconds() > PATIENCE

    def _missed(self, job: StoredJob) -> str:
        """The model that could not do it."""
        return str(self._ledger.kept(job.id).get("decode", {}).get("listener", ""))

    def _listener(self) -> str:
        """Who would listen now; empty when nobody can."""
        from coach.speech.hearing import Hearing

        hearing = Hearing(Path(), self._settings)
        try:
            whole = hearing.model is None or not faults(hearing.model.folder)
            return hearing.model_name if whole else ""
        except CoachError:
            return ""


def _run_of(job: StoredJob) -> str:
    """The name of the run that an attempt at a job has in the queue."""
    return f"{job.id}-{job.attempt}-{SHAPE}"
