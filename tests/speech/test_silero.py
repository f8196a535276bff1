"""Stretches of speech become windows without pauses, and the times come back."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.speech.decode import decode
from coach.speech.recording import RATE
from coach.speech.silero import LONG_PAUSE, Clock, Stretch, stretches, windows, without_pauses
from evals.speech.synthesize import SAMPLES


@st.composite
def spoken(draw: st.DrawFn) -> tuple[list[Stretch], int]:
    at = draw(st.integers(0, 5 * RATE))
    found = []
    for _ in range(draw(st.integers(1, 12))):
        end = at + draw(st.integers(512, 8 * RATE))
        found.append(Stretch(at, end))
        at = end + draw(st.integers(int(0.3 * RATE), 6 * RATE))
    return found, found[-1].end + draw(st.integers(0, 4 * RATE))


@given(spoken())
def test_windows_hold_all_speech_once_and_leave_long_pauses_out(given_: tuple[list[Stretch], int]) -> None:
    speech, length = given_
    parts = windows(speech, length)
    assert all(0 <= part.start < part.end <= length for part in parts)
    assert all(one.end <= two.start for one, two in pairwise(parts))
    for stretch in speech:
        assert any(part.start <= stretch.start and stretch.end <= part.end for part in parts)
    for one, two in pairwise(speech):
        if two.start - one.end > (LONG_PAUSE + 0.1) * RATE:
            middle = (one.end + two.start) // 2
            assert not any(part.start <= middle < part.end for part in parts)


@given(spoken(), st.data())
def test_each_moment_of_the_joined_sound_has_its_place_in_the_recording(
    given_: tuple[list[Stretch], int], data: st.DataObject
) -> None:
    speech, length = given_
    parts = windows(speech, length)
    samples = np.arange(length, dtype=np.float32)
    joined = without_pauses(samples, parts)
    begin = data.draw(st.integers(0, len(joined) - 2))
    end = data.draw(st.integers(begin + 1, len(joined) - 1))
    start, stop = Clock(parts).span(begin / RATE, end / RATE)
    assert start == pytest.approx(float(joined[begin]) / RATE, abs=0.02)
    # An end on the seam belongs to what ends there.
    assert stop == pytest.approx(float(joined[end - 1] + 1) / RATE, abs=0.02)
    assert start <= stop


def test_a_conversation_falls_into_stretches_of_one_speaker() -> None:
    """The sample says 30 sentences with 0.6 s and more between them."""
    sound = decode(SAMPLES / "zh-bakery-chain.ogg")
    found = stretches(sound.part(0.0, sound.seconds).mean(axis=1))
    said = sum("[" in line for line in (SAMPLES / "zh-bakery-chain.txt").read_text("utf-8").splitlines())
    assert said * 0.8 <= len(found) <= said * 2
    assert stretches(np.zeros(0, np.float32)) == []
    assert stretches(np.zeros(RATE, np.float32)) == []
