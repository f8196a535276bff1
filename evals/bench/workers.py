"""How much work is done in a minute: one worker on SQLite, then one and two on one PostgreSQL, each a real `coach worker`.

Transcripts show what the work itself costs beside reading; recordings are heard by the demo Whisper, so what they take
is the pipeline's, not that of a model one would use.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from evals.postgres import own_postgres, why_not

SAMPLES: Final = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
TRANSCRIPTS: Final = 60
_PATIENCE: Final = 600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What a number of workers did: transcripts a minute, and seconds of sound a second."""

    transcripts: float
    sound: float


def bench_workers() -> None:
    """Print the figures; nothing is asserted."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="what is queued, done by")
    for column in ("", "transcripts a minute", "sound, times as fast as spoken"):
        table.add_column(column, justify="right" if column else "left")
    with TemporaryDirectory() as name, ExitStack() as open_:
        folder = Path(name)
        rows = {"1 worker, SQLite": pace(folder / "sqlite", 1)}
        if reason := why_not():
            Console(stderr=True).print(reason)
        else:
            server = open_.enter_context(own_postgres({"fsync": "on", "synchronous_commit": "on"}))
            for many in (1, 2):
                rows[f"{many} on PostgreSQL"] = pace(folder / f"shared{many}", many, server.fresh())
    for what, one in rows.items():
        table.add_row(what, f"{one.transcripts:.0f}", f"{one.sound:.1f}")
    Console().print(table)
    Console().print(f"{os.cpu_count()} cores, {TRANSCRIPTS} transcripts, the sample recordings, demo Whisper")


def pace(home: Path, workers: int, database: str = "") -> Pace:
    """What so many workers do with what is put in while they stand ready."""
    files = home.with_name(f"{home.name}-files")
    files.mkdir(parents=True)
    with ExitStack() as at_work:
        for number in range(workers):
            at_work.enter_context(_worker(home, database, files / f"{number}.log"))
        transcripts = _seconds(home, database, list(_transcripts(files)))
        recordings = sorted(SAMPLES.glob("*.ogg"))
        sound = _seconds(home, database, recordings)
        heard = _heard(home, database)
    return Pace(60 * TRANSCRIPTS / transcripts, heard / sound)


@contextmanager
def _worker(home: Path, database: str, log: Path) -> Iterator[None]:
    """A worker that stands ready."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    environment |= {"COACH_HOME": str(home), "COACH_ENGINE": "offline", "COACH_WHISPER_DEVICE": "cpu"}
    environment |= {"COACH_DATABASE_URL": database, "COACH_LANGUAGE": "en"}
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", "from coach.cli import main; main()", "worker"],
            env=environment,
            stderr=said,
        )
    try:
        until = time.monotonic() + 120
        while "at work" not in log.read_text("utf-8"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text("utf-8")[-2000:])
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _transcripts(folder: Path) -> Iterator[Path]:
    """Sample transcripts, each with a line of its own: other bytes.."""
    samples = sorted(SAMPLES.glob("*.txt"))
    for number in range(TRANSCRIPTS):
        file = folder / f"{number}.txt"
        shutil.copy(samples[number % len(samples)], file)
        with file.open("a", encoding="utf-8") as out:
            out.write(f"客户: 第 {number} 次。\n")
        yield file


def _seconds(home: Path, database: str, files: list[Path]) -> float:
    """How long it takes until all of these are visits."""
    from coach.app import open_coach
    from coach.jobs.intake import take_in
    from coach.settings import Settings

    coach = open_coach(Settings(home=home, database_url=database))
    try:
        began = time.monotonic()
        ids = {take_in(coach.jobs, coach.settings, file, consent="bench")[0].id for file in files}
        while time.monotonic() - began < _PATIENCE:
            states = {job.state for job in coach.jobs.newest(10_000) if job.id in ids}
            if states == {"done"}:
                return time.monotonic() - began
            if states & {"failed", "waiting"}:
                raise RuntimeError(f"a job is {states}")
            time.sleep(0.1)
        raise RuntimeError("it takes too long")
    finally:
        coach.database.close()


def _heard(home: Path, database: str) -> float:
    """Seconds of sound that were heard."""
    from coach.app import open_coach
    from coach.settings import Settings

    coach = open_coach(Settings(home=home, database_url=database))
    try:
        return sum(stored.visit.seconds or 0.0 for stored in coach.visits.newest(10_000))
    finally:
        coach.database.close()
