"""Lives of a worker that end by kill -9: each is a process of its own, forked from one that has read the code.

A life is told its home and when to die: at a named moment (it sends itself SIGKILL), or never (whoever started it
may kill it from outside). What it did is written to a diary that outlives it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

SLICE: Final = 9.0
"""Seconds of a slice, so that a short recording has several."""


def worker_life(
    home: Path,
    diary: Path,
    die_at: tuple[str, str] | None,
    database: str = "",
    until_idle: bool = True,
) -> None:
    """Work in `home` until nothing is left; at the moment `die_at` (step, begins | done) die instead.

    `database` is the address of a PostgreSQL; empty for the home's own SQLite.
    """
    from coach.app import open_coach
    from coach.jobs.worker import Worker
    from coach.settings import Settings

    with diary.open("a", encoding="utf-8") as out:

        def told(job: str, step: str, when: str) -> None:
            out.write(json.dumps([job, step, when]) + "\n")
            out.flush()
            if die_at == (step, when):
                os.kill(os.getpid(), signal.SIGKILL)

        coach = open_coach(Settings(home=home, whisper_device="cpu", database_url=database))
        coach.person  # noqa: B018 - the one person of local mode is made on first use
        Worker(coach.settings, coach.database, lambda: coach.engine, told=told, longest=SLICE).run(
            until_idle=until_idle
        )


def adding_life(home: Path, file: Path, database: str = "") -> None:
    """Store a file and queue it."""
    from coach.app import open_coach
    from coach.jobs.intake import take_in
    from coach.settings import Settings

    coach = open_coach(Settings(home=home, database_url=database))
    take_in(coach.jobs, coach.settings, file, consent="soak")


LIVES: Final[dict[str, Callable[..., None]]] = {"worker": worker_life, "adding": adding_life}
"""What a process may be born for; other trials add their own."""


@contextmanager
def life(kind: str, *arguments: object) -> Iterator[int]:
    """A process that lives one life; its id. At the end of the block it is dead and buried."""
    _read_the_code()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        if "COACH_SOAK_LOUD" not in os.environ:
            os.dup2(quiet, 2)
        try:
            LIVES[kind](*arguments)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    try:
        yield pid
    finally:
        with suppress(ChildProcessError):  # the block may have waited itself
            os.waitpid(pid, 0)


def _read_the_code() -> None:
    """Import once what every life needs; nothing is opened and no thread is begun."""
    import dbos  # noqa: F401 - brings psycopg along
    import faster_whisper  # noqa: F401

    import coach.jobs.worker
    import coach.reading.offline
    import coach.visits.assemble  # noqa: F401
