"""`coach eval curve`: would more data help? Every head taught on a quarter, half and all of what the other writers wrote.

Figures are macro-F1 of a head's own labels on held-out writers (for `reply`: the sixteen acts of whole replies), with
thresholds set on the same held-out rows at every size, so only the steps between the columns mean something. Single
clauses and replies are drawn, not conversations: the true curve is a little steeper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from evals.reading.lessons import Lesson, examples, lessons
from evals.reading.logistic import Fit, calibrated, fit, log_odds, thresholds
from evals.reading.train import TOGETHER

if TYPE_CHECKING:
    from rich.table import Table

SHARES: Final = (0.25, 0.5, 1.0)
SEED: Final = 20261122


def curve_table() -> Table:
    """A row a head, a column a share of the data; the last column is what the last doubling added."""
    from rich.table import Table

    table = Table(title="learning curve: macro-F1 on held-out writers")
    for column in ("head", *(f"{share:.0%}" for share in SHARES), "last doubling"):
        table.add_column(column, justify="left" if column == "head" else "right")
    for name, lesson in lessons(examples()):
        figures = [reached(lesson, share) for share in SHARES]
        table.add_row(name, *(f"{figure:.3f}" for figure in figures), f"{figures[-1] - figures[-2]:+.3f}")
    return table


def print_curve() -> None:
    """Print it; some minutes of work."""
    from rich.console import Console

    Console(width=120).print(curve_table())


def reached(lesson: Lesson, share: float) -> float:
    """macro-F1 on held-out writers when `share` of the others' rows are taught."""
    rng = np.random.default_rng(SEED)
    names = np.array(lesson.groups)
    writers = sorted(set(lesson.groups))
    said = np.zeros(lesson.truth.shape, dtype=np.float64)
    chosen = rng.random(len(names)) < share
    for at in range(0, len(writers), TOGETHER):
        out = np.isin(names, writers[at : at + TOGETHER])
        taught = ~out & chosen
        said[out] = fit(
            lesson.rows[taught], lesson.truth[taught], columns=lesson.columns, strength=lesson.strength
        ).probabilities(lesson.rows[out])
    return _macro(lesson, said)


def _macro(lesson: Lesson, said: NDArray[np.float64]) -> float:
    use = lesson.judged
    plain = np.ones(lesson.truth.shape[1], dtype=np.float32)
    bare = Fit(np.empty((0, len(plain)), dtype=np.float32), plain, np.zeros_like(plain))
    scaled = calibrated(bare, log_odds(said[use]), lesson.truth[use])
    p = 1 / (1 + np.exp(-(log_odds(said[use]) * scaled.slope + scaled.offset)))
    truth = lesson.truth[use]
    limits = thresholds(p, truth)
    found = []
    for label in range(truth.shape[1]):
        known = truth[:, label] >= 0
        so, yes = truth[known, label] == 1, p[known, label] >= limits[label]
        bottom = so.sum() + yes.sum()
        if so.any():
            found.append(2 * (so & yes).sum() / bottom if bottom else 0.0)
    return float(np.mean(found)) if found else 0.0
