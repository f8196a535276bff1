"""The queue's rows: jobs of the store in the words of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.conversation import clock
from coach.jobs.heard import heard_so_far
from coach.jobs.progress import part_done, time_left
from coach.speech.pace import spoken
from coach.vocabulary import Language
from ui.views.queue import QueueRow
from ui.views.tone import Tone
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.jobs import StoredJob

_STEPS: Final = {
    "decode": "job_decode",
    "transcribe": "job_transcribe",
    "attribute": "job_attribute",
    "read": "job_read",
    "record": "job_record",
}
_SHOWN: Final = 200
"""Utterances of a row; a longer talk shows its newest ones."""


def queue_rows(coach: Coach, language: Language) -> list[QueueRow]:
    """Every job that is not over, in the order in which it is worked on."""
    rows = []
    ahead = 0
    for job in coach.jobs.unfinished():
        rows.append(_row(coach, job, ahead, language))
        ahead += job.state in ("running", "queued")
    return rows


def _row(coach: Coach, job: StoredJob, ahead: int, language: Language) -> QueueRow:
    side = 0 if language == "zh" else 1
    state, tone = _state(job, ahead, language)
    heard = heard_so_far(coach.jobs.kept(job.id)) if job.asked.kind == "recording" else []
    return QueueRow(
        id=job.id,
        name=job.asked.source_name,
        state=state,
        tone=tone,
        part=part_done(job),
        note=_note(job, language),
        trouble=job.error.what[side] if job.error else "",
        way_on=job.error.next[side] if job.error else "",
        heard=tuple((line.start, line.text) for line in heard[-_SHOWN:]),
        moving=job.state != "failed",
        may_retry=job.state in ("failed", "waiting"),
    )


def _state(job: StoredJob, ahead: int, language: Language) -> tuple[str, Tone]:
    match job.state:
        case "running":
            return say(_STEPS.get(job.step or "", "job_next"), language), "accent"
        case "waiting":
            return say("job_waiting", language), "warn"
        case "failed":
            return say("job_failed", language), "bad"
        case _:
            return (say("job_queued", language, n=ahead) if ahead else say("job_next", language)), ""


def _note(job: StoredJob, language: Language) -> str:
    """12:40 / 32:14, and how long it will still take."""
    if part_done(job) is None:
        return ""
    clocks = f"{clock(job.seconds_done)} / {clock(job.seconds_total or 0)}"
    left = spoken(time_left(job))[0 if language == "zh" else 1]
    return say("dot", language).join(filter(None, (clocks, left)))
