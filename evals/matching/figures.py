"""The figures of a ranking, query by query, with bootstrap intervals over queries.

success@3    a case of grade 2 or 3 among the first three
grade@3      mean grade of the cases shown, three at most
nDCG@3       gain 2^grade - 1, against the best possible order
recall@5     share of the cases of grade 1 and more among the first five
abstained    share of queries for which nothing was shown
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HELPS = 2
"""From this grade on a case helps."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` queries with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float
    n: int

    def text(self) -> str:
        """`0.91 [0.82, 0.98]`, or a dash when there was nothing to measure."""
        return f"{self.mean:.2f} [{self.low:.2f}, {self.high:.2f}]" if self.n else "–"


def success(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """1 when a case that helps is among the first three."""
    return float(any(relevant.get(case, 0) >= HELPS for case in ranked[:3]))


def grade(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Mean grade of the cases shown; 0 when nothing is shown."""
    shown = ranked[:3]
    return sum(relevant.get(case, 0) for case in shown) / len(shown) if shown else 0.0


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 3) -> float:
    """Normalised discounted cumulative gain."""
    best = _dcg(sorted(relevant.values(), reverse=True)[:depth])
    return _dcg([relevant.get(case, 0) for case in ranked[:depth]]) / best if best else 0.0


def recall(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 5) -> float:
    """Share of the relevant cases among the first `depth`."""
    wanted = {case for case, value in relevant.items() if value > 0}
    return len(wanted & set(ranked[:depth])) / len(wanted) if wanted else 0.0


def estimate(values: Sequence[float], *, draws: int = 2000, seed: int = 7) -> Estimate:
    """The mean of `values` and the middle 95 % of its bootstrap draws."""
    if not values:
        return Estimate(0.0, 0.0, 0.0, 0)
    chance = random.Random(seed)
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(draws))
    mean = sum(values) / len(values)
    return Estimate(mean, means[int(0.025 * draws)], means[int(0.975 * draws) - 1], len(values))


def _dcg(grades: Sequence[int]) -> float:
    return sum((2.0**value - 1.0) / math.log2(rank + 1) for rank, value in enumerate(grades, 1))
