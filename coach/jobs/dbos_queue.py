"""dbos: queues in a SQLite file of their own or in a PostgreSQL, and runs whose finished steps are given back."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from coach.store.disk import disk_error
from coach.store.postgres import postgres_error

SHAPE: Final = "1"
"""Counts up when the order of the steps changes: dbos then takes no half-done run of the old shape, SQL begins it anew."""
_POOL: Final = 5
"""Connections that a worker's queue keeps to a PostgreSQL, beside those of the store."""
_ASKED_AT_ONCE: Final = 500
_CLEARED_AT_ONCE: Final = 5000

Do = Callable[[str, Callable[[], Any]], Any]
RunState = Literal["unknown", "queued", "at work", "ended"]


@dataclass(frozen=True, slots=True)
class Run:
    """What became of a run; `worker` is who holds it while it is at work."""

    state: RunState
    worker: str = ""


_UNKNOWN: Final = Run("unknown")


class DbosQueue:
    """The queues of one process; dbos is a singleton, so there is one of these at a time.

    `body` is what a run does: it gets a function that runs a named step durably, the job and its attempt.
    """

    def __init__(
        self, where: Path | str, names: tuple[str, ...], body: Callable[[Do, str, int], None], worker: str
    ) -> None:
        """`where` is a SQLite file or the address of a PostgreSQL; `worker` names this process.

        What a worker of the same name left is taken up at the start; nobody else may have that name meanwhile.
        """
        self._where = where
        self._worker = worker
        self._names = names
        self._body = body
        self._run: Any = None

    def start(self, *, poll: float) -> None:
        """Open the queue and go on with what was cut off. Raises DiskFull, DiskReadOnly and Unavailable.

        A file that is damaged is laid aside: whoever filled the queue fills the new one.
        """
        try:
            self._launch(poll)
        except Exception as error:
            self.stop()
            cause = getattr(error, "orig", error)
            if known := disk_error(cause) or postgres_error(cause):
                raise known from error
            if not isinstance(cause, sqlite3.DatabaseError) or isinstance(self._where, str):
                raise
            self._where.replace(self._where.with_suffix(".damaged"))
            self._launch(poll)

    def stop(self) -> None:
        """Let go of everything; runs that are under way go on after the next start."""
        from dbos import DBOS

        DBOS.destroy(destroy_registry=True)

    def look(self, runs: Sequence[str]) -> Iterator[tuple[str, Run]]:
        """What became of each of these runs."""
        from dbos import DBOS

        for n in range(0, len(runs), _ASKED_AT_ONCE):
            some = list(runs[n : n + _ASKED_AT_ONCE])
            rows = DBOS.list_workflows(workflow_ids=some, load_input=False, load_output=False)
            found = {row.workflow_id: _run(row.status, row.executor_id or "") for row in rows}
            yield from ((run, found.get(run, _UNKNOWN)) for run in some)

    def put(self, queue: str, run: str, rank: int, job_id: str, attempt: int) -> None:
        """Queue a run under its name; the lowest rank goes first, and the same name twice is one run."""
        from dbos import DBOS, SetEnqueueOptions, SetWorkflowID

        with SetWorkflowID(run), SetEnqueueOptions(priority=rank):
            DBOS.enqueue_workflow(queue, self._run, job_id, attempt)

    def clear(self, *, older_than: float) -> int:
        """Forget runs that ended so many seconds ago and more; how many. The store knows what became of the jobs."""
        from dbos import DBOS

        before = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=older_than)
        rows = DBOS.list_workflows(
            completed_before=before.isoformat(), limit=_CLEARED_AT_ONCE, load_input=False, load_output=False
        )
        over = [row.workflow_id for row in rows if _run(row.status, "").state == "ended"]
        if over:
            DBOS.delete_workflows(over)
        return len(over)

    def _launch(self, poll: float) -> None:
        from dbos import DBOS

        def do(name: str, step: Callable[[], Any]) -> Any:
            return DBOS.run_step({"name": name}, step)

        def run(job_id: str, attempt: int) -> None:
            self._body(do, job_id, attempt)

        where = self._where if isinstance(self._where, str) else f"sqlite:///{self._where}"
        DBOS(
            config={
                "name": "peipao",
                "system_database_url": where,
                "sys_db_pool_size": _POOL,
                "application_version": SHAPE,
                "executor_id": self._worker,
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


def _run(status: str, worker: str) -> Run:
    match status:
        case "PENDING":
            return Run("at work", worker)
        case "ENQUEUED" | "DELAYED":
            return Run("queued")
        case _:
            return Run("ended")
