"""Decoding what strangers upload: every container we name, and a clear refusal for everything else."""

from pathlib import Path

import numpy as np
import pytest

from coach.errors import BadRecording, NotFound
from coach.speech.decode import decode, seconds_missing
from coach.speech.recording import RATE
from tests.speech.sounds import tone, write, write_silent_film


def test_two_channels_stay_two(tmp_path: Path) -> None:
    samples = tone(1.0, channels=2)
    samples[:, 1] //= 4
    sound = decode(write(tmp_path / "two.wav", samples))
    assert sound.samples.shape == (RATE, 2)
    left, right = np.abs(sound.part(0.0, 1.0)).max(axis=0)
    assert left == pytest.approx(4 * right, rel=0.01)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.wav", b""),
        ("text.wav", "你好，这是一段文字".encode() * 20),
        ("random.wav", bytes(np.random.default_rng(1).integers(0, 255, 4000, np.uint8))),
        ("header.wav", b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00"),
        ("playlist.mp3", b"#EXTM3U\nhttp://localhost/secret.mp3\n"),
        ("zeros.ogg", b"OggS" + bytes(4000)),
    ],
)
def test_what_is_no_recording_is_refused_in_both_languages(tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadRecording) as caught:
        decode(file)
    assert caught.value.message("zh") != caught.value.message("en")


def test_a_film_without_sound_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match="no sound track"):
        decode(write_silent_film(tmp_path / "film.mp4"))


def test_a_header_without_samples_holds_no_sound(tmp_path: Path) -> None:
    file = write(tmp_path / "short.wav", tone(1.0))
    file.write_bytes(file.read_bytes()[:44])
    with pytest.raises(BadRecording):
        decode(file)


def test_caps_on_duration_and_size(tmp_path: Path) -> None:
    file = write(tmp_path / "long.flac", np.zeros((61 * RATE, 1), np.int16), container="flac", codec="flac")
    with pytest.raises(BadRecording, match="longer than 1 minutes"):
        decode(file, max_minutes=1)
    big = tmp_path / "big.wav"
    with big.open("wb") as sparse:
        sparse.truncate((1 << 20) + 1)
    with pytest.raises(BadRecording, match="the limit is 0 MB"):
        decode(big, max_mb=0)


def test_a_recording_cut_in_the_middle_is_decoded_and_the_gap_is_known(tmp_path: Path) -> None:
    file = write(tmp_path / "cut.mp4", tone(20.0), container="mp3", codec="libmp3lame")
    whole = decode(file)
    assert seconds_missing(whole) == 0.0
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    half = decode(file)
    assert half.seconds == pytest.approx(10.0, abs=1.0)
    assert seconds_missing(half) == pytest.approx(10.0, abs=1.5)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        decode(tmp_path / "nothing.wav")
