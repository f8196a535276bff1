"""Who speaks in a mono recording: a suggestion from the voice in each stretch of speech, or none at all.

Honest limits: by timbre this tells two clearly different voices apart in clean sound. Where the two groups are no
further apart than the stretches of one speaker would be by chance, it does not guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from coach.speech.recording import RATE, Channel
from coach.speech.silero import Stretch

CONFIDENT: Final = 0.3
"""Mean silhouette of the two groups; one voice alone reaches about 0.2."""
CERTAIN: Final = 0.5
"""Silhouette that counts as full confidence: two synthetic voices of different sex reach it."""
SHORTEST: Final = 0.6
"""Seconds below which a stretch has no say in where the groups lie."""
LONGEST: Final = 4.0
"""A longer stretch is cut evenly: two people may be in it."""
MAJORITY: Final = 0.7
"""Share of an utterance that must have one voice, else who said it is doubtful."""
_BANDS, _CEPSTRA, _FRAME = 40, 20, 512

Points = NDArray[np.float64]
Timbre = Callable[[Channel], Points]
"""A voice as a point: near points are the same person."""


class Timed(Protocol):
    """Anything that lies between two moments of the recording, in seconds."""

    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Voice:
    """How somebody sounds between two moments of the recording."""

    start: float
    end: float
    timbre: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """0 or 1 for each utterance, the first speaker being 0; `doubtful` of them have no clear voice."""

    sides: tuple[int, ...]
    confidence: float
    doubtful: int


def voices(samples: Channel, speech: Sequence[Stretch], offset: float, timbre: Timbre) -> Iterator[Voice]:
    """The voice in every stretch of a slice that begins at `offset` seconds."""
    for stretch in speech:
        parts = max(1, round((stretch.end - stretch.start) / (LONGEST * RATE)))
        edges = np.linspace(stretch.start, stretch.end, parts + 1).astype(np.int64)
        for begin, end in pairwise(edges.tolist()):
            point = timbre(samples[begin:end])
            yield Voice(
                round(offset + begin / RATE, 2),
                round(offset + end / RATE, 2),
                tuple(round(float(value), 4) for value in point),
            )


def sides_of(spoken: Sequence[Voice], utterances: Sequence[Timed]) -> Sides | None:
    """Which of two speakers says each utterance; None when the voices cannot be told apart."""
    grouped = group(spoken)
    if grouped is None or not utterances:
        return None
    sides, silhouette = grouped
    shares = _shares(utterances, spoken, sides)
    first = int(min(zip(utterances, shares, strict=True), key=lambda pair: pair[0].start)[1] > 0.5)
    named = tuple(int((share > 0.5) != first) for share in shares)
    doubtful = sum(max(share, 1 - share) < MAJORITY for share in shares)
    return Sides(named, round(min(1.0, silhouette / CERTAIN), 2), doubtful)


def group(spoken: Sequence[Voice]) -> tuple[list[int], float] | None:
    """0 or 1 for each voice and the silhouette of the two groups; None when there is no telling."""
    long = np.array([voice.end - voice.start >= SHORTEST for voice in spoken], bool)
    if long.sum() < 4:
        return None
    points = np.array([voice.timbre for voice in spoken])
    # The points of a speaker model have length one and are near or far as they are; cepstra have no common scale.
    if not np.allclose(np.linalg.norm(points[long], axis=1), 1.0, atol=0.01):
        points = (points - points[long].mean(axis=0)) / (points[long].std(axis=0) + 1e-9)
    sides = _two_means(points[long])
    silhouette = _silhouette(points[long], sides)
    if min((sides == 0).sum(), (sides == 1).sum()) < 2 or silhouette < CONFIDENT:
        return None
    centres = np.stack([points[long][sides == side].mean(axis=0) for side in (0, 1)])
    nearest = np.linalg.norm(points[:, None] - centres[None], axis=2).argmin(axis=1)
    return [int(side) for side in nearest], silhouette


def timbre_of(part: Channel) -> Points:
    """Mean cepstrum of a stretch's louder half, 1 to 20 (0 is loudness and says nothing about who speaks)."""
    if len(part) < 2 * _FRAME:
        return np.zeros(_CEPSTRA)
    # Frames side by side: a mean over seconds gains nothing from overlap, and this runs for all speech there is.
    frames = part[: len(part) // _FRAME * _FRAME].reshape(-1, _FRAME)
    energy = (frames**2).sum(axis=1)
    loud = frames[energy >= np.median(energy)]
    power = np.abs(np.fft.rfft(loud * np.hanning(_FRAME).astype(np.float32), axis=1)) ** 2
    bands = np.log(power @ _mel_bands() + 1e-8)
    angles = np.pi / _BANDS * np.outer(np.arange(_BANDS) + 0.5, np.arange(1, _CEPSTRA + 1))
    return np.asarray((bands @ np.cos(angles)).mean(axis=0), np.float64)


def _shares(utterances: Sequence[Timed], spoken: Sequence[Voice], sides: Sequence[int]) -> list[float]:
    """How much of the speech in each utterance is side 1's; the nearest voice decides where none lies inside."""
    starts, ends = np.array([(voice.start, voice.end) for voice in spoken]).T
    ones = np.array(sides, float)
    shares = []
    for one in utterances:
        inside = np.maximum(0.0, np.minimum(ends, one.end) - np.maximum(starts, one.start))
        middle = (one.start + one.end) / 2
        nearest = ones[int(np.argmin(np.maximum(starts - middle, middle - ends)))]
        shares.append(float(inside @ ones / inside.sum()) if inside.sum() > 0 else float(nearest))
    return shares


@lru_cache(maxsize=1)
def _mel_bands() -> Points:
    """Triangular mel filters, (frequencies, bands)."""
    edges = 700 * (10 ** (np.linspace(0, 2595 * np.log10(1 + RATE / 2 / 700), _BANDS + 2) / 2595) - 1)
    frequencies = np.fft.rfftfreq(_FRAME, 1 / RATE)[:, None]
    rising = (frequencies - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - frequencies) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0, np.minimum(rising, falling)), np.float64)


def _two_means(points: Points) -> NDArray[np.int64]:
    """k-means with two centres, begun at the two sides of the main direction: no chance in it."""
    sides: NDArray[np.int64]
    _, _, directions = np.linalg.svd(points - points.mean(axis=0), full_matrices=False)
    sides = ((points - points.mean(axis=0)) @ directions[0] > 0).astype(np.int64)
    for _ in range(50):
        if sides.min() == sides.max():
            break
        centres = np.stack([points[sides == side].mean(axis=0) for side in (0, 1)])
        moved: NDArray[np.int64] = np.linalg.norm(points[:, None] - centres[None], axis=2).argmin(axis=1)
        if (moved == sides).all():
            break
        sides = moved
    return sides


def _silhouette(points: Points, sides: NDArray[np.int64], *, most: int = 400) -> float:
    """Mean silhouette of two groups, on every n-th point where there are very many."""
    thin = slice(None, None, max(1, len(points) // most))
    points, sides = points[thin], sides[thin]
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    values = []
    for number, side in enumerate(sides):
        own, other = sides == side, sides != side
        if own.sum() < 2 or not other.any():
            return 0.0
        inside = distances[number, own].sum() / (own.sum() - 1)
        outside = distances[number, other].mean()
        values.append((outside - inside) / max(inside, outside, 1e-9))
    return float(np.mean(values))
