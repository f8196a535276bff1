"""The loudness of a recording along its time, for the player's wave; a cache that may be thrown away."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BARS: Final = 150
_BLOCK: Final = 1 << 20


def keep_wave(recordings: Path, recording: Path, samples: NDArray[np.int16]) -> None:
    """Work the wave out of the decoded sound, (n, channels), and keep it beside the recordings.

    A wave that cannot be kept is done without.
    """
    import numpy as np

    file = _file(recordings, recording)
    if file.exists():
        return
    edges = np.linspace(0, len(samples), BARS + 1).astype(int)
    peaks = np.array([_mean_peak(samples[first:last]) for first, last in pairwise(edges)])
    top = float(peaks.max()) or 1.0
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([round(float(peak) / top, 3) for peak in peaks]), "utf-8")
    except OSError:
        file.unlink(missing_ok=True)


def wave_of(recordings: Path, recording: Path) -> tuple[float, ...]:
    """The kept wave, 0..1 a bar; empty when there is none."""
    try:
        kept = json.loads(_file(recordings, recording).read_text("utf-8"))
        return tuple(float(one) for one in kept)
    except (OSError, ValueError, TypeError):
        return ()


def _mean_peak(part: NDArray[np.int16]) -> float:
    """Mean over the loudest channel, in blocks: hours of sound stay on disk."""
    import numpy as np

    total = 0.0
    for first in range(0, len(part), _BLOCK):
        total += float(np.abs(part[first : first + _BLOCK].astype(np.float32)).max(axis=1).sum())
    return total / len(part) if len(part) else 0.0


def _file(recordings: Path, recording: Path) -> Path:
    return recordings / "waves" / f"{recording.stem}.json"
