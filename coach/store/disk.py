"""What the disk says when it cannot take more, in words: full, or not to be written to."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from coach.errors import CoachError, DiskFull, DiskReadOnly, Unavailable

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def disk_error(error: BaseException | None) -> CoachError | None:
    """The words for what the disk or SQLite refused; None when the disk is not to blame."""
    if isinstance(error, sqlite3.Error):
        # The extended code holds the plain one in its lowest byte.
        plain = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if plain == sqlite3.SQLITE_FULL:
            return _full()
        if plain in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            return _read_only()
        return None
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return _full()
        if error.errno in _READ_ONLY:
            return _read_only()
    return None


@contextmanager
def writing() -> Iterator[None]:
    """What the disk refuses inside becomes DiskFull, DiskReadOnly, or Unavailable with the system's own word."""
    try:
        yield
    except OSError as error:
        known = disk_error(error) or Unavailable(
            (f"存不下来：{error.strerror}。", f"It could not be stored: {error.strerror}."),
            ("看一眼磁盘，再试一次。", "Look at the disk, then try again."),
        )
        raise known from error


def _full() -> DiskFull:
    return DiskFull(
        ("磁盘满了，没有存进去。", "The disk is full; nothing was stored."),
        (
            "腾出空间再试；也可以把 COACH_HOME 换到别的盘。",
            "Free some space and try again, or move COACH_HOME to another disk.",
        ),
    )


def _read_only() -> DiskReadOnly:
    return DiskReadOnly(
        ("这个盘或文件夹不让写，没有存进去。", "The disk or folder takes no writing; nothing was stored."),
        (
            "改文件夹权限，或把 COACH_HOME 换到能写的地方。",
            "Change the folder's rights, or set COACH_HOME to a place that can be written to.",
        ),
    )
