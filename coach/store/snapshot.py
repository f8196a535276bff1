"""A copy of a SQLite database as it stood at one moment, taken while others read and write."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from coach.errors import Broken
from coach.store.disk import disk_error, writing


def snapshot(source: Path, target: Path) -> None:
    """Copy the database through SQLite's own backup, whole or not at all, and leave a file that needs no other.

    Raises DiskFull, DiskReadOnly, and Broken when the copy is not sound.
    """
    half = target.with_name(f".arriving-{target.name}")
    with writing():
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(half)) as here:
            # All pages in one step: in WAL mode nobody waits for us, and no write makes it begin anew.
            there.backup(here)
            here.execute("pragma journal_mode=delete")
            _sound(here, source)
        with writing():
            half.chmod(0o600)
            with half.open("rb+") as file:
                os.fsync(file.fileno())
            half.replace(target)
    except sqlite3.Error as error:
        if known := disk_error(error):
            raise known from error
        raise _broken(source, str(error)) from error
    finally:
        for left in (half, half.with_name(half.name + "-journal")):
            with suppress(OSError):  # a disk that takes no writing has said so already
                left.unlink(missing_ok=True)


def sound(file: Path) -> None:
    """Raises Broken unless every page of this database is in order."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            _sound(connection, file)
    except sqlite3.Error as error:
        raise _broken(file, str(error)) from error


def stamp() -> str:
    """This moment in UTC as it stands in names of backups."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"


def _sound(connection: sqlite3.Connection, file: Path) -> None:
    (said,) = connection.execute("pragma integrity_check(1)").fetchone()
    if said != "ok":
        raise _broken(file, str(said))


def _broken(file: Path, why: str) -> Broken:
    return Broken(
        (f"数据库 {file.name} 坏了：{why}", f"The database {file.name} is damaged: {why}"),
        ("用更早的备份：coach restore。", "Use an earlier backup: coach restore."),
    )
