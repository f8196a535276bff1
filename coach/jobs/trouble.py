"""Why a job stands still, in words that its page can show."""

from __future__ import annotations

from pathlib import Path

from coach.errors import Broken, CoachError, Words
from coach.store.jobs import StoredJob, Trouble


def trouble_of(error: CoachError, stored: Path | None, job: StoredJob) -> Trouble:
    """What to say: people know the file by the name that it came with, not by its hash."""

    def named(words: Words) -> Words:
        if stored is None:
            return words
        zh, en = (each.replace(stored.name, job.asked.source_name) for each in words)
        return zh, en

    return Trouble(error.code, named(error.what), named(error.next))


def kills_workers(starts: int) -> Broken:
    """A job whose steps were begun again and again without one being finished."""
    return Broken(
        (
            f"这个文件连着 {starts} 次让后台工作中断，先停下来。",
            f"This file ended the worker {starts} times in a row; it is left alone for now.",
        ),
        (
            "看一眼内存和日志，再点重试；录音还在。",
            "Look at the memory and the log, then retry; the recording is kept.",
        ),
    )


def fault_of_ours(error: Exception) -> Broken:
    """Something that nobody foresaw."""
    what = f"{type(error).__name__}: {error}"
    return Broken(
        (f"这一步出了程序错误：{what}", f"A fault of ours in this step: {what}"),
        ("录音还在，可以重试；再出错请把日志发给我们。", "The recording is kept; retry, or send us the log."),
    )
