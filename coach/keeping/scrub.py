"""After an erasure: nothing of it is left in free pages, in the write-ahead log, in index builds, in queues."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.library.blank import blank_unused
from coach.settings import Settings
from coach.store.database import Database

if TYPE_CHECKING:
    from coach.library.library import Library

PENDING: Final = ".scrub-pending"
"""A file in the home that says: rows are gone, their pages are not yet."""
_PATIENCE: Final = 15.0


def mark_pending(home: Path) -> None:
    """Say that rows are about to go and that the rest must follow, whoever does it."""
    home.mkdir(parents=True, exist_ok=True)
    (home / PENDING).touch()


def scrub_database(database: Database, home: Path, *, patience: float = _PATIENCE) -> bool:
    """Rewrite the database without what was deleted; False when others held it too long, then it is left pending.

    A PostgreSQL is told to let its dead rows be overwritten; what its own logs and copies hold is its keeper's.
    """
    from sqlalchemy.exc import OperationalError

    marker = home / PENDING
    if database.shared:
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")
        marker.unlink(missing_ok=True)
        return True
    marker.touch()
    until = time.monotonic() + patience
    while True:
        try:
            if _scrubbed(database):
                marker.unlink(missing_ok=True)
                return True
        except OperationalError:  # somebody reads or writes just now
            pass
        if time.monotonic() > until:
            return False
        time.sleep(0.2)


def _scrubbed(database: Database) -> bool:
    with database.engine.connect() as connection:
        bare = connection.execution_options(isolation_level="AUTOCOMMIT")
        bare.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        bare.exec_driver_sql("VACUUM")
        busy, *_ = bare.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not busy


def scrub_queue(home: Path) -> None:
    """Throw the queue's own file away when nobody works with it; the worker fills it again from the store."""
    from filelock import FileLock, Timeout

    lock = FileLock(home / "worker.lock")
    try:
        with lock.acquire(timeout=0):
            for file in home.glob("queue.d*"):
                file.unlink(missing_ok=True)
    except Timeout:  # it holds ids and numbers only; the next erasure without a worker takes it
        return


def rebuild_index(settings: Settings, library: Library) -> None:
    """Make the index from nothing, and leave no build from before: a copy would carry old pages along."""
    from filelock import FileLock

    if not settings.index.exists():
        return
    library.build()
    library.close()
    with FileLock(settings.index / "writer.lock").acquire(timeout=60):
        newest = library.status().name
        for build in (settings.index / "builds").iterdir():
            if build.name != newest:
                (build / "manifest.json").unlink(missing_ok=True)
                shutil.rmtree(build, ignore_errors=True)
        blank_unused(settings.index)
