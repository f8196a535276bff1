"""The worker: dbos sees to it that every queued job is worked on, and that one that was cut off goes on.

One worker a home (a lock that the kernel lets go of when its process dies); a second one stands by and takes over.
Recordings and transcripts have a queue each, so that a transcript never waits behind three hours of sound.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import CoachError, Words
from coach.jobs.dbos_queue import SHAPE, DbosQueue, Do
from coach.jobs.decoded import decoded_folder, forget_sound
from coach.jobs.work import Told, Work
from coach.settings import Settings
from coach.speech.models import faults
from coach.speech.slices import LONGEST
from coach.store.disk import writing
from coach.store.job_ledger import JobLedger, Overtaken
from coach.store.jobs import RANKS, Kind, StoredJob
from coach.store.recordings import sweep

if TYPE_CHECKING:
    from filelock import BaseFileLock

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
LOCK_EVERY: Final = 1.0
"""Seconds between two looks of a worker that stands by."""
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
        self._ledger = JobLedger(database)
        self._note = note
        self._end = threading.Event()
        self._work = Work(settings, database, engine, longest=longest, told=told, stopping=self._end.is_set)

    def stop(self) -> None:
        """End soon; what is under way goes on with the next worker."""
        self._end.set()

    def run(self, *, until_idle: bool = False) -> None:
        """Work until `stop`, with `until_idle` only as long as something can be done.

        Raises DiskFull or DiskReadOnly when the home cannot be worked in.
        """
        with self._alone():
            if self._end.is_set():
                return
            sweep(self._settings.recordings)
            queue = DbosQueue(self._settings.home / "queue.db", tuple(QUEUES.values()), self._through)
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
        looked = kept_up = -math.inf
        while not self._end.is_set():
            try:
                if time.monotonic() - looked > STUCK_EVERY:
                    looked = time.monotonic()
                    self._tidy_up()
                    self._wake()
                if time.monotonic() - kept_up > UPKEEP_EVERY:
                    kept_up = time.monotonic()
                    self._upkeep()
                active = self._ledger.active()
                for job in active:
                    self._see_to(queue, job)
                if until_idle and not active:
                    return
            except CoachError as error:
                self._note(error.what)
                self._end.wait(STUCK_EVERY)
            except Exception:
                LOG.exception("the worker goes on in a moment")
                self._end.wait(STUCK_EVERY)
            self._end.wait(LOOK_EVERY)

    def _see_to(self, queue: DbosQueue, job: StoredJob) -> None:
        """Put a job into its queue unless it is there; one whose run ended without an end gets another."""
        run = f"{job.id}-{job.attempt}-{SHAPE}"
        match queue.state(run):
            case "unknown":
                queue.put(QUEUES[job.asked.kind], run, RANKS[job.asked.priority], job.id, job.attempt)
            case "ended":
                with suppress(Overtaken):  # it had just ended well
                    self._ledger.again(job.id, job.attempt)
            case "at work":
                pass

    def _wake(self) -> None:
        """Jobs whose model has come, or whose disk may have room again, go back into the queue."""
        for job in self._ledger.waiting():
            if self._may_go_on(job):
                with suppress(Overtaken):  # somebody cancelled it meanwhile
                    self._ledger.again(job.id, job.attempt)

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

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The lock of the home's one worker, waited for until it is free or this worker is stopped."""
        from filelock import FileLock

        with writing():
            self._settings.home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._settings.home / "worker.lock")
        if not _taken(lock):
            self._note(("另一个进程在做后台工作，这里候着。", "Another process does the work; standing by."))
            while not self._end.wait(LOCK_EVERY) and not _taken(lock):
                pass
        try:
            yield
        finally:
            lock.release()


def at_work(home: Path) -> bool:
    """Whether some process works on this home's jobs just now."""
    from filelock import FileLock

    file = home / "worker.lock"
    if not file.exists():
        return False
    lock = FileLock(file)
    if not _taken(lock):
        return True
    lock.release()
    return False


def _taken(lock: BaseFileLock) -> bool:
    """Whether the lock is ours now. Raises DiskFull and DiskReadOnly."""
    from filelock import Timeout

    with writing():
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
    return True
