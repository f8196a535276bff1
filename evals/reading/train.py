"""Train the offline reader's heads on the labelled sets and write them as one artefact.

    nice python -m evals.reading.train            fits on everything, writes coach/reading/offline/artefacts/reading-1.npz
    nice python -m evals.reading.train --out X    writes elsewhere

Probabilities and thresholds come from folds that hold whole writers out.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline import features
from coach.reading.offline.heads import ARTEFACT
from evals.reading.grow import Grown, Known, grow
from evals.reading.lessons import Examples, Lesson, Truth, examples, lessons
from evals.reading.logistic import STRENGTH, Fit, calibrated, fit, log_odds, thresholds

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TOGETHER: Final = 3
"""Writers held out at once: a third of the fits, and nothing is told that is not so."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished head: its labels, the fit, its thresholds, what it said of held-out writers, and the fits without each.

    Thresholds were set on the rows in `judged`.
    """

    labels: tuple[str, ...]
    fitted: Fit
    threshold: NDArray[np.float32]
    held_out: NDArray[np.float64]
    truth: Truth
    folds: Mapping[str, Fit]
    judged: NDArray[np.bool_]


def main() -> None:
    """Train every head and write the artefact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    arguments = parser.parse_args()
    taught = examples()
    trained = train(taught)
    write(trained, looked_again(taught, trained), arguments.out)
    print(f"{arguments.out} {arguments.out.stat().st_size / 1e6:.1f} MB")


def train(taught: Examples) -> dict[str, Trained]:
    """All heads from these examples."""
    trained = {name: finish(lesson) for name, lesson in lessons(taught)}
    return {**trained, "decision_role": told_apart(trained["person"], trained["decision_role"])}


def looked_again(taught: Examples, trained: Mapping[str, Trained]) -> dict[bool, Grown]:
    """The second look, grown on what the heads of either side said of writers they had never seen."""
    reps = sum(one.evidence.role == "rep" for one in taught.clauses)
    here = {False: slice(0, len(taught.clauses) - reps), True: slice(-reps, None)}
    known = {}
    for rep, rows in here.items():  # a customer's visits come first in the lesson, a rep's replies do
        head = trained["rep" if rep else "customer"]
        known[rep] = Known(head.labels, head.held_out[rows], head.truth[rows], head.judged[rows])
    return grow(taught.clauses, known, TOGETHER)


def told_apart(person: Trained, role: Trained) -> Trained:
    """The role's head with the threshold at which person and likeliest role together are right most often.

    A person whose role cannot be told is of less use than none, so both must be likely at once.
    """
    use = person.judged
    both = (person.held_out[:, 0] * role.held_out.max(axis=1))[use]
    right = (role.truth[np.arange(len(use)), role.held_out.argmax(axis=1)] == 1)[use]
    marked = person.truth[use, 0] == 1

    def worth(limit: float) -> float:
        told = both >= limit
        return 2 * float((told & right).sum()) / float(told.sum() + marked.sum())

    limit = max(np.linspace(0.05, 0.7, 66), key=worth)
    return replace(role, threshold=np.full(len(role.labels), limit, dtype=np.float32))


def without_each(
    rows: csr_matrix,
    truth: Truth,
    groups: Sequence[str],
    columns: NDArray[np.int64] | None = None,
    strength: float = STRENGTH,
) -> tuple[NDArray[np.float64], dict[str, Fit]]:
    """Probabilities of every row by a model that never saw its writer, and those models by the writer they never saw."""
    names = np.array(groups)
    writers = sorted(set(groups))
    result = np.zeros(truth.shape, dtype=np.float64)
    folds: dict[str, Fit] = {}
    for at in range(0, len(writers), TOGETHER):
        held = writers[at : at + TOGETHER]
        out = np.isin(names, held)
        fitted = fit(rows[~out], truth[~out], columns=columns, strength=strength)
        folds |= dict.fromkeys(held, fitted)
        result[out] = fitted.probabilities(rows[out])
    return result, folds


def finish(lesson: Lesson) -> Trained:
    """Fit on everything; calibrate and set thresholds on what held-out writers really said."""
    rows, truth, use, columns = lesson.rows, lesson.truth, lesson.judged, lesson.columns
    strength = lesson.strength
    p, folds = without_each(rows, truth, lesson.groups, columns, strength)
    fitted = calibrated(fit(rows, truth, columns=columns, strength=strength), log_odds(p[use]), truth[use])
    out = 1 / (1 + np.exp(-(log_odds(p) * fitted.slope + fitted.offset)))
    limits = thresholds(out[use], truth[use], careful=lesson.careful)
    return Trained(lesson.labels, fitted, limits, out, truth, folds, use)


def write(
    trained: Mapping[str, Trained], grown: Mapping[bool, Grown], path: Path, *, without: str | None = None
) -> None:
    """Write every head as int8 weights with one scale a label, and the trees; columns that no label uses are left out.

    With `without` the weights are those that never saw that writer (thresholds and calibration stay the common ones).
    """
    arrays: dict[str, NDArray[np.generic]] = {
        "heads": np.array(list(trained)),
        "width": np.array(features.width()),
    }
    for name, head in trained.items():
        weights = (head.folds.get(without, head.fitted) if without else head.fitted).weights
        scale = np.abs(weights).max(axis=0) / 127 + 1e-9
        small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
        columns = np.flatnonzero(small.any(axis=1)).astype(np.int32)
        arrays |= {
            f"{name}/labels": np.array(head.labels),
            f"{name}/columns": columns,
            f"{name}/weights": small[columns],
            f"{name}/scale": scale.astype(np.float32),
            f"{name}/slope": head.fitted.slope,
            f"{name}/offset": head.fitted.offset,
            f"{name}/threshold": head.threshold,
        }
    for rep, looked in grown.items():
        side = f"second/{'rep' if rep else 'customer'}"
        arrays[f"{side}/threshold"] = looked.threshold
        forests = looked.folds.get(without, looked.trees) if without else looked.trees
        for label, forest in zip(looked.labels, forests, strict=True):
            arrays |= forest.arrays(f"{side}/{label}")
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
