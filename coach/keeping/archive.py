"""A backup: one file with the database, the recordings and everything else of the home that cannot be made anew.

It is a tar whose last member is the manifest with the SHA-256 of all others: a file without it was cut off. Index
builds, models and decoded sound are left out, they are derived; older backups are left out too.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.errors import Broken, NotFound, Unavailable
from coach.settings import Settings
from coach.store.database import Database
from coach.store.disk import writing
from coach.store.recordings import ARRIVING
from coach.store.snapshot import snapshot, stamp

SUFFIX: Final = ".peipao.tar"
DATABASE: Final = "coach.db"
MANIFEST: Final = "manifest.json"
RECORDINGS: Final = "recordings"
"""What the folder of recordings is called in a backup, wherever it lies."""
_DERIVED: Final = frozenset(("index", "models", "decoded", "backups", "evals", "trays"))
_PASSING: Final = (".restoring-", "replaced-", ARRIVING, "queue.db", "queue.damaged")
_PIECE: Final = 1 << 20


class Member(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int


class Manifest(BaseModel):
    """What a backup holds: `revision` is the schema of its database, `files` are named below the home."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    form: Literal["backup/1"] = "backup/1"
    made_at: dt.datetime
    revision: str
    files: dict[str, Member]


def backups_folder(settings: Settings) -> Path:
    """Where backups lie unless another place is named."""
    return settings.home / "backups"


def database_file(settings: Settings) -> Path:
    """The SQLite file. Raises Unavailable on PostgreSQL, which brings its own backup."""
    from sqlalchemy import make_url

    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise Unavailable(
            (
                "数据库在 PostgreSQL 上，这里只会备份 SQLite。",
                "The database is PostgreSQL; this backs up SQLite.",
            ),
            (
                "用 pg_dump 备份数据库，再存好 COACH_HOME 里的 recordings 和 library，做法见 docs/scaling.zh-CN.md。",
                "Back the database up with pg_dump, and keep recordings and library of COACH_HOME beside it: "
                "docs/scaling.md.",
            ),
        )
    return Path(url.database)


def make_backup(settings: Settings, database: Database, to: Path | None = None) -> tuple[Path, Manifest]:
    """Write a backup while others go on writing; the file and what it holds.

    `to` is a file or a folder. The database is the one of a single moment, with every recording that it names.
    Raises NotFound where nothing was kept yet, DiskFull, DiskReadOnly, Broken.
    """
    file = database_file(settings)
    if not file.exists():
        raise NotFound(
            ("还没有存过东西，没什么可备份。", "Nothing was kept yet; there is nothing to back up."),
            ("存下第一次拜访或练习以后再备份。", "Come back when a visit or a practice is stored."),
        )
    _ = database.engine  # an older schema comes up first
    target = _target(settings, to)
    half, copied = (
        target.with_name(f"{ARRIVING}{target.name}"),
        target.with_name(f"{ARRIVING}{target.name}.db"),
    )
    with writing():
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        snapshot(file, copied)
        with writing():
            manifest = _write(settings, copied, half)
            half.replace(target)
    finally:
        for left in (half, copied):
            with contextlib.suppress(OSError):  # a disk that takes no writing has said so already
                left.unlink(missing_ok=True)
    return target, manifest


def _target(settings: Settings, to: Path | None) -> Path:
    name = f"{stamp()}{SUFFIX}"
    if to is None:
        to = backups_folder(settings)
    elif to.suffix == ".tar":
        return to
    number, target = 1, to / name
    while target.exists():
        number += 1
        target = to / name.replace("Z.", f"Z-{number}.")
    return target


def _write(settings: Settings, copied: Path, half: Path) -> Manifest:
    files: dict[str, Member] = {}
    with contextlib.closing(sqlite3.connect(copied)) as connection:
        (revision,) = connection.execute("select version_num from alembic_version").fetchone()
        named = {
            sha256
            for table in ("consent", "job", "visit")
            for (sha256,) in connection.execute(f"select sha256 from {table}")
        }
    with half.open("wb") as out:
        half.chmod(0o600)
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            files[DATABASE] = _put(tar, copied, DATABASE)
            for file, name in _kept_files(settings, named):
                with contextlib.suppress(FileNotFoundError):  # erased while we were at it
                    files[name] = _put(tar, file, name)
            manifest = Manifest(
                made_at=dt.datetime.now(dt.UTC).replace(tzinfo=None), revision=revision, files=files
            )
            _put_bytes(tar, MANIFEST, manifest.model_dump_json(indent=1).encode())
        out.flush()
        os.fsync(out.fileno())
    return manifest


