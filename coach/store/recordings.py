"""The folder of recordings: bytes first, named by their SHA-256, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from coach.store.disk import writing

ARRIVING: Final = ".arriving-"
"""How the name of a file begins that is not whole yet."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, folder: Path) -> Path:
    """Copy a recording or transcript into the folder under its hash; the same bytes twice are one file."""
    target = folder / (sha256_of(path) + path.suffix.lower())
    if target.exists():
        return target
    with writing():
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=ARRIVING, delete=False) as arriving:
            try:
                with path.open("rb") as source:
                    shutil.copyfileobj(source, arriving)
                arriving.flush()
                os.fsync(arriving.fileno())
            except OSError:
                Path(arriving.name).unlink(missing_ok=True)
                raise
        Path(arriving.name).replace(target)
    return target


def sweep(folder: Path, *, older_than: float = 3600.0) -> None:
    """Throw away what processes that died left half-way in the folder, when it is older than so many seconds."""
    if not folder.is_dir():
        return
    for half in folder.glob(f"{ARRIVING}*"):
        try:
            if time.time() - half.stat().st_mtime > older_than:
                half.unlink()
        except OSError:  # another worker was faster, or the folder takes no writing: the next sweep will do
            continue


def find(sha256: str, folder: Path) -> Path | None:
    """The stored file with this hash, None when it is not kept here."""
    return next(iter(folder.glob(f"{sha256}.*")), None) or next(iter(folder.glob(sha256)), None)
