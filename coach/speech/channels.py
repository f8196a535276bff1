"""Tell a split recording from plain stereo, and keep each channel to its own speaker.

A microphone hears the other speaker too, some 20 dB down, and Whisper writes down what it hears: without the
gate every sentence of a split recording comes twice.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from coach.speech.recording import RATE, Sound

STEP: Final = 0.1
"""Seconds of one level."""
SPLIT_DB: Final = 6.0
"""In a split recording one side is louder than the other by at least this, whenever somebody speaks."""
GATE_DB: Final = 3.0
"""A channel is shut where the other one is louder by more than this."""
EMPTY_DB: Final = 40.0
"""A channel so much quieter than the other holds nothing."""

Levels = NDArray[np.float64]
"""Mean power of each STEP and channel, (steps, channels)."""

Layout = Literal["split", "mixed", "left", "right"]
"""split: one speaker a channel; mixed: both hear everything; left or right: the other channel is empty."""


def levels(sound: Sound) -> Levels:
    """Mean power of every tenth of a second, read from disk in pieces; a last incomplete one is left out."""
    size = int(STEP * RATE)
    steps = len(sound.samples) // size
    power = np.empty((steps, sound.samples.shape[1]), np.float64)
    for first in range(0, steps, 600):
        last = min(steps, first + 600)
        block = sound.samples[first * size : last * size].astype(np.float64) / 32768
        power[first:last] = (block.reshape(last - first, size, -1) ** 2).mean(axis=1)
        sound.let_go()
    return power


def layout(power: Levels) -> Layout:
    """What the channels of a recording are."""
    if power.shape[1] == 1 or not len(power):
        return "mixed"
    left, right = power.mean(axis=0)
    if left < right * _ratio(-EMPTY_DB):
        return "right"
    if right < left * _ratio(-EMPTY_DB):
        return "left"
    voice = _above_noise(power)
    loud = voice.max(axis=1) > voice.max() * _ratio(-30.0)
    difference = 10 * np.log10((voice[loud, 0] + 1e-12) / (voice[loud, 1] + 1e-12))
    far_apart = float((np.abs(difference) >= SPLIT_DB).mean())
    both_speak = min(float((difference > 0).mean()), float((difference < 0).mean()))
    return "split" if far_apart > 0.8 and both_speak > 0.02 else "mixed"


def gates(power: Levels) -> NDArray[np.bool_]:
    """Where each channel is open, (steps, 2): shut while the other side is clearly louder."""
    voice = _above_noise(power)
    # A step of grace on both sides: the first and last sounds of a word are quieter than its middle.
    near = np.maximum(voice, np.maximum(np.roll(voice, 1, axis=0), np.roll(voice, -1, axis=0)))
    open_ = near * _ratio(GATE_DB) >= near[:, ::-1]
    return np.asarray(open_, np.bool_)


def gated(samples: NDArray[np.float32], open_: NDArray[np.bool_]) -> NDArray[np.float32]:
    """One channel with silence where its gate is shut, ramped over 10 ms so that nothing clicks."""
    size = int(STEP * RATE)
    curve = np.repeat(open_.astype(np.float32), size)[: len(samples)]
    curve = np.pad(curve, (0, len(samples) - len(curve)), mode="edge" if len(curve) else "constant")
    ramp = np.ones(RATE // 100, np.float32) / np.float32(RATE // 100)
    return np.asarray(samples * np.convolve(curve, ramp, mode="same"), np.float32)


def _above_noise(power: Levels) -> Levels:
    """Power with each channel's own noise floor taken off, else a hissing channel would seem to speak."""
    floor = np.percentile(power, 10, axis=0)
    return np.asarray(np.maximum(power - 2 * floor, 0.0), np.float64)


def _ratio(decibel: float) -> float:
    return float(10 ** (decibel / 10))
