"""One-vs-rest logistic models: all labels of a head fitted at once here, run in the product with numpy alone.

Of the hashed n-grams only those that tell most about some label take part (`GRAMS`); every dense feature does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline.features import BUCKETS, Row, dense_names, width

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

STRENGTH: Final = 0.1
"""Inverse of the penalty, chosen on held-out writers."""
FEW: Final = 50
"""Below so many positives a label's threshold is pulled towards the head's common one."""
SURE_HARM: Final = 0.8
"""Precision that harmful acts reach on held-out writers."""
GRAMS: Final = 20000
"""So many n-gram columns take part in a fit."""
SEEN: Final = 3
"""An n-gram seen in fewer rows is left out."""

Matrix = NDArray[np.float64]
Truth = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights (width, labels) of one head; `slope`/`offset` turn scores into probabilities."""

    weights: NDArray[np.float32]
    slope: NDArray[np.float32]
    offset: NDArray[np.float32]

    def probabilities(self, rows: csr_matrix) -> Matrix:
        """(rows, labels) in 0..1."""
        scores = rows @ self.weights
        return np.asarray(1 / (1 + np.exp(-np.clip(scores * self.slope + self.offset, -30, 30))))


def matrix(rows: Sequence[Row]) -> csr_matrix:
    """Rows as one sparse matrix."""
    from scipy.sparse import csr_matrix

    index = np.concatenate([row.index for row in rows]) if rows else np.empty(0, dtype=np.int64)
    value = np.concatenate([row.value for row in rows]) if rows else np.empty(0, dtype=np.float32)
    ends = np.cumsum([0, *(len(row.index) for row in rows)])
    return csr_matrix((value, index, ends), shape=(len(rows), width()))


def fit(
    rows: csr_matrix, truth: Truth, *, strength: float = STRENGTH, columns: NDArray[np.int64] | None = None
) -> Fit:
    """Fit every column of `truth` (1 yes, 0 no, -1 unknown and left out); `strength` is the inverse of the penalty.

    `columns` are those that take part (the bias among them); without, the telling ones.
    """
    from scipy.optimize import minimize

    used = _telling(rows, truth) if columns is None else columns
    narrow = rows[:, used].astype(np.float32)
    across = narrow.T.tocsr()
    known = (truth >= 0).astype(np.float32)
    answer = (truth == 1).astype(np.float32)
    shape = (len(used), truth.shape[1])

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(shape)
        scores = narrow @ weights.astype(np.float32)
        p = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        value = np.sum(known * (np.logaddexp(0, scores) - answer * scores), dtype=np.float64)
        slope = across @ (known * (p - answer))
        return (
            float(strength * value + 0.5 * np.sum(weights * weights)),
            (strength * slope.astype(np.float64) + weights).ravel(),
        )

    start = np.zeros(shape)
    share = answer.sum(axis=0) / np.maximum(1, known.sum(axis=0))
    start[np.searchsorted(used, BUCKETS + dense_names().index("bias"))] = np.log(
        (share + 1e-3) / (1 - share + 1e-3)
    )
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 60, "ftol": 1e-5})
    weights = np.zeros((rows.shape[1], truth.shape[1]), dtype=np.float32)
    weights[used] = found.x.reshape(shape)
    ones = np.ones(truth.shape[1], dtype=np.float32)
    return Fit(weights, ones, np.zeros_like(ones))


def _telling(rows: csr_matrix, truth: Truth) -> NDArray[np.int64]:
    """The columns that take part: every dense one, and the n-grams that go most with or against some label."""
    count = np.bincount(rows.indices, minlength=rows.shape[1])
    grams = np.flatnonzero(count[:BUCKETS] >= SEEN)
    present = rows[:, grams].copy()
    present.data[:] = 1
    size = count[grams].astype(np.float64)
    best = np.zeros(len(grams))
    for label in range(truth.shape[1]):
        yes = (truth[:, label] == 1).astype(np.float64)
        share = yes.mean()
        if not 0 < share < 1:
            continue
        together = np.asarray(present.T @ yes).ravel()
        surprise = (together - size * share) ** 2 / (size * share * (1 - share))
        best = np.maximum(best, surprise)
    chosen = grams[np.argsort(-best)[:GRAMS]]
    return np.sort(np.concatenate([chosen, np.arange(BUCKETS, rows.shape[1])]))


def calibrated(fitted: Fit, scores: Matrix, truth: Truth) -> Fit:
    """The same model with Platt's slope and offset from held-out scores (log-odds)."""
    from sklearn.linear_model import LogisticRegression

    slope, offset = fitted.slope.copy(), fitted.offset.copy()
    for label in range(truth.shape[1]):
        known = truth[:, label] >= 0
        if truth[known, label].sum() < 5:
            continue
        model = LogisticRegression(C=10.0).fit(scores[known, label : label + 1], truth[known, label])
        slope[label] = max(0.2, float(model.coef_[0, 0]))
        offset[label] = float(model.intercept_[0])
    return Fit(fitted.weights, slope, offset)


def log_odds(p: Matrix) -> Matrix:
    """Probabilities back to scores."""
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))


def thresholds(p: Matrix, truth: Truth, *, careful: Sequence[int] = ()) -> NDArray[np.float32]:
    """Per label the threshold with the best F1 on held-out probabilities, shrunk to a common one where positives are few.

    Labels in `careful` (harmful acts) hold only from where `SURE_HARM` of the held-out hits were right: a rep who is
    told of harm that was none stops believing the coach.
    """
    grid = np.linspace(0.08, 0.8, 73)
    common = max(
        grid, key=lambda t: float(np.mean([_f(p[:, j], truth[:, j], t, 1.0) for j in range(p.shape[1])]))
    )
    result = np.full(p.shape[1], common, dtype=np.float32)
    for label in range(p.shape[1]):
        positives = int((truth[:, label] == 1).sum())
        if positives < 5:
            continue
        own = max(grid, key=lambda t: _smooth_f(p[:, label], truth[:, label], t, 1.0))
        share = positives / (positives + FEW)
        result[label] = share * own + (1 - share) * common
        if label in careful:
            result[label] = max(result[label], _precise(p[:, label], truth[:, label], grid))
    return result


def _precise(p: Matrix, truth: Truth, grid: Matrix) -> float:
    """The lowest threshold from which on enough of what is said is so."""
    for t in grid:
        said = p >= t
        if said.sum() and (truth[said] == 1).sum() >= SURE_HARM * (truth[said] >= 0).sum():
            return float(t)
    return float(grid[-1])


def _f(p: Matrix, truth: Truth, t: float, beta: float) -> float:
    known = truth >= 0
    said, so = p[known] >= t, truth[known] == 1
    hits = float((said & so).sum())
    weight = beta * beta
    bottom = weight * so.sum() + said.sum()
    return (1 + weight) * hits / bottom if bottom else 0.0


def _smooth_f(p: Matrix, truth: Truth, t: float, beta: float) -> float:
    """F around a threshold rather than at it, so that one lucky example does not set it."""
    return float(np.mean([_f(p, truth, t + shift, beta) for shift in (-0.04, -0.02, 0.0, 0.02, 0.04)]))
