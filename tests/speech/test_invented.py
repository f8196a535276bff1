"""Nothing invented: what is dropped, what stays, and twenty-four clips in which nobody speaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from coach.errors import BadRecording
from coach.settings import Settings
from coach.speech.door import open_conversation
from coach.speech.invented import believable, sober, without_loops
from coach.speech.listener import Utterance
from coach.speech.recording import RATE
from tests.speech.sounds import write

Samples = NDArray[np.float64]
SECONDS = 12.0
AT = np.arange(int(SECONDS * RATE)) / RATE


def said(text: str, start: float = 0.0, *, confidence: float = -0.2, no_speech: float = 0.0) -> Utterance:
    return Utterance(start, start + max(1.0, len(text) / 8), text, "", confidence, no_speech)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            "我们下周三之前给您报价。我们下周三之前给您报价。我们下周三之前给您报价。",
            "我们下周三之前给您报价。",
        ),
        ("We ship on Friday. We ship on Friday. We ship on Friday. We ship on Friday.", "We ship on Friday."),
        ("谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢谢", "谢谢"),
        ("好的，好的，下周三见。", "好的，好的，下周三见。"),
        ("对对对，就是这个意思。", "对对对，就是这个意思。"),
        ("No, no, no, that is not what we agreed.", "No, no, no, that is not what we agreed."),
        ("三十二万，三十二万。", "三十二万，三十二万。"),
    ],
)
def test_loops_are_said_once_and_emphasis_stays(text: str, kept: str) -> None:
    assert without_loops(text) == kept


def test_the_same_sentence_over_and_over_is_one_sentence() -> None:
    looped = [said("我们再考虑一下。", number * 2.0) for number in range(6)]
    others = [said("预算多少？", 20.0), said("三十二万。", 22.0)]
    assert [one.text for one in sober([*looped, *others])] == ["我们再考虑一下。", "预算多少？", "三十二万。"]
    assert len(sober(looped[:2])) == 2, "twice is how people speak"
    assert len(sober([said("对。", number * 2.0) for number in range(5)])) == 5, "so is a short word"


@pytest.mark.parametrize(
    "utterance",
    [
        said("请不吝点赞 订阅 转发 打赏支持明镜与点点栏目", no_speech=0.7),
        said("谢谢大家的观看", confidence=-0.6),
        said("Thank you so much for watching!", no_speech=0.5),
        said("Subtitles by the community", confidence=-0.9),
        said("这句话没有人说过", confidence=-1.4, no_speech=0.9),
        said("……。", no_speech=0.0),
        Utterance(5.0, 5.1, "这么多字不可能在十分之一秒里面说完"),
    ],
)
def test_what_nobody_said_is_dropped(utterance: Utterance) -> None:
    assert not believable(utterance)


@pytest.mark.parametrize(
    "utterance",
    [
        said("谢谢您，那我们周三见。", no_speech=0.7),
        said("谢谢大家的观看", confidence=-0.1),
        said("这句话说得很轻", confidence=-0.9, no_speech=0.5),
        said("Thank you so much."),
        said("字幕机多少钱一台？", confidence=-0.5),
        said("音乐喷泉的泵也是我们做的。", confidence=-0.5),
    ],
)
def test_what_may_have_been_said_stays(utterance: Utterance) -> None:
    assert believable(utterance)


@given(
    st.lists(st.sampled_from(["我们再考虑一下。", "对。", "预算多少？", "再看看吧，再看看吧。"]), max_size=12)
)
def test_nothing_is_added_and_the_order_stays(texts: list[str]) -> None:
    given_ = [said(text, number * 3.0) for number, text in enumerate(texts)]
    kept = sober(given_)
    starts = [one.start for one in kept]
    assert starts == sorted(starts)
    assert set(starts) <= {one.start for one in given_}
    assert sober(kept) == kept


# --- clips in which nobody speaks ---------------------------------------------------------------------------------


def noise(strength: float, seed: int, tilt: float = 0.0) -> Samples:
    """Noise whose power falls with frequency by `tilt` (0 white, 1 pink, 2 brown)."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(0, 1, len(AT)))
    spectrum /= np.maximum(np.fft.rfftfreq(len(AT), 1 / RATE), 20.0) ** (tilt / 2)
    wave = np.fft.irfft(spectrum, len(AT))
    return np.asarray(strength * wave / wave.std())


