"""Thousands of spoiled recordings through the decoder: each is decoded or refused in a sentence, and nothing else.

Every file gets a process of its own with the product's own limits, as in the product; to save the third of a second
that a new Python takes, that process is forked from one that has loaded the decoder. Every fiftieth file also goes the
whole way, through `decode` and a new Python, and must come to the same end.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from coach.errors import BadRecording, CoachError
from coach.speech.decode import TELLS, Ending, admit, decode, verdict
from coach.speech.decode_child import MEMORY
from evals.soak import Report
from evals.soak.mutants import mutants, sound_ones

MINUTES: Final = 2
"""Longest recording that is let in here."""
PATIENCE: Final = 20
"""Seconds after which a child counts as hanging."""
EVERY: Final = 50
"""Each so-manieth file goes the whole way too."""


def run(rounds: int, seed: int) -> Report:
    """Decode `rounds` mutants; a fault is an end that is neither sound nor a sentence, or memory over the cap."""
    began = time.monotonic()
    faults: list[str] = []
    ends: Counter[str] = Counter()
    largest = 0
    with tempfile.TemporaryDirectory() as name, _nursery() as nursery:
        folder = Path(name)
        whole = sound_ones(folder)
        for number, (what, content) in enumerate(mutants(whole, rounds, seed)):
            file = folder / "mutant"
            file.write_bytes(content)
            ending, peak, pcm = nursery.decode(file)
            largest = max(largest, peak)
            end = _end(file, ending, pcm)
            ends[end.split(":")[0]] += 1
            if end.startswith("fault"):
                faults.append(f"{what}: {end}")
            if peak > MEMORY:
                faults.append(f"{what}: {peak >> 20} MB")
            if number % EVERY == 0 and (other := _whole_way(file)) != end:
                faults.append(f"{what}: {end} when forked, {other} on the whole way")
    figures: dict[str, str | int | float] = {
        "largest child MB": largest >> 20,
        "cap MB": MEMORY >> 20,
        **dict(sorted(ends.items())),
    }
    return Report("fuzz", rounds, seed, time.monotonic() - began, tuple(faults), figures)


def _end(file: Path, ending: Ending | None, pcm: int) -> str:
    """What the product makes of it: "decoded", "refused: …", or "fault: …"."""
    try:
        admit(file, 1024)
        if ending is None:
            return "fault: an unknown format went to the decoder"
        report = verdict(ending, MINUTES)
        if pcm < 2 * int(report["channels"]):
            return "refused: no sound"
        return "decoded"
    except BadRecording as error:
        return f"refused: {error.message('en')}" if error.message("zh") else "fault: no words"
    except Exception as error:
        return f"fault: {error!r}"


def _whole_way(file: Path) -> str:
    try:
        sound = decode(file, max_minutes=MINUTES)
        return "decoded" if len(sound.samples) else "fault: empty sound"
    except BadRecording as error:
        message = error.message("en")
        return "refused: no sound" if message == "The recording holds no sound." else f"refused: {message}"
    except CoachError as error:
        return f"fault: {error!r}"


class Nursery:
    """A process that has the decoder loaded and forks a child for each file that it is told."""

    def __init__(self, orders: IO[bytes], answers: IO[bytes], folder: Path) -> None:
        self._orders, self._answers, self._folder = orders, answers, folder

    def decode(self, file: Path) -> tuple[Ending | None, int, int]:
        """(how the child ended, its peak memory in bytes, bytes of PCM); no ending for what no decoder knows."""
        try:
            kind = admit(file, 1024)
        except BadRecording:
            return None, 0, 0
        pcm, said = self._folder / "pcm", self._folder / "said"
        order = json.dumps([kind, str(MINUTES * 60), str(file), str(pcm), str(said)])
        self._orders.write(order.encode() + b"\n")
        self._orders.flush()
        code, peak = struct.unpack("<iq", self._answers.read(12))
        words = said.read_bytes()[-TELLS:]
        return Ending(code, words), peak, pcm.stat().st_size


@contextmanager
def _nursery() -> Iterator[Nursery]:
    command = [sys.executable, "-m", "evals.soak.fuzz"]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Nursery(process.stdin, process.stdout, Path(folder))
        finally:
            process.stdin.close()
            process.wait(30)
            process.stdout.close()


def _serve() -> None:
    """The nursery itself: an order a line on stdin, (exit code, peak bytes) on stdout."""
    import signal

    import av  # noqa: F401 - loaded here once, used by every child

    from coach.speech import decode_child

    for line in sys.stdin.buffer:
        kind, seconds, file, pcm, said = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                signal.alarm(PATIENCE)
                os.dup2(os.open(file, os.O_RDONLY), 0)
                os.dup2(os.open(pcm, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
                os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
                os.lseek(0, 0, os.SEEK_SET)
                sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
                code = decode_child.main([kind, seconds])
                sys.stdout.flush()
                sys.stderr.flush()
            except BaseException:
                code = 70
            os._exit(code)
        _, status, usage = os.wait4(child, 0)
        sys.stdout.buffer.write(struct.pack("<iq", os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
