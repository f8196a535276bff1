"""Every format that people have, written here and opened by its first bytes.

PyAV brings an encoder for all of them but two: AMR with comfort noise is written by sox, and for AMR wide band there
is none here at all, so that its frames are made by hand and of noise.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from coach.errors import BadRecording
from coach.speech.decode import decode, seconds_missing
from coach.speech.formats import HEAD, past_id3, sound_format
from coach.speech.recording import RATE, Channel
from evals.speech.encode import FORMATS, Format, encode, named
from tests.speech.sounds import tone

MAY_CUT = [
    form for form in FORMATS if form.codec != "alac" and form.container not in ("mp4", "ipod", "mov", "3gp")
]


def loudest_hertz(part: Channel) -> float:
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(np.argmax(spectrum) * RATE / len(part))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_each_format_gives_the_sound_whatever_the_file_is_called(tmp_path: Path, form: Format) -> None:
    sound = decode(encode(tmp_path / "holiday.txt", tone(3.0, hertz=440.0), form))
    assert sound.samples.shape[1] == 1
    assert sound.seconds == pytest.approx(3.0, abs=0.2)
    part = sound.part(1.0, 2.0)[:, 0]
    assert loudest_hertz(part) == pytest.approx(440.0, abs=4.0)
    assert np.abs(part).max() == pytest.approx(8000 / 32768, rel=0.3)
    assert seconds_missing(sound) == 0.0


@pytest.mark.audio
def test_a_telephone_recording_with_comfort_noise(tmp_path: Path) -> None:
    """FFmpeg's own AMR decoder gives up at the first pause that sox, like a telephone, leaves out."""
    file = tmp_path / "call"
    tune = ["synth", "3", "sine", "300", "gain", "-10", "pad", "2", "3"]
    subprocess.run(["sox", "-n", "-r", "8000", "-c", "1", "-t", "amr-nb", file, *tune], check=True)
    sound = decode(file)
    assert sound.seconds == pytest.approx(8.0, abs=0.1)
    assert np.abs(sound.part(3.0, 4.0)).max() > 0.1
    assert seconds_missing(sound) == 0.0


def test_wide_band_amr_with_speech_frames_and_pauses(tmp_path: Path) -> None:
    """50 frames a second: type 8 holds 60 bytes of speech (noise here), type 9 comfort noise, type 15 nothing."""
    rng = np.random.default_rng(5)
    speech = [b"\x44" + rng.integers(0, 255, 60, np.uint8).tobytes() for _ in range(100)]
    pause = [b"\x4c" + bytes(5)] + [b"\x7c"] * 99
    file = tmp_path / "call.awb"
    file.write_bytes(b"#!AMR-WB\n" + b"".join([*speech, *pause, *speech]))
    sound = decode(file)
    assert sound.seconds == pytest.approx(6.0, abs=0.1)
    loud, quiet = (np.abs(sound.part(*part)).mean() for part in ((0.5, 1.5), (2.5, 3.5)))
    assert loud > 2 * quiet > 0.0, "comfort noise is noise, and softer than what was said"
    assert seconds_missing(sound) == 0.0


@pytest.mark.parametrize("form", MAY_CUT, ids=lambda form: form.name)
def test_half_a_file_gives_its_half_or_a_refusal_and_never_more(tmp_path: Path, form: Format) -> None:
    """Raw AAC, Ogg and AMR announce no length and FFmpeg goes by the size of CAF and WMA: there the gap stays unknown."""
    file = encode(tmp_path / "cut", tone(12.0), form)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    try:
        sound = decode(file)
    except BadRecording:
        return
    assert 1.0 < sound.seconds < 9.0
    if form.container in ("wav", "mp3", "matroska", "webm", "flac", "aiff"):
        assert seconds_missing(sound) == pytest.approx(12.0 - sound.seconds, abs=1.5), "the gap is told"


@pytest.mark.parametrize("name", ["mp3", "m4a aac", "wma", "flac"])
def test_a_damaged_middle_is_told_and_not_silently_left_out(tmp_path: Path, name: str) -> None:
    file = encode(tmp_path / "damaged", tone(30.0), named(name))
    content = bytearray(file.read_bytes())
    third = len(content) // 3
    rng = np.random.default_rng(7)
    content[third : 2 * third] = rng.integers(0, 255, third, np.uint8).tobytes()
    file.write_bytes(content)
    sound = decode(file)
    assert sound.seconds < 25.0, "else the damage did nothing and this test proves nothing"
    assert seconds_missing(sound) == pytest.approx(30.0 - sound.seconds, abs=1.0)


def test_a_wav_whose_writer_did_not_know_the_length_is_not_called_damaged(tmp_path: Path) -> None:
    file = encode(tmp_path / "live.wav", tone(3.0), named("wav pcm"))
    content = bytearray(file.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = b"\xff\xff\xff\xff"
    file.write_bytes(content)
    sound = decode(file)
    assert sound.seconds == pytest.approx(3.0, abs=0.1)
    assert seconds_missing(sound) == 0.0


@pytest.mark.parametrize("name", ["mp3", "flac", "aac"])
def test_sound_behind_a_tag_with_a_cover_is_found(tmp_path: Path, name: str) -> None:
    file = encode(tmp_path / "tagged", tone(2.0), named(name))
    cover = bytes(9000)
    size = bytes([0, 0, len(cover) >> 7 & 127, len(cover) & 127])
    bare = file.read_bytes()
    bare = bare[past_id3(bare[:HEAD]) :]
    file.write_bytes(b"ID3\x04\x00\x00" + size + cover + bare)
    assert decode(file).seconds == pytest.approx(2.0, abs=0.2)


def test_the_first_bytes_decide() -> None:
    assert sound_format(b"RIFF\x00\x00\x00\x00AVI LIST") is None
    assert sound_format(b"\x00\x00\x00\x18ftyp3gp4") == "mp4"
    assert sound_format(b"#!AMR-WB\n") == "amr"
    assert sound_format("销售：您好".encode()) is None
    assert sound_format(b"\xff\xfe\x00\x4e") is None, "UTF-16 text is no MPEG audio"
