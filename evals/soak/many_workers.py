"""Two workers on one PostgreSQL, killed at any moment: what one held the other finishes, nothing twice, nothing lost.

Files keep coming; now and then every connection to the database breaks, as when its server is started anew. What
must come out is known from one undisturbed worker on SQLite.
"""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evals.postgres import OwnPostgres, own_postgres, why_not
from evals.soak import Report
from evals.soak.kills import PATIENCE, Moment, Trial, half_way, written
from evals.soak.lives import life

if TYPE_CHECKING:
    from coach.store.jobs import Jobs, Priority, StoredJob

WORKERS: Final = 2
LONGEST_LIFE: Final = 2.5
"""Seconds after which somebody is killed, at most."""
CUT_EVERY: Final = 10
"""Rounds between two moments in which every connection breaks."""
FILE_EVERY: Final = 2


def run(rounds: int, seed: int) -> Report:
    """First order and a death at a named step, then cancelling, a retry and `rounds` kills at random, if any.

    Without a PostgreSQL on this machine that is the fault.
    """
    began = time.monotonic()
    if reason := why_not():
        return Report("workers", rounds, seed, 0.0, (reason,))
    faults: list[str] = []
    figures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, own_postgres() as server:
        trial = ManyWorkers(Path(name), seed, server)
        faults += trial.order_and_death(figures)
        if rounds:
            faults += trial.cancel_and_retry()
            faults += trial.at_random(rounds, figures)
    return Report("workers", rounds, seed, time.monotonic() - began, tuple(faults), dict(figures))


class ManyWorkers(Trial):
    """Files, a home, one PostgreSQL."""

    def __init__(self, folder: Path, seed: int, server: OwnPostgres) -> None:
        super().__init__(folder, seed)
        self._server = server
        self.home = folder / "shared"
        self.database = ""

    def order_and_death(self, figures: Counter[str]) -> list[str]:
        """What is urgent goes first; a worker that dies over a recording is seen by one that is there already."""
        files = [self.transcript(1), self.transcript(2), self.recording(0)]
        diary = self._anew("order")
        ids = [self._put_first(files[0], "low"), self._put_first(files[1], "high")]
        with self._working(diary, until_idle=True) as pid:
            os.waitpid(pid, 0)
        done = [job for job, step, when in written(diary) if (step, when) == ("record", "done")]
        faults = [] if done == ids[::-1] else [f"the order was {done}"]
        with self._jobs() as jobs, self._working(diary, die_at=("slice 0", "done")) as dying:
            last = self._put_first(files[2], "normal")
            self._until(lambda: ("decode", "begins") in _moments(diary))
            with self._working(diary) as other:
                os.waitpid(dying, 0)
                self._until(lambda: jobs.load(last).state == "done")
                _kill(other)
            figures["finished by another after a death at a step"] += jobs.load(last).attempt > 1
        return faults + self.over(self.home, diary, files)

    def cancel_and_retry(self) -> list[str]:
        """Somebody else's process cancels what a worker is at; tried again, what was finished is not done again."""
        file = self.recording(0)
        diary = self._anew("cancel")
        self._put(file)
        faults = []
        with self._jobs() as jobs, self._working(diary) as pid:
            try:
                self._until(lambda: ("slice 0", "done") in _moments(diary))
                (job,) = jobs.newest()
                jobs.cancel(job.id)
                time.sleep(1.0)
                if (state := jobs.load(job.id).state) != "cancelled":
                    faults.append(f"cancelled, it became {state}")
                jobs.retry(job.id)
                self._until(lambda: jobs.load(job.id).state == "done")
            finally:
                _kill(pid)
        return faults + self.over(self.home, diary, [file])

    def at_random(self, rounds: int, figures: Counter[str]) -> list[str]:
        """`rounds` kills of one of two workers, each replaced at once."""
        diary = self._anew("random")
        faults: list[str] = []
        files: list[Path] = []
        with ExitStack() as alive, self._jobs() as jobs:
            workers = [alive.enter_context(self._working(diary)) for _ in range(WORKERS)]
            try:
                for number in range(rounds):
                    if number % FILE_EVERY == 0:
                        some = self.recording if len(files) % 3 == 0 else self.transcript
                        files.append(some(len(files)))
                        with life("adding", self.home, files[-1], self.database) as pid:
                            time.sleep(self.chance.uniform(0.0, 0.3))
                            os.kill(pid, signal.SIGKILL)
                        self._put(files[-1])
                    time.sleep(self.chance.uniform(0.1, LONGEST_LIFE))
                    if number % CUT_EVERY == CUT_EVERY - 1:
                        self._server.cut(self.database)
                        figures["every connection broken"] += 1
                    which = self.chance.randrange(WORKERS)
                    held = sum(job.state == "running" for job in jobs.newest(10_000))
                    _kill(workers[which])
                    figures["workers killed"] += 1
                    figures["of them while a job was under way"] += bool(held)
                    workers[which] = alive.enter_context(self._working(diary))
                    faults += [f"round {number}: {fault}" for fault in half_way(self.home, self.database)]
                self._until(lambda: all(job.state == "done" for job in jobs.newest(10_000)))
            finally:
                for pid in workers:
                    _kill(pid)
            last = jobs.newest(10_000)
        figures["files"] += len(files)
        figures["jobs that another worker finished"] += sum(job.attempt > 1 for job in last)
        return faults + _standing(last) + self.over(self.home, diary, files)

    def _expect(self, file: Path) -> bool:
        """As it was found out before: the same number is the same bytes."""
        return file.name in self.expected or super()._expect(file)

    def _anew(self, name: str) -> Path:
        """An empty database and home; where the diary goes."""
        self.database = self._server.fresh()
        self.home = self.folder / name
        return self.folder / f"{name}.diary"

    def _put(self, file: Path) -> None:
        with life("adding", self.home, file, self.database) as pid:
            _, status = os.waitpid(pid, 0)
        if status:
            raise RuntimeError(f"{file.name} could not be added")

    def _put_first(self, file: Path, rank: Priority) -> str:
        """Queue a file from this process; the job."""
        from coach.jobs.intake import take_in
        from coach.settings import Settings

        settings = Settings(home=self.home, database_url=self.database)
        with self._jobs() as jobs:
            return take_in(jobs, settings, file, consent="soak", priority=rank)[0].id

    @contextmanager
    def _working(self, diary: Path, until_idle: bool = False, die_at: Moment | None = None) -> Iterator[int]:
        with life("worker", self.home, diary, die_at, self.database, until_idle) as pid:
            yield pid

    @contextmanager
    def _jobs(self) -> Iterator[Jobs]:
        from coach.app import open_coach
        from coach.settings import Settings

        coach = open_coach(Settings(home=self.home, database_url=self.database))
        try:
            yield coach.jobs
        finally:
            coach.database.close()

    def _until(self, holds: Callable[[], bool]) -> None:
        """Wait for it; whoever waits too long sees in the end what is missing."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not holds():
            time.sleep(0.1)


def _moments(diary: Path) -> set[tuple[str, str]]:
    return {(step, when) for _, step, when in written(diary)}


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _standing(jobs: Sequence[StoredJob]) -> list[str]:
    return [f"{job.asked.source_name} is left {job.state}" for job in jobs if job.state != "done"]
