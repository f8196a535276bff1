"""Training windows made on the fly: clips in time, noise, Whisper's floor and scale, and the target tokens.

Mixing happens on mel power, where it costs a millisecond instead of a Fourier transform.
A window may be a slice from the middle of the 30 seconds: its frames then carry their own position, and what
was said before stands in front of the target as context that is not scored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.vocabulary import Language
from evals.speech.corpus import Clip
from evals.speech.tokens import Vocabulary

FRAMES: Final = 100
"""Mel frames a second."""
POSITIONS: Final = 50
"""Encoder positions a second."""
UNSCORED: Final = -100
MAX_TOKENS: Final = 400
PARTS: Final = 8
"""Each sentence is cut into so many parts of equal length, for the encoder's own lesson."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How a training stage mixes its windows."""

    seconds: float
    sliced: float = 0.0
    """Share of windows cut from a random place inside the 30 seconds."""
    snr: tuple[float, float] = (12.0, 50.0)
    """Noise in dB below the loudest clip."""
    gain: tuple[float, float] = (0.25, 1.0)
    gap: tuple[float, float] = (0.3, 2.8)
    """Seconds between most sentences; three in ten follow each other closely."""
    stretch: tuple[float, float] = (1.0, 1.0)
    """Half of the clips last so many times as long, at the same pitch: speeds that no clip has."""
    untimed: float = 0.1
    """Share of windows whose target has no timestamps."""


@dataclass(slots=True)
class Window:
    """One example: scaled log-mel (80, frames), decoder input and targets, part at each encoder position

    (0 is silence, 1 + sentence * PARTS + part otherwise)."""

    features: NDArray[np.float32]
    inputs: list[int]
    targets: list[int]
    weights: list[float]
    part_at: NDArray[np.int64]
    first_position: int


@dataclass(slots=True)
class _Placed:
    start: float
    end: float
    clip: Clip
    log_mel: NDArray[np.float32]


