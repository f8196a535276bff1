"""How far a job is and how long it will still take, from its row alone."""

from __future__ import annotations

import datetime as dt
from typing import Final

from coach.speech.pace import EARLIEST
from coach.store.jobs import StoredJob
from coach.store.tables import now

STEPS: Final = ("decode", "transcribe", "attribute", "read", "record")


LEAST_HEARD: Final = 15.0
"""Seconds of sound before which the pace is a guess: the first window takes longest."""


def part_done(job: StoredJob) -> float | None:
    """Share of the listening that is done, 0 to 1; None where nothing is listened to now."""
    if job.state == "done":
        return 1.0
    if job.state != "running" or job.step != "transcribe" or not job.seconds_total:
        return None
    return min(1.0, job.seconds_done / job.seconds_total)


def time_left(job: StoredJob, at: dt.datetime | None = None) -> float | None:
    """Seconds until the listening is over, by the pace since this process took the job up; None when unknown.

    `at` is now, in UTC without a zone.
    """
    if job.state != "running" or job.step != "transcribe" or job.step_at is None or not job.seconds_total:
        return None
    # Measured when progress was last written: between two writes the estimate stands still instead of growing.
    took = (job.updated_at - job.step_at).total_seconds()
    heard = job.seconds_done - job.seconds_before
    if took < EARLIEST or heard < LEAST_HEARD:
        return None
    waited = ((at or now()) - job.updated_at).total_seconds()
    return max(0.0, (job.seconds_total - job.seconds_done) * took / heard - max(0.0, waited))
