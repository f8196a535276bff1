"""Jobs as people and scripts read them on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from coach.conversation import clock
from coach.errors import Words
from coach.jobs.progress import part_done, time_left
from coach.speech.pace import spoken
from coach.vocabulary import Language

if TYPE_CHECKING:
    from coach.speech.listen import Line
    from coach.store.jobs import StoredJob

STATES: Final[dict[str, Words]] = {
    "queued": ("排队", "queued"),
    "running": ("在做", "running"),
    "waiting": ("等着", "waiting"),
    "done": ("做完", "done"),
    "failed": ("没做成", "failed"),
    "cancelled": ("已取消", "cancelled"),
}
STEPS: Final[dict[str, Words]] = {
    "decode": ("解码", "decoding"),
    "transcribe": ("听写", "transcribing"),
    "attribute": ("分清谁在说", "telling speakers apart"),
    "read": ("整理五动作", "reading the five actions"),
    "record": ("存记录", "storing the record"),
}


def as_object(job: StoredJob, language: Language) -> dict[str, object]:
    """The contract of `coach jobs … --json`; seconds are of sound, `time_left` is seconds of waiting."""
    trouble = job.error
    left = time_left(job)
    return {
        "id": job.id,
        "file": job.asked.source_name,
        "kind": job.asked.kind,
        "state": job.state,
        "step": job.step if job.state == "running" else None,
        "priority": job.asked.priority,
        "part": part_done(job),
        "seconds_done": job.seconds_done,
        "seconds_total": job.seconds_total,
        "time_left": None if left is None else round(left),
        "visit": job.visit_id,
        "error": trouble
        and {
            "code": trouble.code,
            "message": _of(trouble.what, language),
            "next": _of(trouble.next, language),
        },
        "created_at": job.created_at.isoformat(timespec="seconds") + "Z",
    }


def one_line(job: StoredJob, language: Language) -> str:
    """Id, state, file, and what there is to say about it."""
    return "  ".join(
        filter(None, (job.id[:8], how(job, language), job.asked.source_name, why(job, language)))
    )


def how(job: StoredJob, language: Language) -> str:
    """The state, while it runs with its step, how far, and the time left."""
    state = _of(STATES[job.state], language)
    if job.state != "running" or job.step is None:
        return state
    words = [_of(STEPS[job.step], language)]
    if part_done(job) is not None:
        words.append(f"{clock(job.seconds_done)} / {clock(job.seconds_total or 0)}")
    if left := _of(spoken(time_left(job)), language):
        words.append(left)
    return " ".join(words)


def why(job: StoredJob, language: Language) -> str:
    """What went wrong and the way on; empty when nothing did."""
    if job.error is None or job.state not in ("waiting", "failed"):
        return ""
    way_on = _of(job.error.next, language)
    return _of(job.error.what, language) + (f" → {way_on}" if way_on else "")


def table(jobs: Sequence[StoredJob], language: Language) -> None:
    """Jobs one below the other."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = Table(box=None, pad_edge=False)
    heads = ("编号", "文件", "状态", "说明") if language == "zh" else ("id", "file", "state", "note")
    for head in heads:
        rows.add_column(head, overflow="fold")
    for job in jobs:
        rows.add_row(job.id[:8], *map(Text, (job.asked.source_name, how(job, language), why(job, language))))
    if not jobs:
        rows.add_row("–", "没有在排队的。" if language == "zh" else "Nothing is queued.", "", "")
    Console(highlight=False).print(rows)


def page(job: StoredJob, heard: Sequence[Line], language: Language) -> None:
    """One job, then what was heard until now."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(one_line(job, language))
    if job.visit_id:
        console.print(f"{'拜访' if language == 'zh' else 'visit'}: {job.visit_id}")
    for line in heard:
        console.print(f"[{clock(line.start)}] {line.text}")


def _of(words: Words, language: Language) -> str:
    return words[0 if language == "zh" else 1]
