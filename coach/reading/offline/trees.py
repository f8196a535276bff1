"""Trees: boosted decision trees grown elsewhere, kept as plain arrays and walked in numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """Arrays of (trees, nodes): a node asks whether `feature` is at most `limit` and goes `left` or `right`.

    A leaf leads to itself and adds its `value`; `depth` is the longest way down, `start` what is added to begin with.
    """

    feature: NDArray[np.int16]
    limit: NDArray[np.float64]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float64]
    depth: int
    start: float

    def log_odds(self, values: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """(rows,) for `values` of (rows, features)."""
        # Flat arrays and `take`: three times as quick as the same walk by pairs of indices.
        count, width = self.feature.shape
        first = np.arange(count) * width
        feature, limit = self.feature.ravel(), self.limit.ravel()
        ways = np.stack([self.right, self.left], axis=-1).ravel()
        rows = (np.arange(len(values)) * values.shape[1])[:, None]
        flat = np.ascontiguousarray(values, dtype=np.float64).ravel()
        node = np.broadcast_to(first, (len(values), count))
        for _ in range(self.depth):
            at_most = flat.take(rows + feature.take(node)) <= limit.take(node)
            node = first + ways.take(2 * node + at_most)
        return np.asarray(self.value.ravel().take(node).sum(axis=1) + self.start, dtype=np.float64)

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Everything, by name, for an artefact."""
        return {
            f"{prefix}/feature": self.feature,
            f"{prefix}/limit": self.limit,
            f"{prefix}/left": self.left,
            f"{prefix}/right": self.right,
            f"{prefix}/value": self.value,
            f"{prefix}/rest": np.array([self.depth, self.start]),
        }


def trees_of(stored: Mapping[str, NDArray[Any]], prefix: str) -> Trees:
    """The same back from an artefact."""
    depth, start = stored[f"{prefix}/rest"]
    return Trees(
        stored[f"{prefix}/feature"],
        stored[f"{prefix}/limit"],
        stored[f"{prefix}/left"],
        stored[f"{prefix}/right"],
        stored[f"{prefix}/value"],
        int(depth),
        float(start),
    )
