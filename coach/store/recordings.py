"""The folder of recordings: bytes first, named by their SHA-256, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from coach.errors import CoachError


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(path: Path, folder: Path) -> Path:
    """Copy a recording or transcript into the folder under its hash; the same bytes twice are one file."""
    target = folder / (sha256_of(path) + path.suffix.lower())
    if target.exists():
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".arriving-", delete=False) as arriving:
            with path.open("rb") as source:
                shutil.copyfileobj(source, arriving)
            arriving.flush()
            os.fsync(arriving.fileno())
        Path(arriving.name).replace(target)
    except OSError as error:
        raise CoachError(
            (f"录音存不下来：{error.strerror}。", f"The recording could not be stored: {error.strerror}."),
            (
                "腾出空间或检查文件夹权限，再传一次。",
                "Free some space or check the folder's rights, then upload again.",
            ),
        ) from error
    return target


def find(sha256: str, folder: Path) -> Path | None:
    """The stored file with this hash, None when it is not kept here."""
    return next(iter(folder.glob(f"{sha256}.*")), None) or next(iter(folder.glob(sha256)), None)