def notes(frequencies: list[float], length: float, *, decay: float = 3.0, overtones: int = 5) -> Samples:
    """One note after the other, plucked."""
    wave = np.zeros(len(AT))
    size = int(length * RATE)
    for number in range(len(AT) // size):
        hertz = frequencies[number % len(frequencies)]
        t = np.arange(size) / RATE
        pluck = sum(np.sin(2 * np.pi * hertz * n * t) / n for n in range(1, overtones + 1))
        wave[number * size : (number + 1) * size] = np.exp(-decay * t) * pluck
    return np.asarray(0.2 * wave / np.abs(wave).max())


def chord(frequencies: list[float]) -> Samples:
    return np.asarray(sum(0.08 * np.sin(2 * np.pi * hertz * AT) for hertz in frequencies))


def clicks(every: float, seed: int) -> Samples:
    wave = np.zeros(len(AT))
    wave[:: int(every * RATE)] = 0.8
    return wave + noise(0.001, seed)


def ringing() -> Samples:
    return np.asarray(0.2 * (np.sin(2 * np.pi * 440 * AT) + np.sin(2 * np.pi * 480 * AT)) * (AT % 6 < 2))


SCALE = [262.0, 294.0, 330.0, 349.0, 392.0, 440.0, 494.0, 523.0]
CLIPS: dict[str, Callable[[], Samples]] = {
    "digital silence": lambda: np.zeros(len(AT)),
    "one bit of dither": lambda: noise(1 / 32768, 1),
    "a quiet room": lambda: noise(0.001, 2, 1),
    "white noise, soft": lambda: noise(0.01, 3),
    "white noise, loud": lambda: noise(0.2, 4),
    "pink noise, soft": lambda: noise(0.02, 5, 1),
    "pink noise, loud": lambda: noise(0.2, 6, 1),
    "brown noise: wind": lambda: noise(0.2, 7, 2),
    "noise that swells: traffic": lambda: noise(0.1, 8, 1) * (0.5 + 0.5 * np.sin(2 * np.pi * 0.2 * AT)),
    "mains hum": lambda: chord([50.0, 100.0, 150.0]),
    "a fan": lambda: chord([95.0, 190.0, 285.0]) + noise(0.02, 9, 1),
    "a steady tone": lambda: chord([440.0]),
    "a rising tone": lambda: 0.2 * np.sin(2 * np.pi * (100 + 100 * AT) * AT),
    "a phone that rings": ringing,
    "dial tone": lambda: chord([350.0, 440.0]),
    "keys of a phone": lambda: chord([770.0, 1336.0]) * (AT % 0.4 < 0.2),
    "a clock": lambda: clicks(1.0, 10),
    "typing": lambda: clicks(0.17, 11),
    "a plucked scale": lambda: notes(SCALE, 0.4),
    "a slow tune": lambda: notes([196.0, 220.0, 262.0, 220.0], 1.5, decay=1.0),
    "a bass line": lambda: notes([55.0, 65.0, 73.0, 82.0], 0.5),
    "an organ chord": lambda: chord([130.8, 164.8, 196.0, 261.6, 329.6]),
    "a tune over noise": lambda: notes(SCALE, 0.3) + noise(0.03, 12, 1),
    "drums": lambda: noise(0.3, 13, 1) * np.exp(-12 * (AT % 0.5)),
}


@pytest.mark.parametrize("name", CLIPS)
def test_where_nobody_speaks_there_are_no_words(tmp_path: Path, settings: Settings, name: str) -> None:
    samples = (CLIPS[name]().clip(-1, 1) * 32767).astype(np.int16)[:, None]
    with pytest.raises(BadRecording) as caught:
        open_conversation(write(tmp_path / "clip.wav", samples), settings=settings)
    assert "没有听到" in caught.value.message("zh")
