"""Three hours of talk through the door: the greatest memory, the time, and that pieces come on the way.

The recording is the shipped visits over and over, so that the demo model has something to understand.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np

MOST_MB: Final = 1536
"""What the process that listens may take at its peak."""


@dataclass(frozen=True, slots=True)
class LongRun:
    """What listening took: `first_piece` is when the first slice could be read, `turns` how much was heard."""

    seconds_of_sound: float
    seconds: float
    first_piece: float
    pieces: int
    turns: int
    peak_mb: int
    child_peak_mb: int


def bench_long(hours: float = 3.0) -> LongRun:
    """Write the recording, hear it in a process of its own, print and return what that took."""
    from rich.console import Console

    with TemporaryDirectory() as folder:
        file = Path(folder, "long.ogg")
        write_long(file, hours)
        command = [sys.executable, "-m", "evals.bench.long_recording", str(file)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    run = LongRun(**json.loads(done.stdout.splitlines()[-1]))
    out = Console()
    out.print(f"录音 · sound: {run.seconds_of_sound / 3600:.2f} h, {run.pieces} slices, {run.turns} turns")
    out.print(f"用时 · took: {run.seconds:.0f} s ({run.seconds / run.seconds_of_sound:.3f} × real time)")
    out.print(f"第一片可读 · first piece after: {run.first_piece:.0f} s")
    verdict = "✓" if run.peak_mb <= MOST_MB else "✗"
    out.print(
        f"内存峰值 · peak memory: {run.peak_mb} MB + {run.child_peak_mb} MB decoder (≤ {MOST_MB}: {verdict})"
    )
    return run


def write_long(file: Path, hours: float) -> None:
    """The Chinese mono visits again and again as ogg/opus, written piece by piece."""
    import av

    from coach.speech.decode import decode
    from evals.speech.encode import RATE
    from evals.speech.pool import read_pool
    from evals.speech.synthesize import SAMPLES

    names = [visit.name for visit in read_pool() if visit.language == "zh"]
    visits = [decode(SAMPLES / f"{name}.ogg") for name in names]
    left = int(hours * 3600 * RATE)
    with av.open(str(file), "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = 24_000
        number = 0
        while left > 0:
            samples = visits[number % len(visits)].samples[:left].astype(np.int32).sum(axis=1)
            packed = samples.clip(-32768, 32767).astype(np.int16).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="mono")
            frame.sample_rate = RATE
            out.mux(stream.encode(frame))
            left -= len(samples)
            number += 1
        out.mux(stream.encode(None))


def hear(file: Path) -> LongRun:
    """Hear the file in this process with the demo model."""
    from coach.settings import Settings
    from coach.speech.hearing import Hearing
    from coach.speech.models import DEMO

    began = time.perf_counter()
    moments: list[float] = []
    hearing = Hearing(file, Settings(whisper_model=DEMO))
    heard = hearing.whole(on_piece=lambda _: moments.append(time.perf_counter() - began))
    own, child = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return LongRun(
        heard.duration or 0.0,
        time.perf_counter() - began,
        moments[0],
        len(moments),
        len(heard.conversation.turns),
        own >> 10,
        child >> 10,
    )


if __name__ == "__main__":
    print(json.dumps(asdict(hear(Path(sys.argv[1])))))