def kept_entries(home: Path) -> Iterator[Path]:
    """What stands at the top of the home and belongs to a backup, without the database."""
    for entry in sorted(home.iterdir()):
        passing = entry.name.startswith((*_PASSING, DATABASE)) or entry.suffix == ".lock"
        if not passing and entry.name not in _DERIVED and not entry.is_symlink():
            yield entry


def _kept_files(settings: Settings, named: set[str]) -> Iterator[tuple[Path, str]]:
    """Every file to be kept with its name in the backup; of the recordings only those that the database names."""
    home, sound = settings.home, settings.recordings
    for entry in kept_entries(home):
        if entry.name != RECORDINGS and entry.resolve() != sound.resolve():
            yield from ((file, file.relative_to(home).as_posix()) for file in _whole(entry))
    for file in _whole(sound):
        if file.stem in named:
            yield file, f"{RECORDINGS}/{file.relative_to(sound).as_posix()}"


def _whole(entry: Path) -> Iterator[Path]:
    """A file, or those in a folder, that are files of their own and not still arriving."""
    for file in [entry] if entry.is_file() else sorted(entry.rglob("*")):
        if file.is_file() and not file.is_symlink() and not file.name.startswith(ARRIVING):
            yield file


def _put(tar: tarfile.TarFile, file: Path, name: str) -> Member:
    with file.open("rb") as source:
        told = tar.gettarinfo(arcname=name, fileobj=source)
        told.uid = told.gid = 0
        told.uname = told.gname = ""
        hashing = _Hashing(source, told.size)
        tar.addfile(told, hashing)
        return Member(sha256=hashing.sha256.hexdigest(), size=told.size)


def _put_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    told = tarfile.TarInfo(name)
    told.size = len(content)
    tar.addfile(told, io.BytesIO(content))


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, source: IO[bytes], size: int) -> None:
        self._source, self._left = source, size
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(piece)
        self.sha256.update(piece)
        return piece


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpack a backup into a new folder, every file compared with its hash.

    Raises NotFound, DiskFull, DiskReadOnly, and Broken for what is no whole backup or would leave the folder.
    """
    found: dict[str, Member] = {}
    manifest = b""
    try:
        with archive.open("rb") as source, tarfile.open(fileobj=source, mode="r:") as tar:
            for member in tar:
                if member.name == MANIFEST:
                    opened = tar.extractfile(member)
                    manifest = opened.read(64 << 20) if opened else b""
                    continue
                found[member.name] = _extract(tar, member, folder, archive)
        told = Manifest.model_validate_json(manifest)
    except FileNotFoundError as error:
        raise NotFound(
            (f"没有这个备份：{archive.name}", f"There is no backup {archive.name}"),
            ("coach backup list 列出备份。", "coach backup list shows them."),
        ) from error
    except (tarfile.TarError, ValidationError, EOFError) as error:
        raise _broken(archive, "不完整，或不是陪跑的备份", "is not whole, or no backup of ours") from error
    if wrong := {name for name, _ in told.files.items() ^ found.items()}:
        name = min(wrong)
        raise _broken(archive, f"里的 {name} 和清单对不上", f"holds another {name} than its manifest says")
    return told


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, archive: Path) -> Member:
    target = folder / member.name
    inside = not member.name.startswith("/") and ".." not in Path(member.name).parts
    if not member.isreg() or not inside or target.exists():
        raise _broken(
            archive, f"里有不该有的 {member.name[:80]}", f"holds {member.name[:80]!r}, which it must not"
        )
    source = tar.extractfile(member)
    assert source is not None
    sha256, size = hashlib.sha256(), 0
    with writing():
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            target.chmod(0o600)
            while piece := source.read(_PIECE):
                out.write(piece)
                sha256.update(piece)
                size += len(piece)
            os.fsync(out.fileno())
    return Member(sha256=sha256.hexdigest(), size=size)


def _broken(archive: Path, zh: str, en: str) -> Broken:
    return Broken(
        (f"备份 {archive.name} {zh}。", f"The backup {archive.name} {en}."),
        ("换一个备份。", "Take another backup."),
    )
