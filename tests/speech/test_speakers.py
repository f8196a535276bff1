"""Two voices told apart, one voice not split, and a speaker model from a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from coach.errors import ModelMissing
from coach.speech.channels import gated, gates, levels
from coach.speech.decode import decode
from coach.speech.onnx_speaker import filterbank, load_speaker_model
from coach.speech.recording import RATE, Channel, Segment
from coach.speech.silero import Stretch, stretches
from coach.speech.speakers import Timbre, group, sides_of, timbre_of, voices
from evals.speech.synthesize import SAMPLES

ORDER = [0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0]
DEEP, BRIGHT = np.hanning(24), np.diff(np.hanning(8))


def throat(rng: np.random.Generator, filter_: NDArray[np.float64]) -> NDArray[np.float64]:
    """A second of a voice: noise through a filter. Real people are harder, which the product says."""
    return np.convolve(rng.normal(0, 0.1, RATE), filter_ * rng.normal(1.0, 0.05, len(filter_)), mode="same")


def talk(order: Sequence[int]) -> Channel:
    rng = np.random.default_rng(3)
    return np.concatenate([throat(rng, BRIGHT if side else DEEP) for side in order]).astype(np.float32)


def wavering(order: Sequence[int]) -> Channel:
    """One speaker wavers in the low bands, the other in the high ones: what the model below listens for."""
    rng = np.random.default_rng(4)
    beat = 1 + 0.99 * np.sin(2 * np.pi * 5 * np.arange(RATE) / RATE)
    parts = []
    for side in order:
        low, high = throat(rng, DEEP), throat(rng, BRIGHT)
        parts.append(low * beat**2 + high if side == 0 else low + high * beat**2)
    return np.concatenate(parts).astype(np.float32) * np.float32(0.2)


def told_apart(samples: Channel, timbre: Timbre = timbre_of) -> tuple[int, ...] | None:
    seconds = len(samples) // RATE
    speech = [Stretch(number * RATE, (number + 1) * RATE) for number in range(seconds)]
    spoken = list(voices(samples, speech, 100.0, timbre))
    sides = sides_of(spoken, [Segment(100.0 + number, 101.0 + number, "") for number in range(seconds)])
    return sides.sides if sides else None


def test_two_voices_are_told_apart_and_one_is_not_guessed_at() -> None:
    assert told_apart(talk(ORDER)) == tuple(ORDER)
    assert told_apart(talk([0] * 12)) is None
    assert told_apart(talk(ORDER[:3])) is None


def test_the_first_who_speaks_is_the_first_speaker() -> None:
    assert told_apart(talk([1 - side for side in ORDER])) == tuple(ORDER)


def test_confidence_is_full_for_far_voices_and_an_utterance_of_both_is_doubtful() -> None:
    samples = talk(ORDER)
    spoken = list(voices(samples, [Stretch(n * RATE, (n + 1) * RATE) for n in range(12)], 0.0, timbre_of))
    sides = sides_of(spoken, [Segment(0.0, 1.0, ""), Segment(0.0, 2.0, ""), Segment(1.0, 2.0, "")])
    assert sides is not None
    assert 0.6 < sides.confidence <= 1.0
    assert sides.sides[0] == 0
    assert sides.sides[2] == 1
    assert sides.doubtful == 1


def test_a_long_stretch_is_cut_so_that_two_people_in_it_can_be_seen() -> None:
    spoken = list(voices(talk([0, 0, 0, 0, 1, 1, 1, 1]), [Stretch(0, 8 * RATE)], 0.0, timbre_of))
    assert [(voice.start, voice.end) for voice in spoken] == [(0.0, 4.0), (4.0, 8.0)]


@pytest.mark.parametrize("name", ["zh-cold-chain", "zh-hospital-washer", "en-lift-rental"])
@pytest.mark.parametrize("side", [0, 1])
def test_one_side_of_a_call_is_not_made_two_people(name: str, side: int) -> None:
    sound = decode(SAMPLES / f"{name}.ogg")
    open_ = gates(levels(sound))[:, side]
    samples = gated(np.ascontiguousarray(sound.part(0.0, sound.seconds)[:, side]), open_)
    spoken = list(voices(samples, stretches(samples), 0.0, timbre_of))
    assert len(spoken) >= 8
    assert group(spoken) is None


# A speaker model is a file in ONNX's format (protocol buffers). There is no package here that writes one, and no real
# one to be had offline; the smallest that keeps the contract is written by hand.


def _key(field: int, wire: int) -> bytes:
    return _number(field << 3 | wire)


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _int(field: int, value: int) -> bytes:
    return _key(field, 0) + _number(value)


def _part(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _key(field, 2) + _number(len(raw)) + raw


def _node(kind: str, inputs: Sequence[str], output: str, attributes: bytes = b"") -> bytes:
    return b"".join(_part(1, name) for name in inputs) + _part(2, output) + _part(4, kind) + attributes


def _tensor_type(name: str, shape: Sequence[int | str]) -> bytes:
    dimensions = b"".join(
        _part(1, _int(1, size) if isinstance(size, int) else _part(2, size)) for size in shape
    )
    return _part(1, name) + _part(2, _part(1, _int(1, 1) + _part(2, dimensions)))


def write_speaker_model(folder: Path) -> Path:
    """A model of filterbanks (1, frames, 80) whose point is, for each band, how much it wavers."""
    folder.mkdir(parents=True)
    axes = _part(5, _part(1, "axes") + _int(8, 1) + _int(20, 7))
    keep = _part(5, _part(1, "keepdims") + _int(3, 0) + _int(20, 2))
    nodes = [_node("Abs", ["feats"], "size"), _node("ReduceMean", ["size"], "embs", axes + keep)]
    graph = (
        b"".join(_part(1, node) for node in nodes)
        + _part(2, "voice")
        + _part(11, _tensor_type("feats", [1, "frames", 80]))
        + _part(12, _tensor_type("embs", [1, 80]))
    )
    model = _int(1, 8) + _part(7, graph) + _part(8, _part(1, "") + _int(2, 13))
    (folder / "model.onnx").write_bytes(model)
    return folder


def test_a_speaker_model_from_a_folder_tells_the_same_two_voices_apart(tmp_path: Path) -> None:
    model = load_speaker_model(write_speaker_model(tmp_path / "speaker"))
    point = model(talk([0]))
    assert point.shape == (80,)
    assert np.linalg.norm(point) == pytest.approx(1.0)
    assert model(np.zeros(0, np.float32)).shape == (80,), "nothing at all is no voice, and no crash"
    assert told_apart(wavering(ORDER), model) == tuple(ORDER)
    assert told_apart(wavering([1] * 12), model) is None


def test_filterbanks_rise_where_the_tone_is_and_have_no_mean() -> None:
    at = np.arange(RATE) / RATE
    sweep = np.sin(2 * np.pi * (200 + 3000 * at) * at).astype(np.float32) * 0.3
    bands = filterbank(sweep)
    assert bands.shape == (98, 80)
    assert np.abs(bands.mean(axis=0)).max() < 1e-3
    assert bands[:20].argmax(axis=1).mean() < bands[-20:].argmax(axis=1).mean()


def _nothing(folder: Path) -> None:
    folder.mkdir()


def _rubbish(folder: Path) -> None:
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"this is no model" * 40)


@pytest.mark.parametrize("spoil", [_nothing, _rubbish])
def test_a_folder_without_a_usable_model_names_the_setting(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / "speaker")
    with pytest.raises(ModelMissing) as caught:
        load_speaker_model(tmp_path / "speaker")
    assert "COACH_SPEAKER_MODEL" in caught.value.way_on("zh")
    assert "COACH_SPEAKER_MODEL" in caught.value.way_on("en")
