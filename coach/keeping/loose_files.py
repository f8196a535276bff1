"""Files beside the database that hold what is to be erased: recordings, handbooks of the team, exports."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Final

from coach.jobs.decoded import decoded_folder, forget_sound
from coach.keeping.blackout import Spans, blacked
from coach.settings import Settings
from coach.store.database import Database
from coach.store.recordings import find
from coach.store.tables import Job, MadeFile, Visit

_READ: Final = 64 << 20
_TEXT: Final = frozenset((".txt", ".md", ".csv", ".json", ".jsonl", ".yaml", ".yml", ".html", ".ics", ".eml"))


def erase_recordings(settings: Settings, database: Database, sha256: Iterable[str]) -> int:
    """Delete the recordings with these hashes, and their waves, unless a visit or job still names them; how many."""
    from sqlalchemy import select

    wanted = set(sha256)
    if not wanted:
        return 0
    with database.session() as session:
        used = {one for table in (Visit, Job) for one in session.scalars(select(table.sha256))}
    gone = 0
    for one in wanted - used:
        while (file := find(one, settings.recordings)) is not None:
            file.unlink()
            gone += 1
        (settings.recordings / "waves" / f"{one}.json").unlink(missing_ok=True)
    return gone


def left_by_jobs(settings: Settings, jobs: Iterable[str]) -> None:
    """Delete the decoded sound of jobs that are gone."""
    for job in jobs:
        forget_sound(decoded_folder(settings) / f"{job}.pcm")


def in_handbooks(folder: Path, spans: Spans) -> list[str]:
    """Black words out in the team's own files, older wordings too; the names of those that held them."""
    touched = []
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if not file.is_file() or file.suffix not in _TEXT:
            continue
        text = file.read_text("utf-8", "surrogateescape")
        if (after := blacked(text, spans)) != text:
            beside = file.with_name(f".{file.name}.{os.getpid()}")
            beside.write_text(after, "utf-8", "surrogateescape")
            beside.replace(file)
            touched.append(file.name)
    return touched


def erase_exports(
    database: Database, words: Spans, ids: Spans, gone: list[Path], changed: list[Path]
) -> None:
    """Delete the files that were written out of the store and hold those words or ids.

    One that somebody has changed since is theirs: it stays, and is named in `changed`.
    """
    from sqlalchemy import delete, select

    with database.session() as session:
        rows = session.scalars(select(MadeFile)).all()
        for row in rows:
            file = Path(row.path)
            if not file.is_file():
                session.execute(delete(MadeFile).where(MadeFile.id == row.id))
            elif any(_holds(text, words) or _holds(text, ids) for text in _texts(file)):
                if hashlib.sha256(file.read_bytes()).hexdigest() == row.sha256:
                    file.unlink()
                    gone.append(file)
                    session.execute(delete(MadeFile).where(MadeFile.id == row.id))
                else:
                    changed.append(file)


def note_made(database: Database, owner: str, files: Iterable[Path]) -> None:
    """Remember files that were written out of the store; of a folder every file in it."""
    listed = [one for file in files for one in ([file] if file.is_file() else sorted(file.rglob("*")))]
    with database.session() as session:
        for file in listed:
            if not file.is_file():
                continue
            sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
            session.add(MadeFile(owner=owner, path=str(file.resolve()), sha256=sha256))


def _holds(text: str, spans: Spans) -> bool:
    return any(True for _ in spans(text))


def _texts(file: Path) -> Iterator[str]:
    """What stands in a file, as far as it can be read; a packed file part by part."""
    if file.suffix in _TEXT:
        text = file.read_bytes()[:_READ].decode("utf-8", "replace")
        yield text
        if "\\u" in text:
            yield text.encode("latin-1", "replace").decode("unicode_escape", "replace")
        return
    try:
        with zipfile.ZipFile(file) as packed:
            for part in packed.infolist():
                if part.file_size < _READ:
                    yield unescape(packed.read(part).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        yield file.read_bytes()[:_READ].decode("utf-8", "replace")
