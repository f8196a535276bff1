"""Decoded sound between the steps: plain PCM on disk, so that a job that goes on need not decode again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from coach.settings import Settings
from coach.store.disk import writing

if TYPE_CHECKING:
    from coach.speech.recording import Sound

_BLOCK: Final = 1 << 22


class Decoded(BaseModel):
    """What is known of a job's decoded sound; `listener` names who is going to hear it, slice by slice."""

    model_config = ConfigDict(frozen=True)

    samples: int
    channels: int
    slices: int
    listener: str
    promised: float | None = None
    recorded: dt.date | None = None


def decoded_folder(settings: Settings) -> Path:
    """Where decoded sound lies, in files named by their job."""
    return settings.home / "decoded"


def store_sound(sound: Sound, file: Path) -> None:
    """Write the samples, whole or not at all. Raises DiskFull and DiskReadOnly."""
    half = file.with_suffix(".half")
    with writing():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with half.open("wb") as out:
                for first in range(0, len(sound.samples), _BLOCK):
                    out.write(sound.samples[first : first + _BLOCK].tobytes())
            half.replace(file)
        except OSError:
            half.unlink(missing_ok=True)
            raise


def stored_sound(decoded: Decoded, file: Path) -> Sound | None:
    """The sound on disk; None when it is not there or not whole."""
    import numpy as np

    from coach.speech.recording import Sound

    try:
        if file.stat().st_size != 2 * decoded.samples * decoded.channels:
            return None
        samples = np.memmap(file, dtype=np.int16, mode="r", shape=(decoded.samples, decoded.channels))
    except OSError:
        return None
    return Sound(samples, decoded.promised, decoded.recorded)


def forget_sound(file: Path) -> None:
    """Throw the decoded sound away; the recording itself stays."""
    for one in (file, file.with_suffix(".half")):
        one.unlink(missing_ok=True)
