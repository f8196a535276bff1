"""Going back to a backup: compared with its hashes first, then put in place; what was there is kept aside.

What had been erased since the backup was taken is erased again. Index builds are thrown away, the next search makes one.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.errors import Broken, Busy, CoachError
from coach.keeping.archive import (
    DATABASE,
    RECORDINGS,
    Manifest,
    backups_folder,
    database_file,
    kept_entries,
    unpack,
)
from coach.keeping.erasures import Erasure, erasures_in, read_beside
from coach.keeping.forget import forget_again
from coach.settings import Settings
from coach.store.audit import alone, write_audit
from coach.store.database import Database, revisions
from coach.store.disk import writing
from coach.store.recordings import keep, sha256_of
from coach.store.snapshot import snapshot, sound, stamp
from coach.store.tables import Audited

if TYPE_CHECKING:
    from coach.library.library import Library

_BESIDE = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place: files of the backup, where the state before lies (None: there was none), erasures redone."""

    files: int
    revision: str
    aside: Path | None
    erased_again: int


def check_backup(archive: Path, settings: Settings) -> Manifest:
    """Unpack a backup into a folder of its own, compare every file, open the database, and throw all of it away."""
    with _unpacked(archive, settings) as (_, manifest):
        return manifest


def restore_backup(
    archive: Path, settings: Settings, database: Database, library: Library, person: str
) -> Restored:
    """Put a backup in the place of what is there.

    Raises NotFound, Broken, DiskFull, DiskReadOnly, and Busy while somebody works on jobs here.
    """
    target = database_file(settings)
    with _unpacked(archive, settings) as (folder, manifest), _nobody_works(settings.home):
        known = _known_erasures(archive, settings, database)
        lines = _audit_lines(database)
        database.close()
        library.close()
        _place_recordings(settings, folder / RECORDINGS)
        aside = _swap(settings.home, target, folder, whole=len(manifest.files) > 1)
        shutil.rmtree(settings.index, ignore_errors=True)
        with closing(sqlite3.connect(target)) as connection:
            held = (
                {one for (one,) in connection.execute("select id from forgotten")}
                if _keeps(target)
                else set()
            )
        later = [one for one in known if one.id not in held]
        _ = database.engine  # an older schema comes up
        _carry_on(database, lines)
        forget_again(settings, database, library, later)
        counts = {"files": len(manifest.files), "erased again": len(later), "revision": manifest.revision}
        write_audit(database, person, "restored", "", counts)
    return Restored(len(manifest.files), manifest.revision, aside, len(later))


@contextmanager
def _unpacked(archive: Path, settings: Settings) -> Iterator[tuple[Path, Manifest]]:
    """The backup in a folder of its own beside where it belongs, found to be whole."""
    folder = settings.home / f".restoring-{stamp()}"
    with writing():
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    try:
        manifest = _copied(archive, folder) if archive.suffix == ".db" else unpack(archive, folder)
        if manifest.revision not in revisions():
            raise Broken(
                (
                    f"备份的结构是 {manifest.revision}，比这个版本的陪跑新。",
                    f"The backup has schema {manifest.revision}, newer than this version of Peipao.",
                ),
                ("先升级陪跑。", "Upgrade Peipao first."),
            )
        sound(folder / DATABASE)
        yield folder, manifest
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copied(archive: Path, folder: Path) -> Manifest:
    """A copy of a bare database, as it is made before a migration, as a backup of one file."""
    import datetime as dt

    from coach.errors import NotFound
    from coach.keeping.archive import Member

    if not archive.is_file():
        raise NotFound((f"没有这个备份：{archive.name}", f"There is no backup {archive.name}"))
    snapshot(archive, folder / DATABASE)
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            (revision,) = connection.execute("select version_num from alembic_version").fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise Broken(
            (f"{archive.name} 不是陪跑的数据库。", f"{archive.name} is no database of Peipao."),
            ("换一个备份。", "Take another backup."),
        ) from error
    file = folder / DATABASE
    made = dt.datetime.fromtimestamp(archive.stat().st_mtime, dt.UTC).replace(tzinfo=None)
    member = Member(sha256=sha256_of(file), size=file.stat().st_size)
    return Manifest(made_at=made, revision=str(revision), files={DATABASE: member})


def _known_erasures(archive: Path, settings: Settings, database: Database) -> list[Erasure]:
    """Every erasure that anybody here knows of; a damaged database is what restoring is for."""
    found = {
        one.id: one for folder in (archive.parent, backups_folder(settings)) for one in read_beside(folder)
    }
    if database.is_there:
        with suppress(CoachError), database.session() as session:
            found |= {one.id: one for one in erasures_in(session)}
    return list(found.values())


def _audit_lines(database: Database) -> list[dict[str, Any]]:
    """The audit log as it is now, line by line with its seals; empty when the database cannot tell."""
    from sqlalchemy import select

    if database.is_there:
        with suppress(CoachError), database.session() as session:
            rows = session.execute(select(*Audited.__table__.columns).order_by(Audited.number)).mappings()
            return [dict(row) for row in rows]
    return []


def _carry_on(database: Database, lines: list[dict[str, Any]]) -> None:
    """Put back the lines that were written since the backup was taken: going back undoes no line of the log.

    Only where the backup's log is the beginning of this one, by its seals; a stranger's log stays as it is.
    """
    from sqlalchemy import insert, select

    with database.session() as session:
        alone(session)
        last = session.scalars(select(Audited).order_by(Audited.number.desc()).limit(1)).first()
        count = last.number if last else 0
        same = last is None or (len(lines) >= count and lines[count - 1]["seal"] == last.seal)
        if same and (later := lines[count:]):
            session.execute(insert(Audited), later)


def _place_recordings(settings: Settings, came: Path) -> None:
    """Put the recordings of a backup where they belong when that is not in the home; what lies there stays."""
    if not came.is_dir() or settings.recordings == settings.home / RECORDINGS:
        return
    for file in came.glob("*.*"):
        if file.is_file():
            keep(file, settings.recordings)
    with writing():
        (settings.recordings / "waves").mkdir(parents=True, exist_ok=True)
        for wave in came.glob("waves/*.json"):
            shutil.copyfile(wave, settings.recordings / "waves" / wave.name)
        shutil.rmtree(came)


def _swap(home: Path, target: Path, folder: Path, *, whole: bool) -> Path | None:
    """Move what is there aside, then the backup into its place. Cut off in between, it can be done again."""
    aside = home / f"replaced-{stamp()}"
    with writing():
        old = [file for end in _BESIDE if (file := target.with_name(target.name + end)).exists()]
        old += list(kept_entries(home)) if whole else []
        if old:
            aside.mkdir(exist_ok=True)
            aside.chmod(0o700)
        for entry in old:
            entry.replace(aside / entry.name)
        for file in home.glob("queue.d*"):
            file.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / DATABASE).replace(target)
        for entry in folder.iterdir():
            entry.replace(home / entry.name)
    return aside if old else None


@contextmanager
def _nobody_works(home: Path) -> Iterator[None]:
    """The lock of the worker: whoever serves pages or works on jobs holds it."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(home / "worker.lock").acquire(timeout=0):
            yield
    except Timeout as error:
        raise Busy(
            ("coach serve 或 coach worker 正开着。", "coach serve or coach worker is running."),
            ("先停掉它，再恢复。", "Stop it, then restore."),
        ) from error


def _keeps(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        query = "select count(*) from sqlite_master where type = 'table' and name = 'forgotten'"
        return bool(connection.execute(query).fetchone()[0])
