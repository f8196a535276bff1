"""Who speaks in a mono recording: a suggestion from the timbre of each segment, or none at all.

Honest limits: this tells two clearly different voices apart in clean sound. Where the two groups are no
further apart than the segments of one speaker would be by chance, it does not guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.speech.recording import RATE, Channel, Segment

CONFIDENT: Final = 0.3
"""Mean silhouette of the two groups; one voice alone reaches about 0.2."""
SHORTEST: Final = 0.6
"""Seconds below which a segment has no say in where the groups lie."""
_BANDS, _CEPSTRA, _FRAME = 40, 20, 512

Points = NDArray[np.float64]


def two_speakers(samples: Channel, segments: Sequence[Segment], *, offset: float = 0.0) -> list[int] | None:
    """0 or 1 for each segment, the first speaker being 0; None when the voices cannot be told apart.

    `offset` is the moment in the recording at which `samples` begin.
    """
    return group([timbre(samples, segment, offset) for segment in segments], segments)


def group(timbres: Sequence[Points], segments: Sequence[Segment]) -> list[int] | None:
    """The same from timbres that were taken earlier."""
    long = np.array([segment.end - segment.start >= SHORTEST for segment in segments])
    if long.sum() < 4:
        return None
    points = np.stack(timbres)
    spread = points[long].std(axis=0) + 1e-9
    points = (points - points[long].mean(axis=0)) / spread
    sides = _two_means(points[long])
    if min((sides == 0).sum(), (sides == 1).sum()) < 2 or _silhouette(points[long], sides) < CONFIDENT:
        return None
    centres = np.stack([points[long][sides == side].mean(axis=0) for side in (0, 1)])
    nearest = np.linalg.norm(points[:, None] - centres[None], axis=2).argmin(axis=1)
    return [int(side != nearest[0]) for side in nearest]


def timbre(samples: Channel, segment: Segment, offset: float = 0.0) -> Points:
    """Mean cepstrum of a segment's louder half, 1 to 20 (0 is loudness and says nothing about who speaks)."""
    begin, end = (max(0, int((moment - offset) * RATE)) for moment in (segment.start, segment.end))
    part = samples[begin : max(end, begin + 2 * _FRAME)]
    if len(part) < 2 * _FRAME:
        return np.zeros(_CEPSTRA)
    frames = np.lib.stride_tricks.sliding_window_view(part, _FRAME)[:: _FRAME // 2]
    power = np.abs(np.fft.rfft(frames * np.hanning(_FRAME), axis=1)) ** 2
    loud = power.sum(axis=1) >= np.median(power.sum(axis=1))
    bands = np.log(power[loud] @ _mel_bands() + 1e-8)
    angles = np.pi / _BANDS * np.outer(np.arange(_BANDS) + 0.5, np.arange(1, _CEPSTRA + 1))
    return np.asarray((bands @ np.cos(angles)).mean(axis=0), np.float64)


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
    _, _, directions = np.linalg.svd(points, full_matrices=False)
    sides = (points @ directions[0] > 0).astype(np.int64)
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
