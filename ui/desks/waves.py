"""The loudness of a recording along its time, for the player's wave; a cache that may be thrown away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.settings import Settings

BARS: Final = 150
LONGEST_MINUTES: Final = 60
"""Longer recordings get a player without a wave: decoding them twice costs more than it shows."""


def keep_wave(settings: Settings, recording: Path) -> None:
    """Work the wave out and keep it beside the recordings; a recording that is too long simply has none."""
    import numpy as np

    from coach.speech.decode import decode

    file = _file(settings, recording)
    if file.exists():
        return
    try:
        samples = decode(recording, max_minutes=LONGEST_MINUTES, max_mb=settings.max_audio_mb).samples
    except CoachError:
        return
    loud = np.abs(samples.astype(np.float32)).max(axis=1)
    peaks = np.array([part.mean() if len(part) else 0.0 for part in np.array_split(loud, BARS)])
    top = float(peaks.max()) or 1.0
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps([round(float(p) / top, 3) for p in peaks]), "utf-8")


def wave_of(settings: Settings, recording: Path) -> tuple[float, ...]:
    """The kept wave, 0..1 a bar; empty when there is none."""
    try:
        kept = json.loads(_file(settings, recording).read_text("utf-8"))
        return tuple(float(one) for one in kept)
    except (OSError, ValueError, TypeError):
        return ()


def _file(settings: Settings, recording: Path) -> Path:
    return settings.recordings / "waves" / f"{recording.stem}.json"
