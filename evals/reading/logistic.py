"""One-vs-rest logistic models on sparse rows: fitted here with scikit-learn, run in the product with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline.features import BUCKETS, Row, width

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEW: Final = 50
"""Below so many positives a label's threshold is pulled towards the head's common one."""

Matrix = NDArray[np.float64]


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


def fit(rows: csr_matrix, truth: NDArray[np.int8], weight: Matrix | None = None, *, strength: float = 1.0) -> Fit:
    """Fit every column of `truth` (1 yes, 0 no, -1 unknown and left out); `strength` is the inverse of the penalty."""
    from sklearn.linear_model import LogisticRegression

    labels = truth.shape[1]
    weights = np.zeros((rows.shape[1], labels), dtype=np.float32)
    used = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]) >= 2)
    narrow = rows[:, used]
    for label in range(labels):
        known = truth[:, label] >= 0
        answer = truth[known, label]
        if answer.sum() < 2 or answer.sum() == len(answer):
            weights[BUCKETS + _bias(), label] = -6.0
            continue
        model = LogisticRegression(C=strength, solver="liblinear", dual=True, max_iter=60, tol=0.02, random_state=0, fit_intercept=False)
        model.fit(narrow[known], answer, sample_weight=None if weight is None else weight[known])
        weights[used, label] = model.coef_[0]
    ones = np.ones(labels, dtype=np.float32)
    return Fit(weights, ones, np.zeros(labels, dtype=np.float32))


def calibrated(fitted: Fit, scores: Matrix, truth: NDArray[np.int8]) -> Fit:
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


def thresholds(p: Matrix, truth: NDArray[np.int8], *, careful: Sequence[int] = ()) -> NDArray[np.float32]:
    """Per label the threshold with the best F1 on held-out probabilities, shrunk to a common one where positives are few.

    Labels in `careful` (harmful acts) weigh precision twice.
    """
    grid = np.linspace(0.08, 0.8, 73)
    common = max(grid, key=lambda t: float(np.mean([_f(p[:, j], truth[:, j], t, 1.0) for j in range(p.shape[1])])))
    result = np.full(p.shape[1], common, dtype=np.float32)
    for label in range(p.shape[1]):
        positives = int((truth[:, label] == 1).sum())
        if positives < 5:
            continue
        beta = 0.7 if label in careful else 1.0
        own = max(grid, key=lambda t: _smooth_f(p[:, label], truth[:, label], t, beta))
        share = positives / (positives + FEW)
        result[label] = share * own + (1 - share) * common
    return result


def _f(p: Matrix, truth: NDArray[np.int8], t: float, beta: float) -> float:
    known = truth >= 0
    said, so = p[known] >= t, truth[known] == 1
    hits = float((said & so).sum())
    weight = beta * beta
    bottom = weight * so.sum() + said.sum()
    return (1 + weight) * hits / bottom if bottom else 0.0


def _smooth_f(p: Matrix, truth: NDArray[np.int8], t: float, beta: float) -> float:
    """F around a threshold rather than at it, so that one lucky example does not set it."""
    return float(np.mean([_f(p, truth, t + shift, beta) for shift in (-0.04, -0.02, 0.0, 0.02, 0.04)]))


def _bias() -> int:
    from coach.reading.offline.features import dense_names

    return dense_names().index("bias")