@dataclass(slots=True)
class Maker:
    """Makes windows from clips; `rng` decides everything."""

    clips: list[Clip]
    texts: list[str]
    words: Vocabulary
    rng: np.random.Generator
    by_language: dict[Language, list[Clip]] = field(init=False)
    encoded: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_language = {
            "zh": [clip for clip in self.clips if clip.language == "zh"],
            "en": [clip for clip in self.clips if clip.language == "en"],
        }
        self.encoded = [self.words.encode(text) for text in self.texts]

    def window(self, mix: Mix) -> Window:
        """One window by the shares of `mix`."""
        rng = self.rng
        language: Language = "zh" if rng.random() < 0.66 else "en"
        offset = (
            float(rng.integers(1, int((30 - mix.seconds) * 10))) / 10 if rng.random() < mix.sliced else 0.0
        )
        room = mix.seconds
        draw = rng.random()
        empty = draw < 0.03
        full = draw > 0.40
        content = room if full else float(rng.uniform(min(5.0, room), room))
        placed = [] if empty else self._lay_out(language, content, full, offset, mix)
        power = self._power(placed, content, mix)
        features = self._scaled(power, int(room * FRAMES))
        part_at = np.zeros(int(room * POSITIONS), np.int64)
        for spoken in placed:
            begin, end = (max(0, round(t * POSITIONS)) for t in (spoken.start, spoken.end))
            first = round(spoken.start * POSITIONS)
            here = np.arange(begin, min(end, len(part_at)))
            phase = np.clip((here - first) * PARTS // max(1, end - first), 0, PARTS - 1)
            part_at[begin:end] = spoken.clip.sentence * PARTS + phase + 1
        inputs, targets, weights = self._tokens(placed, language, content, offset, mix)
        return Window(features, inputs, targets, weights, part_at, round(offset * POSITIONS))

    def _lay_out(
        self, language: Language, content: float, full: bool, offset: float, mix: Mix
    ) -> list[_Placed]:
        """Clips with gaps; in a full window the last one is cut by the end."""
        rng, clips = self.rng, self.by_language[language]
        # After a seek the next window begins exactly where its first sentence does, give or take the
        # rounding.
        at = float(rng.uniform(-0.06, 0.12) if rng.random() < 0.4 and not offset else rng.uniform(0.0, 1.2))
        placed: list[_Placed] = []
        while at < content - 0.4:
            clip = clips[int(rng.integers(len(clips)))]
            log_mel = self._at_some_speed(clip, mix)
            length = log_mel.shape[1] / FRAMES
            if at + length > content and not (full and placed):
                break
            placed.append(_Placed(at, at + length, clip, log_mel))
            gap = rng.uniform(0.05, 0.6) if rng.random() < 0.3 else rng.uniform(*mix.gap)
            at += length + float(gap)
        return placed

    def _at_some_speed(self, clip: Clip, mix: Mix) -> NDArray[np.float32]:
        """The clip's frames, or as many as a faster or slower speaker would have."""
        log_mel = clip.log_mel.astype(np.float32)
        factor = float(self.rng.uniform(*mix.stretch))
        if factor == 1.0 or self.rng.random() < 0.5:
            return log_mel
        at = np.linspace(0, log_mel.shape[1] - 1.001, int(log_mel.shape[1] * factor))
        left = at.astype(np.int64)
        share = (at - left).astype(np.float32)
        return np.asarray(log_mel[:, left] * (1 - share) + log_mel[:, left + 1] * share, np.float32)

    def _power(self, placed: list[_Placed], content: float, mix: Mix) -> NDArray[np.float32]:
        """Mel power of `content` seconds."""
        rng = self.rng
        frames = int(content * FRAMES)
        power = np.zeros((80, frames), np.float32)
        open_gate = np.zeros(frames, bool)
        loudest = float(rng.uniform(*mix.gain)) ** 2
        for spoken in placed:
            gain = (loudest * float(rng.uniform(0.5, 1.0))) ** 2
            clip = np.power(10.0, spoken.log_mel) * np.float32(gain)
            begin = round(spoken.start * FRAMES)
            clip = clip[:, max(0, -begin) :]
            begin = max(0, begin)
            end = min(frames, begin + clip.shape[1])
            power[:, begin:end] += clip[:, : end - begin]
            margin = int(rng.integers(5, 40))
            open_gate[max(0, begin - margin) : end + margin] = True
        if rng.random() < 0.85:
            peak = float(power.mean(axis=0).max(initial=0.0)) or 1e-3
            level = peak * 10 ** (-float(rng.uniform(*mix.snr)) / 10)
            tilt = np.exp(float(rng.uniform(-1.5, 1.5)) * np.linspace(-1, 1, 80, dtype=np.float32))[:, None]
            noise = rng.exponential(1.0, (80, frames)).astype(np.float32) * tilt * np.float32(level)
            # A crosstalk gate leaves digital silence where the other side speaks.
            power += noise * open_gate if rng.random() < 0.3 else noise
        return power

    def _scaled(self, power: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
        log = np.log10(np.maximum(power, 1e-10))
        # The floor hangs on the loudest moment of the whole file, which may lie outside of this window.
        loudest = float(log.max(initial=-10.0)) + float(self.rng.uniform(0.0, 0.6))
        scaled = (np.maximum(log, loudest - 8.0) + 4.0) / 4.0
        # faster-whisper pads with 0.0 after scaling.
        return np.pad(scaled, ((0, 0), (0, frames - scaled.shape[1]))).astype(np.float32)

    def _tokens(
        self, placed: list[_Placed], language: Language, content: float, offset: float, mix: Mix
    ) -> tuple[list[int], list[int], list[float]]:
        """Decoder input, target and weight of each target."""
        rng, words = self.rng, self.words
        mark = words.marks
        timed = offset > 0 or not placed or rng.random() >= mix.untimed
        sequence: list[tuple[int, float]] = []  # (token, weight as a target)
        if rng.random() < 0.1:
            sequence.append((mark["<|startofprev|>"], 0.0))
            other = self.encoded[int(rng.integers(len(self.encoded)))]
            sequence += [(token, 0.0) for token in other[: int(rng.integers(1, len(other)))]]
        sequence.append((mark["<|startoftranscript|>"], 0.0))
        # For a silent window Whisper says "no speech" where the language would stand.
        said_language = mark[f"<|{language}|>"]
        sequence.append((said_language, 1.0))
        language_at = len(sequence) - 1
        sequence.append((mark["<|transcribe|>"], 0.0))
        if not timed:
            sequence.append((mark["<|notimestamps|>"], 0.0))
        if offset:
            sequence += [(token, 0.0) for token in self._said_before(language, offset)]
        whole = [spoken for spoken in placed if spoken.end <= content + 0.02]
        cut = next((spoken for spoken in placed if spoken.end > content + 0.02), None)
        for number, spoken in enumerate(whole):
            start = offset + max(0.0, spoken.start)
            if number == 0 and not offset:
                start = 0.0 if rng.random() < 0.1 else min(1.0, start)
            if timed:
                sequence.append((words.time(start), 2.0))
            text = self.encoded[spoken.clip.sentence]
            sequence.append((text[0], 3.0))
            sequence += [(token, 1.0) for token in text[1:]]
            if timed:
                sequence.append((words.time(offset + spoken.end), 2.0))
        if timed and cut and whole:
            sequence.append((words.time(offset + cut.start), 2.0))
        if timed and not whole:
            sequence.append((words.time(offset), 1.0))
        sequence.append((mark["<|endoftext|>"], 1.0))
        sequence = sequence[: MAX_TOKENS + 1]
        tokens = [token for token, _ in sequence]
        targets = [token if weight else UNSCORED for token, weight in sequence]
        if not placed:
            targets[language_at] = mark["<|nospeech|>"]
        return tokens[:-1], targets[1:], [weight for _, weight in sequence[1:]]

    def _said_before(self, language: Language, until: float) -> list[int]:
        """Made-up earlier sentences with their times, ending before `until`."""
        rng, words = self.rng, self.words
        tokens: list[int] = []
        at = float(rng.uniform(0.0, 1.0))
        clips = self.by_language[language]
        while True:
            clip = clips[int(rng.integers(len(clips)))]
            end = at + clip.log_mel.shape[1] / FRAMES
            if end > until:
                return tokens
            tokens += [words.time(at), *self.encoded[clip.sentence], words.time(end)]
            at = end + float(rng.uniform(0.1, 2.0))
