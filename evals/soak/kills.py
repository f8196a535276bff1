"""kill -9 at every step and at any moment: each recording becomes one visit, nothing twice, nothing lost.

What must come out is known: the same files, worked on in one go in a home of their own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import tempfile
import time
import wave
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from evals.soak import Report
from evals.soak.lives import life

SAMPLES: Final = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
SECONDS: Final = 26
"""Length of the recordings: the shortest that has several slices."""
LONGEST_LIFE: Final = 2.0
"""Seconds within which a life is killed; whatever step it has reached."""
PATIENCE: Final = 120.0
"""Seconds after which a life that should end by itself counts as hanging."""

Moment = tuple[str, str]


def run(rounds: int, seed: int, *, every_step: bool = True) -> Report:
    """Kill at every step (unless told not to), then `rounds` times at random; a fault is a broken promise."""
    began = time.monotonic()
    faults: list[str] = []
    figures: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trial = Trial(folder, seed)
        if every_step:
            faults += trial.every_step(figures)
        faults += trial.at_random(rounds, figures)
    return Report("kills", rounds, seed, time.monotonic() - began, tuple(faults), dict(figures))


class Trial:
    """Files, homes and diaries of one trial."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)
        self.expected: dict[str, str] = {}
        self.steps: dict[str, list[Moment]] = {}
        self.database = ""
        """Address of the PostgreSQL that is tried; empty: every home has its SQLite file."""

    def every_step(self, figures: Counter[str]) -> list[str]:
        """One recording whose worker dies as each step begins and right after its result is kept."""
        home, diary = self.folder / "steps", self.folder / "steps.diary"
        file = self.recording(0)
        self._add(home, file)
        faults = []
        for moment in self.steps[file.name]:
            ended = self._live(home, diary, moment)
            figures["lives"] += 1
            if ended != -signal.SIGKILL:
                faults.append(f"the worker did not die at {moment}: it ended with {ended}")
            faults += [f"killed at {moment}: {fault}" for fault in half_way(home)]
            figures["kills at a step"] += 1
        figures["lives"] += 1
        if (ended := self._live(home, diary, None)) != 0:
            faults.append(f"the last worker ended with {ended}")
        return faults + self.over(home, diary, [file])

    def at_random(self, rounds: int, figures: Counter[str]) -> list[str]:
        """Files keep coming; whoever adds them and whoever works on them is killed at any moment."""
        home, diary = self.folder / "random", self.folder / "random.diary"
        faults: list[str] = []
        told: set[str] = set()
        """What stays wrong is told once."""
        files: list[Path] = []
        for number in range(rounds):
            if number % 3 == 0:
                files.append(
                    self.recording(len(files)) if len(files) % 3 == 0 else self.transcript(len(files))
                )
                # Once where everything is there, once where the database itself is only being made.
                for place in (home, self.folder / f"fresh {number}"):
                    with life("adding", place, files[-1]) as pid:
                        time.sleep(self.chance.uniform(0.0, 0.4))
                        os.kill(pid, signal.SIGKILL)
                    figures["adding was killed"] += 1
                    self._add(place, files[-1])
                    faults += [f"round {number}, adding: {fault}" for fault in _anew(half_way(place), told)]
            if self.chance.random() < 0.2:
                # The queue's own file holds nothing that SQL does not know.
                for file in home.glob("queue.db*"):
                    file.unlink()
                figures["queue file lost"] += 1
            with life("worker", home, diary, None) as pid:
                time.sleep(self.chance.uniform(0.05, LONGEST_LIFE))
                os.kill(pid, signal.SIGKILL)
            figures["working was killed"] += 1
            figures[f"killed {reached(diary)}"] += 1
            figures["lives"] += 3 if number % 3 == 0 else 1
            faults += [f"round {number}: {fault}" for fault in _anew(half_way(home), told)]
        figures["lives"] += 1
        if (ended := self._live(home, diary, None)) != 0:
            faults.append(f"the last worker ended with {ended}")
        figures["files"] += len(files)
        return faults + self.over(home, diary, files)

    def over(self, home: Path, diary: Path, files: list[Path]) -> list[str]:
        """What is wrong at the end: it must look as if nobody had ever been killed."""
        faults = list(half_way(home, self.database)) + list(twice(diary))
        found = transcripts(home, self.database)
        for file in files:
            if (got := found.pop(_hash(file), None)) != (wanted := self.expected[file.name]):
                faults.append(f"{file.name}: {wanted!r} became {got!r}")
        faults += [f"a visit that nobody asked for: {sha256}" for sha256 in found]
        faults += [f"left behind: {path}" for path in left_behind(home)]
        return faults

    def recording(self, number: int) -> Path:
        """The beginning of a sample recording, each another length: other bytes.

        The demo model refuses where the cuts leave it too little that it knows; then the next sample serves.
        """
        from coach.speech.decode import decode
        from coach.speech.recording import RATE

        samples = sorted(SAMPLES.glob("*.ogg"))
        for turn in range(len(samples)):
            file = self.folder / f"{number}.wav"
            sound = decode(samples[(number // 3 + turn) % len(samples)])
            beginning = sound.samples[: int((SECONDS + number / 100) * RATE)]
            with wave.open(str(file), "wb") as out:
                out.setnchannels(beginning.shape[1])
                out.setsampwidth(2)
                out.setframerate(RATE)
                out.writeframes(beginning.tobytes())
            if self._expect(file):
                return file
        raise RuntimeError("the demo model understands no beginning of any sample")

    def transcript(self, number: int) -> Path:
        """A sample transcript with one more line: other bytes."""
        names = sorted(path.name for path in SAMPLES.glob("*.txt"))
        file = self.folder / f"{number}.txt"
        words = (SAMPLES / names[number % len(names)]).read_text("utf-8")
        file.write_text(f"{words}客户: 第 {number} 次。\n", "utf-8")
        if not self._expect(file):
            raise RuntimeError(f"{file.name} does not come out undisturbed")
        return file

    def _expect(self, file: Path) -> bool:
        """What becomes of a file when nobody is killed, and by which steps; whether anything does."""
        home, diary = self.folder / "expected", self.folder / f"{file.name}.diary"
        self._add(home, file)
        ended = self._live(home, diary, None)
        if ended != 0:
            raise RuntimeError(f"{file.name}: undisturbed, the worker ended with {ended}")
        found = transcripts(home).get(_hash(file))
        if found is not None:
            self.expected[file.name] = found
            self.steps[file.name] = [(step, when) for _, step, when in written(diary)]
        shutil.rmtree(home)
        diary.unlink()
        return found is not None

    def _add(self, home: Path, file: Path) -> None:
        with life("adding", home, file) as pid:
            if _ended(pid) != 0:
                raise RuntimeError(f"{file.name} could not be added")

    def _live(self, home: Path, diary: Path, die_at: Moment | None) -> int:
        with life("worker", home, diary, die_at) as pid:
            return _ended(pid)


def _anew(found: Iterable[str], told: set[str]) -> list[str]:
    """Of the faults found those that were not told before."""
    new = [fault for fault in found if fault not in told]
    told.update(new)
    return new


def half_way(home: Path, database_url: str = "") -> Iterator[str]:
    """What must hold at any moment, however the last worker ended."""
    from sqlalchemy import text

    from coach.settings import Settings
    from coach.store.database import Database

    database = Database(Settings(home=home, database_url=database_url).database)
    asked = {
        "a visit without its record": "select id from visit where id not in (select visit_id from record)",
        "a record twice": "select visit_id from record group by visit_id having count(*) > 1",
        "the same bytes twice": "select sha256 from visit group by owner, sha256 having count(*) > 1",
        "a job twice": "select sha256 from job group by owner, sha256 having count(*) > 1",
        "a finished job without its visit": "select id from job where state = 'done' and visit_id is null",
        "a job in trouble": "select error from job where state in ('failed', 'waiting', 'cancelled')",
    }
    with database.session() as session:
        for fault, query in asked.items():
            for row in session.execute(text(query)):
                yield f"{fault}: {row[0]}"
        for row in session.execute(text("select sha256 from job")):
            kept = list((home / "recordings").glob(f"{row[0]}.*"))
            if len(kept) != 1 or _hash(kept[0]) != row[0]:
                yield f"the stored bytes of {row[0]} are not whole"
    database.close()


def written(diary: Path) -> list[tuple[str, str, str]]:
    """What lives wrote into a diary: job, step, begins or done."""
    lines = diary.read_text("utf-8").splitlines() if diary.exists() else []
    return [(job, step, when) for job, step, when in map(json.loads, lines)]


def reached(diary: Path) -> str:
    """The last thing that was written into a diary: where a random kill fell."""
    lines = written(diary)
    if not lines:
        return "before any step"
    _, step, when = lines[-1]
    return f"after {step.split()[0]} {when}"


def twice(diary: Path) -> Iterator[str]:
    """Steps that were begun again after their result was kept."""
    done: set[tuple[str, str]] = set()
    for job, step, when in written(diary):
        if (job, step) in done:
            yield f"{step} {when} after it was done"
        if when == "done":
            done.add((job, step))


def transcripts(home: Path, database_url: str = "") -> dict[str, str]:
    """What is stored of each visit, by its hash: the words, and how many entries the record has."""
    from coach.app import open_coach
    from coach.settings import Settings
    from coach.visits.record import FIELDS

    coach = open_coach(Settings(home=home, database_url=database_url))
    found = {}
    for stored in coach.visits.newest(10_000):
        entries = [len(stored.machine[field]) for field in FIELDS]
        found[stored.visit.sha256] = f"{stored.visit.transcript}{entries}"
    coach.database.close()
    return found


def left_behind(home: Path) -> Iterator[Path]:
    """Files of work that is over."""
    yield from (home / "decoded").glob("*")
    yield from (home / "recordings").glob("*.half")


def _hash(file: Path) -> str:
    from coach.store.recordings import sha256_of

    return sha256_of(file)


def _ended(pid: int) -> int:
    """How a life ended: its exit code, or minus the signal that killed it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return 124
