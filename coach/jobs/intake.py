"""The way in: the bytes are stored under their hash before anything else happens, then there is a job for them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from coach.errors import BadInput, NotFound, Refused
from coach.privacy.consent import Agreed, agreed
from coach.settings import Settings
from coach.speech.formats import HEAD, sound_format
from coach.store.jobs import Jobs, Kind, NewJob, Priority, StoredJob
from coach.store.recordings import keep, sha256_of
from coach.vocabulary import Language


def take_in(
    jobs: Jobs,
    settings: Settings,
    path: Path,
    *,
    name: str = "",
    visited_on: dt.date | None = None,
    consent: str | Agreed = "",
    language: Language | None = None,
    deal_id: str | None = None,
    priority: Priority = "normal",
) -> tuple[StoredJob, bool]:
    """Store a file and queue it; the job, and whether there is something new to do.

    Raises NotFound, Refused for a recording that nobody agreed to, BadInput for one that is too large, DiskFull and
    DiskReadOnly. What is inside is looked at later: a broken file becomes a job that says what to do.
    """
    kind = kind_of(path)
    given = agreed(consent)
    if kind == "recording" and given is None:
        raise Refused(
            ("先写明录音征得了谁的同意。", "Say first who agreed to being recorded."),
            (
                "网页上填“谁同意了录音”，命令行用 --consent，和上次一样就用 --agreed，再来一次。",
                "Fill in who agreed (on the command line: --consent, or --agreed for the same as last time), "
                "then choose the file again.",
            ),
        )
    size = path.stat().st_size
    if size > settings.max_audio_mb << 20:
        raise BadInput(
            (
                f"文件有 {size >> 20} MB，上限是 {settings.max_audio_mb} MB。",
                f"The file has {size >> 20} MB; the limit is {settings.max_audio_mb} MB.",
            ),
            (
                "转成 16 kHz 单声道的 opus 或 m4a 再试，或调大 COACH_MAX_AUDIO_MB。",
                "Convert it to 16 kHz mono opus or m4a, or raise COACH_MAX_AUDIO_MB.",
            ),
        )
    if given is not None:
        # Before the bytes: at no moment does a recording lie here that nobody agreed to.
        jobs.consents.give(sha256_of(path), given)
    kept = keep(path, settings.recordings)
    return jobs.add(
        NewJob(
            source_name=name or path.name,
            sha256=kept.stem,
            kind=kind,
            visited_on=visited_on,
            consent=given.who if given else None,
            language=language,
            deal_id=deal_id,
            priority=priority,
        )
    )


def kind_of(path: Path) -> Kind:
    """Sound or text, by the first bytes (NotFound when there is no file)."""
    if not path.is_file():
        raise NotFound((f"找不到文件 {path.name}。", f"There is no file {path.name}."))
    with path.open("rb") as file:
        return "recording" if sound_format(file.read(HEAD)) else "transcript"
