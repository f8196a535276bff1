"""Every sentence of the pool in every training voice, as power spectra on Whisper's mel scale."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.vocabulary import Language
from evals.speech.pool import sentences
from evals.speech.synthesize import Audio, Voice, say

TRAINED: Final = ("m1", "m3", "m5", "m7", "m8", "f2", "f3", "f4")
HELD_OUT: Final = ("m2", "m4", "f1", "f5")
"""Variants that only fresh test recordings use."""
SETTINGS: Final = ((160, 30), (185, 68), (215, 40), (245, 55))
"""(words per minute, pitch) of the training clips."""
RESAMPLED: Final = (0.93, 1.07)
"""Each clip is played at two random rates within these bounds: other formants, hence more voices."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One spoken sentence: its number in the pool and log10 power, (80, frames of 10 ms), float16."""

    sentence: int
    language: Language
    log_mel: NDArray[np.float16]


def voices() -> Iterator[Voice]:
    """Every training voice."""
    for variant, (speed, pitch) in itertools.product(TRAINED, SETTINGS):
        yield Voice(variant, speed, pitch)


def load_clips(cache: Path, *, seed: int = 1) -> tuple[list[str], list[Clip]]:
    """The pool's sentences (Chinese first) and all clips; speaking is done once and kept in `cache`."""
    pool: list[tuple[str, Language]] = [(text, "zh") for text in sentences("zh")]
    pool += [(text, "en") for text in sentences("en")]
    jobs = [(number, voice) for number in range(len(pool)) for voice in voices()]
    if not cache.exists():
        with ThreadPoolExecutor(2) as workers:
            audios = list(workers.map(lambda job: say(*pool[job[0]], job[1]), jobs))
        joined = np.concatenate([(audio * 32767).astype(np.int16) for audio in audios])
        np.savez(cache, joined=joined, lengths=[len(audio) for audio in audios])
    stored = np.load(cache)
    ends = np.cumsum(stored["lengths"])
    if len(ends) != len(jobs):
        raise ValueError(f"{cache} belongs to another pool: remove it")
    joined = stored["joined"].astype(np.float32) / 32767
    rng = np.random.default_rng(seed)
    clips = []
    for (number, _), end, length in zip(jobs, ends, stored["lengths"], strict=True):
        audio = joined[end - length : end]
        for _ in range(2):
            mel = log_mel(_replay(audio, float(rng.uniform(*RESAMPLED)), int(rng.integers(0, 160))))
            clips.append(Clip(number, pool[number][1], mel.astype(np.float16)))
    return [text for text, _ in pool], clips


def _replay(audio: Audio, rate: float, shift: int) -> Audio:
    """The same words at another rate, begun in mid-frame."""
    positions = np.arange(0, len(audio) - 1, rate)
    played = np.interp(positions, np.arange(len(audio)), audio)
    return np.pad(played, (shift, 0)).astype(np.float32)


def log_mel(audio: Audio) -> NDArray[np.float32]:
    """log10 of mel power by faster-whisper's own extractor, before its floor and scale: (80, frames)."""
    from faster_whisper.feature_extractor import FeatureExtractor

    extractor = FeatureExtractor(feature_size=80)
    window = np.hanning(extractor.n_fft + 1)[:-1].astype(np.float32)
    spectrum = extractor.stft(
        np.pad(audio, (0, 160)), extractor.n_fft, extractor.hop_length, window=window, return_complex=True
    )
    power = extractor.mel_filters @ (np.abs(spectrum[..., :-1]) ** 2)
    return np.asarray(np.log10(np.maximum(power, 1e-10)), np.float32)
