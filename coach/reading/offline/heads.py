"""Heads: trained linear models over hashed features, kept as small integer arrays and run in numpy.

An artefact file holds for every head its labels, weights (one row a column that was ever used), thresholds and how its
score becomes a probability. Written by `evals.reading.train`; nothing is learned at run time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.errors import Broken
from coach.reading.offline.features import Row, width

ARTEFACT: Final = Path(__file__).parent / "artefacts" / "reading-1.npz"


Matrix = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Head:
    """One family of labels: score is row @ `weights` (columns, labels), probability sigmoid(slope * score + offset)."""

    labels: tuple[str, ...]
    columns: NDArray[np.int32]
    weights: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]
    threshold: NDArray[np.float32]

    def scaled(self, rows: Sequence[Row]) -> Matrix:
        """(rows, labels) in 0..1, shifted in log-odds so that a label's threshold lies at one half."""
        return _sigmoid(self.log_odds(rows) - self.limit)

    def probabilities(self, rows: Sequence[Row]) -> Matrix:
        """(rows, labels) in 0..1."""
        return _sigmoid(self.log_odds(rows))

    def log_odds(self, rows: Sequence[Row]) -> Matrix:
        """(rows, labels) of calibrated log-odds."""
        return np.asarray(np.clip(self.scores(rows) * self.slope + self.offset, -13.8, 13.8))

    @property
    def limit(self) -> Matrix:
        """(labels,) the log-odds from which each label holds."""
        return np.asarray(np.log(self.threshold / (1 - self.threshold)))

    def scores(self, rows: Sequence[Row]) -> Matrix:
        """(rows, labels) of raw scores."""
        result = np.zeros((len(rows), len(self.labels)), dtype=np.float32)
        for begin in range(0, len(rows), BLOCK):
            block = rows[begin : begin + BLOCK]
            at = self.columns[np.concatenate([row.index for row in block])]
            value = np.concatenate([row.value for row in block])
            parts = self.weights[np.maximum(at, 0)] * np.where(at >= 0, value, 0.0)[:, None]
            starts = np.cumsum([0, *(len(row.index) for row in block[:-1])])
            # Every row has its bias, so no stretch is empty and reduceat adds what it should.
            result[begin : begin + BLOCK] = np.add.reduceat(parts, starts, axis=0)
        return result


BLOCK: Final = 256
"""Rows that are scored at once: enough to be quick, few enough to stay small."""


def _sigmoid(scores: Matrix) -> Matrix:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


@lru_cache(maxsize=8)
def load(artefact: Path = ARTEFACT) -> dict[str, Head]:
    """Every trained head of an artefact, by name.

    Raises Broken when the file is missing or is not what this version expects.
    """
    try:
        with np.load(artefact, allow_pickle=False) as stored:
            if int(stored["width"]) != width():
                raise ValueError("the artefact was trained with other features")
            names = [str(name) for name in stored["heads"]]
            if "rep" in names and "side" not in names:
                raise ValueError("the artefact is of an older reader")
            return {name: _head(stored, name) for name in names}
    except (OSError, KeyError, ValueError) as error:
        raise Broken(
            ("离线阅读模型的文件坏了或不见了。", "The offline reader's model file is damaged or missing."),
            (
                "重新安装陪跑；自己教过的，再跑一遍 coach reading train --with-confirmed。",
                "Install the coach again; where you taught it yourself, run coach reading train --with-confirmed once more.",
            ),
        ) from error


def _head(stored: np.lib.npyio.NpzFile, name: str) -> Head:
    kept = stored[f"{name}/columns"]
    columns = np.full(int(stored["width"]), -1, dtype=np.int32)
    columns[kept] = np.arange(len(kept), dtype=np.int32)
    return Head(
        tuple(str(label) for label in stored[f"{name}/labels"]),
        columns,
        stored[f"{name}/weights"].astype(np.float32) * stored[f"{name}/scale"],
        stored[f"{name}/slope"],
        stored[f"{name}/offset"],
        stored[f"{name}/threshold"],
    )
