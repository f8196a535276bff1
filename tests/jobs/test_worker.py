"""The worker as people run it: processes of their own, cut off, replaced, their queue's file lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach.app import open_coach
from coach.cli import build
from coach.settings import Settings
from coach.store.tables import JobStep

ROOT = Path(__file__).parents[2]
COACH = [sys.executable, "-c", "from coach.cli import main; main()"]
SAMPLES = ROOT / "knowledge" / "samples" / "visits"


@pytest.fixture
def environment(command_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of the workers, and of the commands that run in this process."""
    own = {
        "COACH_WHISPER_DEVICE": "cpu",
        "COACH_LANGUAGE": "en",
        "COACH_HOME": command_environment["COACH_HOME"],
    }
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    return {**command_environment, **own}


def _jobs(*words: str | Path) -> tuple[int, list[dict[str, object]]]:
    """`coach jobs … --json`: exit code and objects."""
    result = CliRunner().invoke(build(), ["jobs", *map(str, words), "--json"])
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def _work(environment: dict[str, str]) -> str:
    """A worker that works until nothing is left; what it said."""
    done = subprocess.run(
        [*COACH, "worker", "--until-idle"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture
def started(environment: dict[str, str], tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers to be ended."""
    workers: list[subprocess.Popen[bytes]] = []
    yield workers
    for worker in workers:
        worker.kill()
        worker.wait(20)


def test_a_fault_of_ours_is_logged_without_anybodys_words(environment: dict[str, str]) -> None:
    """What pydantic says of a step that it cannot read quotes it whole."""
    _, (job,) = _jobs("add", SAMPLES / "zh-food-packing.txt")
    coach = open_coach(Settings())
    kept = {"talk": "王敏说他们只有三百万"}
    with coach.database.session() as session:
        session.add(JobStep(owner=coach.person, job_id=str(job["id"]), name="attribute", result=kept))
    coach.database.close()
    said = _work(environment)
    (line,) = [json.loads(one) for one in said.splitlines() if one.startswith("{")]
    assert (line["level"], line["fault"]) == ("error", "ValidationError")
    assert any("coach/jobs/work.py" in place for place in line["where"])
    assert "三百万" not in said
    assert "王敏" not in said


def test_jobs_are_added_worked_on_by_priority_and_listed(environment: dict[str, str], tmp_path: Path) -> None:
    files = []
    for name, priority in (("late", "low"), ("first", "high"), ("second", "normal")):
        file = tmp_path / f"{name}.txt"
        file.write_text((SAMPLES / "zh-food-packing.txt").read_text("utf-8") + f"客户: {name}\n", "utf-8")
        _, (one,) = _jobs("add", file, "--priority", priority)
        assert (one["file"], one["state"], one["priority"]) == (str(file), "queued", priority)
        files.append(file)
    code, again = _jobs("add", *files, tmp_path / "nothing.txt")
    assert code == 3
    assert [one.get("error") is None for one in again] == [True, True, True, False]
    _, listed = _jobs("list")
    assert [one["file"] for one in listed] == ["first.txt", "second.txt", "late.txt"]
    stored = [line for line in _work(environment).splitlines() if "storing" in line]
    assert [line[:8] for line in stored] == [str(one["id"])[:8] for one in listed]
    assert _jobs("list") == (0, [])
    _, done = _jobs("list", "--all")
    assert {one["state"] for one in done} == {"done"}
    code, (shown,) = _jobs("show", str(done[0]["id"])[:6])
    assert (code, shown["visit"], shown["heard"]) == (0, done[0]["visit"], [])
    assert "first.txt" in CliRunner().invoke(build(), ["jobs", "list", "--all"]).stdout


def test_a_job_that_waits_for_weights_goes_on_when_they_are_there(environment: dict[str, str]) -> None:
    file = SAMPLES / "zh-bakery-chain.ogg"
    code, (refused,) = _jobs("add", file)
    assert code == 1
    assert "consent" in str(refused["error"])
    assert _jobs("add", file, "--consent", "test")[0] == 0
    _work({**environment, "COACH_WHISPER_MODEL": "small"})
    _, (waits,) = _jobs("list")
    assert waits["state"] == "waiting"
    assert "coach models pull small" in str(waits["error"])
    # What is in the queue's own file does not matter: SQL knows what there is to do.
    left = Path(environment["COACH_HOME"]) / "decoded" / "of-a-job-that-is-over.pcm"
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"sound")
    queue = Path(environment["COACH_HOME"]) / "queue.db"
    queue.write_bytes(b"this is no database" * 1000)
    _work(environment)
    _, (done,) = _jobs("list", "--all")
    assert done["state"] == "done"
    assert queue.with_suffix(".damaged").exists()
    assert not left.exists()


def test_a_second_worker_stands_by_and_takes_over(
    environment: dict[str, str], started: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    logs = [tmp_path / "first.log", tmp_path / "second.log"]

    def start(number: int) -> subprocess.Popen[bytes]:
        with logs[number].open("wb") as log:
            started.append(subprocess.Popen([*COACH, "worker"], cwd=ROOT, env=environment, stderr=log))
        return started[-1]

    first = start(0)
    _until(lambda: "at work" in logs[0].read_text("utf-8"))
    start(1)
    _until(lambda: "standing by" in logs[1].read_text("utf-8"))
    assert _jobs("add", SAMPLES / "zh-bakery-chain.ogg", "--consent", "test")[0] == 0
    _until(lambda: "decoding: done" in logs[0].read_text("utf-8"))
    os.kill(first.pid, signal.SIGKILL)
    coach = open_coach(Settings(home=Path(environment["COACH_HOME"])))
    _until(lambda: coach.jobs.newest()[0].state == "done")
    assert "decoding" not in logs[1].read_text("utf-8"), "what was finished is not done again"
    assert len(coach.visits.newest()) == 1
    coach.database.close()


def _until(holds: object, patience: float = 90.0) -> None:
    assert callable(holds)
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
