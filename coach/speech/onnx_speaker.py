"""A speaker model in ONNX, run by onnxruntime: a stretch of speech becomes a point that stands for the person.

The folder holds `model.onnx` as WeSpeaker, 3D-Speaker and their kin export it: one input of log mel filterbanks
(1, frames, 80) as Kaldi makes them, or of the waveform (1, samples); one output (1, dimensions).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.errors import ModelMissing, Words
from coach.quiet import keep_quiet
from coach.speech.recording import RATE, Channel

FILE: Final = "model.onnx"
BANDS: Final = 80
_FRAME, _HOP, _FFT = 400, 160, 512
LOWEST_HZ: Final = 20.0
SHORTEST: Final = 0.25
"""Seconds below which a stretch is repeated until it is as long: models want some frames."""


class SpeakerModel:
    """A loaded model; calling it with samples gives a point of length one."""

    def __init__(self, session: Any, *, waveform: bool) -> None:
        self._session = session
        self._waveform = waveform
        self._input: str = session.get_inputs()[0].name
        self._output: str = session.get_outputs()[0].name

    def __call__(self, part: Channel) -> NDArray[np.float64]:
        least = int(SHORTEST * RATE)
        if len(part) < least:
            part = np.resize(part, least) if len(part) else np.zeros(least, np.float32)
        given = part[None].astype(np.float32) if self._waveform else filterbank(part)[None]
        point = self._session.run([self._output], {self._input: given})[0].reshape(-1).astype(np.float64)
        length = float(np.linalg.norm(point))
        return np.asarray(point / length if length > 0 and np.isfinite(length) else np.zeros_like(point))


@lru_cache(maxsize=1)
def load_speaker_model(folder: Path) -> SpeakerModel:
    """The model of a folder; raises ModelMissing when there is none that can be used."""
    file = folder / FILE
    if not file.is_file():
        raise _missing((f"{folder.name} 里没有 {FILE}。", f"There is no {FILE} in {folder.name}."))
    keep_quiet()
    import onnxruntime  # type: ignore[import-untyped]

    try:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        rank = len(session.get_inputs()[0].shape)
        model = SpeakerModel(session, waveform=rank == 2)
        tried = model(np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32))
    # onnxruntime raises a dozen kinds of its own, none with a common parent.
    except Exception as error:
        raise _missing(
            (f"说话人模型打不开：{error}", f"The speaker model cannot be opened: {error}")
        ) from error
    if rank not in (2, 3) or len(tried) < 2 or not tried.any():
        raise _missing(("这不是认得的说话人模型。", "This is no speaker model that we know."))
    return model


def filterbank(samples: Channel) -> NDArray[np.float32]:
    """Kaldi's log mel filterbank without dither, its mean over time taken off: (frames, 80)."""
    wave = samples.astype(np.float64) * 32768
    frames = np.lib.stride_tricks.sliding_window_view(wave, _FRAME)[::_HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    frames = frames - 0.97 * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft(frames * np.hamming(_FRAME), _FFT, axis=1)) ** 2
    bands = np.log(np.maximum(power @ _bands(), np.finfo(np.float32).eps))
    return np.asarray(bands - bands.mean(axis=0), np.float32)


@lru_cache(maxsize=1)
def _bands() -> NDArray[np.float64]:
    """Triangles on Kaldi's mel scale, (frequencies, bands)."""

    def mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(1127 * np.log(1 + hertz / 700))

    lowest, highest = mel(np.array([LOWEST_HZ, RATE / 2]))
    edges = np.linspace(float(lowest), float(highest), BANDS + 2)
    at = mel(np.fft.rfftfreq(_FFT, 1 / RATE).astype(np.float64))[:, None]
    rising = (at - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - at) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0, np.minimum(rising, falling)))


def _missing(what: Words) -> ModelMissing:
    return ModelMissing(
        what,
        (
            "COACH_SPEAKER_MODEL 要指向装有 model.onnx 的文件夹；清空它就按音色分。",
            "Let COACH_SPEAKER_MODEL name a folder with model.onnx, or clear it: then timbre decides.",
        ),
    )
