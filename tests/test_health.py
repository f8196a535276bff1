"""`coach doctor` tells a fresh home from a broken one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coach.app import Coach
from coach.health import HealthCheck, examine
from coach.settings import Settings
from coach.speech.models import DEMO_FOLDER
from coach.store.database import NEWEST


def _by_name(settings: Settings) -> dict[str, HealthCheck]:
    return {check.name: check for check in examine(Coach(settings))}


def test_a_fresh_home_has_notes_and_no_faults(settings: Settings) -> None:
    checks = _by_name(settings)
    assert {check.status for check in checks.values()} == {"ok", "note"}
    assert checks["engine"].message[1].startswith("offline/")
    assert checks["whisper"].status == checks["endpoint"].status == checks["index"].status == "note"
    assert "demo" in checks["whisper"].message[1]
    assert not settings.home.exists(), "looking changes nothing"


def test_database_and_index_are_named_once_they_are_there(settings: Settings) -> None:
    coach = Coach(settings)
    assert coach.visits.newest() == []
    coach.library.build()
    checks = _by_name(settings)
    assert checks["database"].status == checks["index"].status == checks["home"].status == "ok"
    assert (NEWEST or "") in checks["database"].message[1]


def test_recordings_that_nobody_works_on_are_noted(settings: Settings, tmp_path: Path) -> None:
    from coach.jobs.intake import take_in

    talk = tmp_path / "talk.txt"
    talk.write_text("销售：您好。\n客户：先放这儿吧。\n", encoding="utf-8")
    coach = Coach(settings)
    job, _ = take_in(coach.jobs, coach.settings, talk, consent="test")
    check = _by_name(settings)["jobs"]
    assert check.status == "note"
    assert "coach worker" in check.fix[1]
    coach.jobs.cancel(job.id)
    assert _by_name(settings)["jobs"].status == "ok"


def test_a_damaged_whisper_model_is_broken_and_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    shutil.copytree(DEMO_FOLDER, folder)
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:-1])
    check = _by_name(settings.model_copy(update={"whisper_model": str(folder)}))["whisper"]
    assert check.status == "broken"
    assert "coach models pull" in check.fix[1]


def test_an_endpoint_that_does_not_answer_is_broken(settings: Settings) -> None:
    there = settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "m"})
    assert _by_name(there)["endpoint"].status == "broken"


@pytest.mark.parametrize(("model", "code"), [("", 0), ("no-such-model", 1)])
def test_the_command_prints_one_object_and_its_exit_code_tells(
    command_environment: dict[str, str], model: str, code: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from coach.cli import main; main()", "doctor", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={**command_environment, "COACH_WHISPER_MODEL": model},
    )
    assert done.returncode == code, done.stderr
    told = json.loads(done.stdout)
    assert told["ok"] is (code == 0)
    assert {"name", "status", "message", "fix"} == told["checks"][0].keys()
