"""Small recordings for the tests, made on the spot."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from coach.settings import Settings
from coach.speech.door import open_conversation
from coach.speech.models import DEMO
from coach.speech.recording import Heard
from evals.speech.encode import RATE, Format, encode
from evals.speech.synthesize import SAMPLES


@cache
def heard(name: str) -> Heard:
    """A shipped visit as the demo model hears it; once for all tests."""
    return open_conversation(SAMPLES / f"{name}.ogg", settings=Settings(home=Path("/"), whisper_model=DEMO))


def tone(seconds: float, *, hertz: float = 220.0, channels: int = 1) -> NDArray[np.int16]:
    """A steady tone, (n, channels)."""
    wave = 8000 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)
    return np.repeat(wave.astype(np.int16)[:, None], channels, axis=1)


def write(
    path: Path, samples: NDArray[np.int16], *, container: str = "wav", codec: str = "pcm_s16le"
) -> Path:
    """Write samples with PyAV; the container need not fit the file's name."""
    return encode(path, samples, Format(codec, container, codec, path.suffix))


def write_silent_film(path: Path) -> Path:
    """A video without a sound track."""
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for number in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 5)
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)
    return path
