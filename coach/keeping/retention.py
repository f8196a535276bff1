"""How long things are kept, by three settings: recordings, whole visits, backups; 0 means until somebody erases them.

A recording that is over its time goes, its transcript and record stay; a visit that is over its time goes with all
that came of it. Age counts from the day on which it was stored.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.keeping.archive import backups_folder
from coach.keeping.blackout import spans_of
from coach.keeping.erasures import keep_erasure, new_erasure
from coach.keeping.forget import Erased, erase_rows, follow
from coach.keeping.scrub import mark_pending
from coach.settings import Settings
from coach.store.audit import alone, write_audit
from coach.store.database import Database
from coach.store.recordings import find
from coach.store.tables import Job, Visit, now

if TYPE_CHECKING:
    from coach.library.library import Library

HOUSE: Final = "house"
"""Who does this in the audit log: the settings, nobody in person."""
_DAY: Final = 86_400.0


@dataclass(slots=True)
class Expired:
    """What went because its time was over."""

    recordings: int = 0
    visits: int = 0
    backups: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.recordings or self.visits or self.backups)


def expire(
    settings: Settings, database: Database, library: Library, *, at: dt.datetime | None = None
) -> Expired:
    """Erase whatever is over its time; `at` is now, in UTC without a zone. May be called as often as one likes."""
    moment = at or now()
    done = Expired(backups=_backups(settings, moment))
    if database.is_there:
        if settings.keep_visits_days:
            done.visits = _visits(
                settings, database, library, moment - dt.timedelta(settings.keep_visits_days)
            )
        if settings.keep_recordings_days:
            done.recordings = _recordings(
                settings, database, moment - dt.timedelta(settings.keep_recordings_days)
            )
        if not done.nothing:
            counts = {"recordings": done.recordings, "visits": done.visits, "backups": len(done.backups)}
            write_audit(database, HOUSE, "expired", "", counts)
    return done


def expires_on(file: Path, settings: Settings) -> dt.date | None:
    """The day on which a backup goes; None when backups are kept until somebody erases them."""
    if not settings.keep_backups_days:
        return None
    made = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return (made + dt.timedelta(settings.keep_backups_days)).date()


def backups_in(settings: Settings) -> list[Path]:
    """The backups in the home, newest first: whole ones, and those that were taken before a migration."""
    folder = backups_folder(settings)
    files = [file for file in folder.glob("[!.]*") if file.suffix in (".tar", ".db")]
    return sorted(files, key=lambda file: (file.stat().st_mtime, file.name), reverse=True)


def _backups(settings: Settings, moment: dt.datetime) -> list[str]:
    """Backups, and what a restore had put aside, that are over their time."""
    if not settings.keep_backups_days:
        return []
    oldest = moment.replace(tzinfo=dt.UTC).timestamp() - settings.keep_backups_days * _DAY
    gone = []
    for file in (*backups_in(settings), *settings.home.glob("replaced-*")):
        if file.stat().st_mtime < oldest:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
            gone.append(file.name)
    return gone


def _visits(settings: Settings, database: Database, library: Library, before: dt.datetime) -> int:
    from sqlalchemy import select

    with database.session() as session:
        alone(session)
        old = set(session.scalars(select(Visit.id).where(Visit.created_at < before)))
        if not old:
            return 0
        mark_pending(settings.home)
        doomed, hashes, _ = erase_rows(session, {"visit": old}, spans_of([]))
        erasure = new_erasure("expired", doomed, hashes, [])
        keep_erasure(session, erasure)
    done = Erased(rows={name: len(keys) for name, keys in doomed.items()})
    follow(settings, database, library, [erasure], spans_of([]), done)
    return len(old)


def _recordings(settings: Settings, database: Database, before: dt.datetime) -> int:
    """Sound only: of a transcript the file is the visit's own text again, and goes with the visit."""
    from sqlalchemy import select

    with database.session() as session:
        heard = select(Visit.sha256).where(Visit.seconds.is_not(None), Visit.created_at < before)
        young = select(Visit.sha256).where(Visit.created_at >= before)
        busy = select(Job.sha256).where(Job.state.in_(("queued", "running", "waiting")))
        old = set(session.scalars(heard)) - set(session.scalars(young)) - set(session.scalars(busy))
    gone = 0
    for sha256 in old:
        while (file := find(sha256, settings.recordings)) is not None:
            file.unlink()
            gone += 1
        (settings.recordings / "waves" / f"{sha256}.json").unlink(missing_ok=True)
    return gone
