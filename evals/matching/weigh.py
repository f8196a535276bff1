"""What each part of a likeness counts, fitted on the dev queries so that the better graded case stands above:

    python -m evals.matching.weigh

Prints the weights for `coach/library/rerank.py`, and how well weights fitted without a query order its cases, beside
the weights in use. Few queries: parts that only help the ones they were fitted on show in the second line.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.deals.match import Matcher
from coach.library.library import Library
from coach.library.rerank import WEIGHTS
from coach.reading.offline import OfflineEngine
from coach.settings import Settings
from evals.matching.figures import grade, ndcg, success
from evals.matching.queries import SHIPPED, read_queries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

FOLDS: Final = 6
ROUNDS: Final = 3
STEPS: Final = 600
HELD_BACK: Final = 1e-3
"""How much large weights are held back."""


@dataclass(frozen=True)
class Pool:
    """The cases found for one query: a row of parts each, and their grades."""

    cases: tuple[str, ...]
    grades: dict[str, int]
    parts: Rows

    @property
    def better(self) -> tuple[Rows, Rows]:
        """For every pair of cases graded apart what the better one has more of, and how much apart they are."""
        import numpy as np

        given = np.array([self.grades.get(case, 0) for case in self.cases])
        above, below = np.nonzero(given[:, None] > given[None, :])
        apart = (given[above] - given[below]).astype(float)
        return self.parts[above] - self.parts[below], apart / max(apart.sum(), 1.0)


def pools() -> list[Pool]:
    """The pools of all dev queries that some case helps, with the parts as the product has them."""
    import numpy as np

    found = []
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        matcher = Matcher(library, OfflineEngine())
        for query in read_queries(SHIPPED / "dev.jsonl"):
            if query.answerable:
                ranked = matcher.ranked(matcher.trouble(query.deal))
                rows = np.array([[_known(one.parts.get(name)) for name in WEIGHTS] for one in ranked])
                usual = np.nan_to_num(np.nanmean(np.vstack([rows, np.zeros_like(rows[:1])]), axis=0))
                rows = np.where(np.isnan(rows), usual, rows)
                found.append(Pool(tuple(one.case.id for one in ranked), query.relevant or {}, rows))
        library.close()
    return found


def fitted(queries: Sequence[Pool]) -> Rows:
    """Weights, none below zero, under which the better graded case of a pair mostly stands above."""
    import numpy as np

    both = [pool.better for pool in queries]
    more, apart = np.vstack([rows for rows, _ in both]), np.concatenate([weight for _, weight in both])
    spread = more.std(axis=0) + 1e-9
    rows, apart = more / spread, apart / apart.sum()
    weights, pace, swing = np.full(rows.shape[1], 0.3), np.zeros(rows.shape[1]), np.zeros(rows.shape[1])
    for step in range(1, STEPS + 1):
        wrong = apart / (1.0 + np.exp(np.clip(rows @ weights, -50, 50)))
        slope = -(wrong @ rows) + 2 * HELD_BACK * weights
        pace, swing = 0.9 * pace + 0.1 * slope, 0.99 * swing + 0.01 * slope**2
        lead = pace / (1 - 0.9**step) / (np.sqrt(swing / (1 - 0.99**step)) + 1e-12)
        weights = np.maximum(0.0, weights - 0.02 * lead)
    result: Rows = weights / spread
    return result


def main() -> None:
    """Print the figures in use, those of weights fitted without the query, and the weights of all queries."""
    import numpy as np

    found = pools()
    in_use = np.array(list(WEIGHTS.values()))
    print("in use      ", _figures([(pool, in_use) for pool in found]))
    held: list[tuple[Pool, Rows]] = []
    for turn in range(ROUNDS):
        order = list(found)
        random.Random(turn).shuffle(order)
        for fold in range(FOLDS):
            unseen = order[fold::FOLDS]
            weights = fitted([pool for n, pool in enumerate(order) if n % FOLDS != fold])
            held += [(pool, weights) for pool in unseen]
    print("fitted, held", _figures(held))
    weights = fitted(found)
    for name, value in zip(WEIGHTS, weights * in_use.sum() / weights.sum(), strict=True):
        print(f'    "{name}": {value:.2f},')


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def _figures(ranked: Sequence[tuple[Pool, Rows]]) -> str:
    import numpy as np

    orders = [
        ([pool.cases[n] for n in np.argsort(-(pool.parts @ weights), kind="stable")], pool.grades)
        for pool, weights in ranked
    ]
    means = [
        float(np.mean([figure(order, grades) for order, grades in orders]))
        for figure in (success, grade, ndcg)
    ]
    return "success@3 {:.3f}  grade@3 {:.3f}  nDCG@3 {:.3f}".format(*means)


if __name__ == "__main__":
    main()
