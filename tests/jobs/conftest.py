"""A coach of its own for each test, files to work on, and the steps one after another in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach.app import Coach, open_coach
from coach.jobs.intake import take_in
from coach.jobs.work import Told, Work, directly
from coach.settings import Settings
from coach.store.jobs import StoredJob

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
SLICE = 30.0
"""Seconds of a slice here: the samples have several."""


@pytest.fixture
def coach(settings: Settings) -> Coach:
    return open_coach(settings.model_copy(update={"whisper_device": "cpu"}))


@pytest.fixture
def transcript() -> Path:
    return SAMPLES / "zh-food-packing.txt"


@pytest.fixture
def recording() -> Path:
    return SAMPLES / "zh-bakery-chain.ogg"


@pytest.fixture
def add(coach: Coach) -> Callable[..., StoredJob]:
    """Store and queue a file."""

    def add(file: Path, **asked: Any) -> StoredJob:
        return take_in(coach.jobs, coach.settings, file, consent="测试", **asked)[0]

    return add


def work_off(coach: Coach, job: StoredJob, told: Told | None = None) -> StoredJob:
    """All steps of a job in this process; the job afterwards."""
    work = Work(coach.settings, coach.database, lambda: coach.engine, longest=SLICE, told=told)
    work.through(job.id, coach.jobs.load(job.id).attempt, directly)
    return coach.jobs.load(job.id)
