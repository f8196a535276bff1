"""Decode a recording that nobody vouches for, in a child process with bounds on size, memory and time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from coach.errors import BadRecording, CoachError, DiskFull, NotFound
from coach.speech.formats import HEAD, past_id3, sound_format
from coach.speech.recording import Sound
from coach.store.disk import writing

PATIENCE: Final = 30.0
"""Seconds that decoding may take beside its share."""
SPEED: Final = 20.0
"""Decoding is some hundred times faster than listening; below this many times we stop waiting."""
LEAST_RATE: Final = 500
"""Bytes a second of the most frugal recorder: a small file cannot be long work."""
TELLS: Final = 1 << 16
"""Bytes of the child's last words that are read."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the child ended: its exit code (negative: the signal), and the last of what it said on stderr."""

    code: int
    said: bytes


def decode(path: Path, *, max_minutes: int = 240, max_mb: int = 1024) -> Sound:
    """The sound of a recording, whatever its container.

    Raises NotFound, BadRecording for what is empty, too large, too long, broken or no sound at all, DiskFull or
    DiskReadOnly when the sound has no room.
    """
    kind = admit(path, max_mb)
    # The PCM of hours of speech does not belong into memory: the child writes it to disk, we map it.
    with ExitStack() as stack:
        with writing():
            pcm = stack.enter_context(tempfile.TemporaryFile())
        source = stack.enter_context(path.open("rb"))
        ending = _run(source, pcm, kind, max_minutes)
        report = verdict(ending, max_minutes)
        size = os.fstat(pcm.fileno()).st_size
        channels = int(report["channels"])
        if size < 2 * channels:
            raise _bad("录音里没有声音数据。", "The recording holds no sound.")
        count = size // (2 * channels)
        samples = np.memmap(pcm, dtype=np.int16, mode="r", shape=(count, channels))
        return Sound(samples, report.get("promised"), _day(report.get("tags") or {}))


def admit(path: Path, max_mb: int) -> str:
    """The container format of a file that is worth a try."""
    if not path.is_file():
        raise NotFound((f"找不到文件 {path.name}。", f"There is no file {path.name}."))
    size = path.stat().st_size
    if size == 0:
        raise _bad("文件是空的。", "The file is empty.", "请重新导出录音。", "Export the recording again.")
    if size > max_mb << 20:
        raise _bad(
            f"文件有 {size >> 20} MB，上限是 {max_mb} MB。",
            f"The file has {size >> 20} MB; the limit is {max_mb} MB.",
            "转成 16 kHz 单声道的 opus 或 m4a 再试，或调大 COACH_MAX_AUDIO_MB。",
            "Convert it to 16 kHz mono opus or m4a, or raise COACH_MAX_AUDIO_MB.",
        )
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(past_id3(head))
        # Any sound may follow the tags that MP3 players write.
        kind = sound_format(file.read(HEAD)) or sound_format(head)
    if kind is None:
        raise _not_sound()
    return kind


def _run(source: IO[bytes], pcm: IO[bytes], kind: str, max_minutes: int) -> Ending:
    """Let the child decode, and wait no longer than honest work takes."""
    size = os.fstat(source.fileno()).st_size
    share = min(max_minutes * 60.0, size / LEAST_RATE) / SPEED
    command = [sys.executable, "-m", "coach.speech.decode_child", kind, str(max_minutes * 60)]
    # A file, because a decoder may complain without end and a pipe would bring all of it into our memory.
    with tempfile.TemporaryFile() as said:
        try:
            child = subprocess.run(command, stdin=source, stdout=pcm, stderr=said, timeout=PATIENCE + share)
            code = child.returncode
        except subprocess.TimeoutExpired:
            code = -signal.SIGKILL
        said.seek(max(0, os.fstat(said.fileno()).st_size - TELLS))
        return Ending(code, said.read())


def verdict(ending: Ending, max_minutes: int) -> dict[str, Any]:
    """The child's report; its refusals and its death become errors."""
    lines = ending.said.decode("utf-8", "replace").strip().splitlines()
    try:
        report = json.loads(lines[-1])
    except (IndexError, ValueError):
        raise _broken() from None
    if not isinstance(report, dict):
        raise _broken()
    match report.get("error"):
        case None:
            return dict(report)
        case "not_sound":
            raise _not_sound()
        case "too_big":
            raise _bad(
                "录音解开后太大，可能是做坏的文件，没有收。",
                "Unpacked, this recording takes more memory than any honest one; it was not taken.",
                "请从录音设备重新导出。",
                "Export it again from the recorder.",
            )
        case "disk":
            raise _disk()
        case "no_track":
            raise _bad("这个文件只有画面，没有声音。", "This file has pictures but no sound track.")
        case "too_long":
            raise _bad(
                f"录音超过 {max_minutes} 分钟。",
                f"The recording is longer than {max_minutes} minutes.",
                "请剪成几段，或调大 COACH_MAX_AUDIO_MINUTES。",
                "Cut it into parts, or raise COACH_MAX_AUDIO_MINUTES.",
            )
        case _:
            raise _broken()


def _day(tags: dict[str, str]) -> date | None:
    """The day of the recording by its own tags; a moment in UTC counts by this machine's clock."""
    for name in ("creation_time", "date", "DATE", "com.apple.quicktime.creationdate"):
        value = tags.get(name, "")
        try:
            return (
                date.fromisoformat(value)
                if len(value) == 10
                else datetime.fromisoformat(value).astimezone().date()
            )
        except ValueError:
            continue
    return None


def seconds_missing(sound: Sound) -> float:
    """How much of the promised duration could not be decoded; 0 when all or nearly all is there."""
    missing = (sound.promised or 0.0) - sound.seconds
    return missing if missing > max(2.0, 0.05 * (sound.promised or 0.0)) else 0.0


def _disk() -> CoachError:
    return DiskFull(
        ("磁盘满了，录音解不开。", "The disk is full: there is no room to decode the recording."),
        (
            "腾出空间再试；也可以用 TMPDIR 指到别的盘。",
            "Free some space and try again, or let TMPDIR name another disk.",
        ),
    )


def _not_sound() -> BadRecording:
    return _bad(
        "这不是我们认得的录音文件。",
        "This is not a recording that we can read.",
        "支持 wav、mp3、m4a、ogg/opus、webm、mp4、flac、amr、aiff、caf、wma。",
        "We read wav, mp3, m4a, ogg/opus, webm, mp4, flac, amr, aiff, caf and wma.",
    )


def _broken() -> BadRecording:
    return _bad(
        "录音文件损坏，解不出声音。",
        "The recording is damaged and cannot be decoded.",
        "请从录音设备重新导出。",
        "Export it again from the recorder.",
    )


def _bad(zh: str, en: str, next_zh: str = "", next_en: str = "") -> BadRecording:
    return BadRecording((zh, en), (next_zh, next_en))
