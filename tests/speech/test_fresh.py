"""New recordings of the pool's sentences in voices that were never trained on, and speech outside of the pool."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ModelMissing
from coach.settings import Settings
from coach.speech.door import open_conversation
from evals.speech.corpus import HELD_OUT, SETTINGS, TRAINED
from evals.speech.fresh import PITCHES, SPEEDS
from evals.speech.measure import LIMITS, mean_cer, measure_fresh
from evals.speech.synthesize import RATE, Voice, record

pytestmark = pytest.mark.audio
FOREIGN = {
    "zh": (
        "今天晚上我们一起去河边散步好不好？",
        "他把昨天买来的苹果都分给了邻居。",
        "火车晚点以后大家只好坐在站台上等。",
    ),
    "en": (
        "The old bridge closes every winter for repairs.",
        "Nobody remembered to water the tall green plants.",
    ),
}


def test_fresh_voices_were_never_trained_on() -> None:
    assert not set(HELD_OUT) & set(TRAINED)
    assert not set(SPEEDS) & {speed for speed, _ in SETTINGS}
    assert not set(PITCHES) & {pitch for _, pitch in SETTINGS}


def test_sentences_of_the_pool_in_new_voices_are_understood(settings: Settings) -> None:
    """Four of the eight recordings, for the time it takes; `coach eval speech` measures all."""
    fresh = mean_cer(measure_fresh(settings, most=4), "fresh")
    assert fresh is not None
    assert fresh <= LIMITS["fresh"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_speech_outside_of_the_samples_is_refused_and_not_guessed_at(
    tmp_path: Path, settings: Settings, language: str
) -> None:
    code = "zh" if language == "zh" else "en"
    voices = (Voice("m3", 200, 50), Voice("f2", 200, 50))
    lines = [(number % 2, text) for number, text in enumerate(FOREIGN[language] * 3)]
    samples, _ = record(lines, code, voices, seed=1, stereo=False)
    file = tmp_path / "foreign.wav"
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes((samples[:, 0] * 32767).astype(np.int16).tobytes())
    with pytest.raises(ModelMissing) as caught:
        open_conversation(file, settings=settings)
    assert "coach models pull small" in caught.value.way_on("zh")
