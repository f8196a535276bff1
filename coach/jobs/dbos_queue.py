"""dbos: queues in a SQLite file of their own, and runs whose finished steps are given back after a crash."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

from coach.store.disk import disk_error

SHAPE: Final = "1"
"""Counts up when the order of the steps changes: dbos then takes no half-done run of the old shape, SQL begins it anew."""
_AT_WORK: Final = frozenset({"PENDING", "ENQUEUED", "DELAYED"})

Do = Callable[[str, Callable[[], Any]], Any]
RunState = Literal["unknown", "at work", "ended"]


class DbosQueue:
    """The queues of one process; dbos is a singleton, so there is one of these at a time.

    `body` is what a run does: it gets a function that runs a named step durably, the job and its attempt.
    """

    def __init__(self, file: Path, names: tuple[str, ...], body: Callable[[Do, str, int], None]) -> None:
        self._file = file
        self._names = names
        self._body = body
        self._run: Any = None

    def start(self, *, poll: float) -> None:
        """Open the file and go on with what was cut off. Raises DiskFull and DiskReadOnly.

        A file that is damaged is laid aside: whoever filled the queue fills the new one.
        """
        try:
            self._launch(poll)
        except Exception as error:
            self.stop()
            cause = getattr(error, "orig", error)
            if known := disk_error(cause):
                raise known from error
            if not isinstance(cause, sqlite3.DatabaseError):
                raise
            self._file.replace(self._file.with_suffix(".damaged"))
            self._launch(poll)

    def stop(self) -> None:
        """Let go of everything; runs that are under way go on after the next start."""
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)

    def state(self, run: str) -> RunState:
        """What became of a run."""
        from dbos import DBOS

        found = DBOS.get_workflow_status(run)
        if found is None:
            return "unknown"
        return "at work" if found.status in _AT_WORK else "ended"

    def put(self, queue: str, run: str, rank: int, job_id: str, attempt: int) -> None:
        """Queue a run under its name; the lowest rank goes first, and the same name twice is one run."""
        from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

        with SetWorkflowID(run), SetEnqueueOptions(priority=rank):
            DBOS.enqueue_workflow(queue, self._run, job_id, attempt)

    def _launch(self, poll: float) -> None:
        from dbos import DBOS

        def do(name: str, step: Callable[[], Any]) -> Any:
            return DBOS.run_step({"name": name}, step)

        def run(job_id: str, attempt: int) -> None:
            self._body(do, job_id, attempt)

        DBOS(
            config={
                "name": "peipao",
                "system_database_url": f"sqlite:///{self._file}",
                "application_version": SHAPE,
                # Always the same: there is one worker a home, and it takes up what the last one left.
                "executor_id": "worker",
                "log_level": "CRITICAL",
                "console_log_level": "CRITICAL",
            }
        )
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        self._run = DBOS.workflow(name="visit", max_recovery_attempts=None)(run)
        DBOS.launch()
        for name in self._names:
            DBOS.register_queue(
                name, worker_concurrency=1, polling_interval_sec=poll, on_conflict="always_update"
            )
