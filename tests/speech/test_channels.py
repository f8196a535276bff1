"""Who has a channel of their own, where its gate is shut, and where a long recording is cut."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.speech.channels import STEP, gated, gates, layout, levels
from coach.speech.recording import RATE, Sound
from coach.speech.slices import slices

Samples = NDArray[np.float64]


def noise(seconds: float, strength: float, seed: int) -> Samples:
    return np.random.default_rng(seed).normal(0.0, strength, int(seconds * RATE))


def taking_turns(crosstalk: float, hiss: float = 0.001, *, quiet_right: float = 1.0) -> Samples:
    """Twenty seconds, two sides, one second each in turn with half a second between, (n, 2)."""
    sides = np.zeros((20 * RATE, 2))
    for number in range(12):
        begin = int((0.5 + 1.5 * number) * RATE)
        sides[begin : begin + RATE, number % 2] = noise(1.0, 0.1, number)
    sides[:, 1] *= quiet_right
    heard = sides + crosstalk * sides[:, ::-1]
    return heard + np.stack([noise(20.0, hiss, 98), noise(20.0, hiss, 99)], axis=1)


def sound(samples: Samples) -> Sound:
    return Sound((samples * 32767).clip(-32767, 32767).astype(np.int16))


@pytest.mark.parametrize("crosstalk", [0.0, 0.02, 0.08, 0.2])
def test_one_speaker_a_channel_is_a_split_recording(crosstalk: float) -> None:
    assert layout(levels(sound(taking_turns(crosstalk)))) == "split"


def test_a_room_heard_twice_is_not_split() -> None:
    assert layout(levels(sound(taking_turns(0.8)))) == "mixed"
    assert layout(levels(sound(taking_turns(1.0)))) == "mixed"


def test_one_voice_that_leans_to_a_side_is_not_split() -> None:
    samples = taking_turns(0.0)
    samples[:, 1] = samples[:, 0] * 0.1
    assert layout(levels(sound(samples))) == "mixed"


def test_an_empty_channel_is_left_out() -> None:
    samples = taking_turns(0.0)
    samples[:, 1] = 0.0
    assert layout(levels(sound(samples))) == "left"
    assert layout(levels(sound(samples[:, ::-1]))) == "right"
    assert layout(levels(sound(samples[:, :1]))) == "mixed"


@pytest.mark.parametrize(("hiss", "quiet_right"), [(0.001, 1.0), (0.01, 1.0), (0.001, 0.3)])
def test_the_gate_shuts_out_the_other_side_and_lets_the_own_one_through(
    hiss: float, quiet_right: float
) -> None:
    recording = sound(taking_turns(0.08, hiss, quiet_right=quiet_right))
    open_ = gates(levels(recording))
    for number in range(12):
        own, other = number % 2, 1 - number % 2
        inner = slice(round((0.6 + 1.5 * number) / STEP), round((1.4 + 1.5 * number) / STEP))
        assert open_[inner, own].all()
        assert not open_[inner, other].any()
    part = recording.part(0.0, 20.0)
    left = gated(part[:, 0], open_[:, 0])
    assert left.shape == part[:, 0].shape
    assert np.abs(left[int(2.2 * RATE) : int(2.8 * RATE)]).max() == 0.0
    assert np.allclose(
        left[int(0.7 * RATE) : int(1.3 * RATE)], part[int(0.7 * RATE) : int(1.3 * RATE), 0], atol=1e-5
    )


@given(
    seconds=st.floats(0.0, 5000.0),
    longest=st.floats(20.0, 900.0),
    seed=st.integers(0, 10),
)
def test_slices_cover_everything_once_and_none_is_too_long(seconds: float, longest: float, seed: int) -> None:
    power = np.random.default_rng(seed).random((int(seconds / STEP), 1))
    parts = slices(power, seconds, longest=longest)
    assert parts[0][0] == 0.0
    assert parts[-1][1] == seconds
    assert all(one[1] == two[0] for one, two in pairwise(parts))
    assert all(start <= end <= start + longest + 1e-6 for start, end in parts)


def test_a_cut_is_made_in_silence() -> None:
    power = np.ones((2000, 1))
    power[1150:1160] = 0.0
    assert slices(power, 200.0, longest=120.0)[0][1] == pytest.approx(115.5, abs=0.5)
