"""Files that were made to hurt: each gets one sentence, the parent lives, and nothing is left behind."""

from __future__ import annotations

import os
import resource
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from coach.errors import BadRecording, CoachError, DiskFull
from coach.speech import decode as decode_module
from coach.speech.decode import Ending, decode, verdict
from coach.speech.decode_child import MEMORY
from coach.speech.recording import RATE
from evals.soak.fuzz import run
from evals.speech.encode import encode, named
from tests.speech.sounds import tone


def _wav(channels: int, rate: int, bits: int, data: bytes, announced: int | None = None) -> bytes:
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * block & 0xFFFFFFFF, block & 0xFFFF, bits)
    size = len(data) if announced is None else announced
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", size) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _atom(name: bytes, content: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I", 8 + len(content) if size is None else size) + name + content


HOSTILE: dict[str, bytes] = {
    "65535 channels": _wav(65535, 16000, 16, bytes(4000)),
    "no channel": _wav(0, 16000, 16, bytes(4000)),
    "one sample a second, hours of it": _wav(1, 1, 8, bytes(200_000)),
    "four billion samples a second": _wav(1, 0xFFFFFFFF, 16, bytes(4000)),
    "no samples": _wav(1, 16000, 16, b""),
    "an index of four billion entries": _atom(b"ftyp", b"isom\x00\x00\x02\x00")
    + _atom(b"moov", _atom(b"trak", _atom(b"mdia", _atom(b"minf", _atom(b"stbl", _atom(
        b"stsz", bytes(8) + b"\xff\xff\xff\xff")))))),
    "a box in a box, thousands deep": b"\x00\x00\x00\x08ftypisom" + b"\x00\x0f\xff\xffmoov\x00\x0f\xff\xffudta" * 4000,
    "a cover of two gigabytes": b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(3000),
    "pages without a stream": b"OggS" + bytes(4000),
    "an element without an end": b"\x1aE\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff" + bytes(3000),
    "text": "你好，这是一段文字".encode() * 20,
    "a playlist": b"#EXTM3U\nhttp://localhost/secret.mp3\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "an archive": b"PK\x03\x04" + bytes(2000),
    "noise": bytes(np.random.default_rng(1).integers(0, 255, 4000, np.uint8)),
    "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_each_gets_one_sentence_in_both_languages_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    file = tmp_path / "visit.wav"
    file.write_bytes(HOSTILE[what])
    began = time.monotonic()
    with pytest.raises(BadRecording) as caught:
        decode(file, max_minutes=30)
    assert time.monotonic() - began < 30
    assert caught.value.message("zh") != caught.value.message("en")
    assert caught.value.message("zh").count("。") == 1
    assert list(scratch.iterdir()) == []


def test_hours_of_silence_in_a_few_kilobytes_stop_at_the_cap(tmp_path: Path) -> None:
    """The bomb of this trade: 40 minutes that weigh next to nothing, let in for one minute."""
    file = encode(tmp_path / "bomb", np.zeros((40 * 60 * RATE, 1), np.int16), named("flac"))
    assert file.stat().st_size < 500_000, "77 MB of sound"
    with pytest.raises(BadRecording, match="longer than 1 minutes"):
        decode(file, max_minutes=1)


def test_the_child_cannot_take_more_memory_than_its_cap(tmp_path: Path) -> None:
    """The limit is the kernel's: a child that asks for more than the cap gets none."""
    code = (
        "import sys; from coach.speech import decode_child; decode_child._hold_back(60)\n"
        f"try: bytearray({MEMORY})\n"
        "except MemoryError: sys.exit(7)"
    )
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 7
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != MEMORY, "ours is not touched"


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No recording makes FFmpeg hang that we know of: here the child gets less time than Python needs to start."""
    monkeypatch.setattr(decode_module, "PATIENCE", 0.01)
    monkeypatch.setattr(decode_module, "SPEED", 1e9)
    file = encode(tmp_path / "sound", tone(1.0), named("wav pcm"))
    with pytest.raises(BadRecording, match="damaged"):
        decode(file, max_minutes=1)


@pytest.mark.parametrize(
    ("code", "said", "kind"),
    [
        (-11, b"", BadRecording),
        (-9, b"mmap failed\n", BadRecording),
        (1, b"Traceback (most recent call last):\nKeyError: 1\n", BadRecording),
        (1, b'complaints \xff\xfe\n{"error": "broken"}\n', BadRecording),
        (1, b'{"error": "too_big"}\n', BadRecording),
        (1, b'{"error": "disk"}\n', DiskFull),
        (0, b'["no", "report"]\n', BadRecording),
    ],
)
def test_however_the_child_ends_there_are_words_for_it(
    code: int, said: bytes, kind: type[CoachError]
) -> None:
    with pytest.raises(kind) as caught:
        verdict(Ending(code, said), 30)
    assert caught.value.message("zh")
    assert caught.value.way_on("en")


def test_a_full_disk_is_said_and_is_not_the_recordings_fault(tmp_path: Path) -> None:
    """/dev/full refuses every byte, as a full disk does."""
    file = encode(tmp_path / "sound", tone(3.0), named("ogg opus"))
    with file.open("rb") as source, open("/dev/full", "wb") as full:
        child = subprocess.run(
            [sys.executable, "-m", "coach.speech.decode_child", "ogg", "60"],
            stdin=source, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    with pytest.raises(DiskFull):
        verdict(Ending(child.returncode, child.stderr), 1)


def _forged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4:8] = b"\xff\xff\xff\xff"
    file.write_bytes(content)


def test_a_wrong_length_and_a_wrong_name_do_not_matter(tmp_path: Path) -> None:
    file = encode(tmp_path / "minutes.docx", tone(2.0), named("wav pcm"))
    _forged(file)
    assert decode(file).seconds == pytest.approx(2.0, abs=0.1)


@pytest.mark.timeout(600)
def test_three_hundred_spoiled_recordings_end_in_sound_or_in_a_sentence() -> None:
    """`make soak` does ten thousand. Both ends must occur, else the mutants are too tame or too wild."""
    report = run(300, 20261122)
    assert report.faults == ()
    assert int(report.figures["decoded"]) > 50
    assert int(report.figures["refused"]) > 50
    assert 0 < int(report.figures["largest child MB"]) < MEMORY >> 20
