"""Grow the trees of the second look, from what the heads said of writers whom they had never seen.

A head judges its own writers too well; trees taught on that would trust it too much. So every row is what a head without
that writer said, and again whole writers are held out to set the thresholds.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline.second_look import LABELS, surroundings
from coach.reading.offline.trees import Trees
from evals.reading.examples import VisitClause
from evals.reading.logistic import log_odds, thresholds

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

TREES: Final = 200
LEAVES: Final = 16
LEAST: Final = 40
"""Rows in a leaf, at least."""
RATE: Final = 0.04
SEED: Final = 20261122


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one side's clauses of the visits, in order: labels, the heads' held-out odds, truth, who judges."""

    labels: tuple[str, ...]
    held_out: NDArray[np.float64]
    truth: NDArray[np.int8]
    judged: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grown:
    """The trees of one side: for every label those that saw everybody, and by writer those that did not see them."""

    labels: tuple[str, ...]
    trees: tuple[Trees, ...]
    threshold: NDArray[np.float64]
    folds: Mapping[str, tuple[Trees, ...]]


def grow(clauses: Sequence[VisitClause], known: Mapping[bool, Known], together: int) -> dict[bool, Grown]:
    """The second look of either side; `together` writers are held out at once."""
    return {rep: _grown(clauses, known, rep, together) for rep in (False, True)}


def _grown(clauses: Sequence[VisitClause], known: Mapping[bool, Known], rep: bool, together: int) -> Grown:
    mine = known[rep]
    values, order = _values(clauses, known, rep)
    groups = np.array([clauses[i].group for i in order])
    writers = sorted(set(groups))
    trees, limits, folds = [], [], {writer: [] for writer in writers}  # type: ignore[var-annotated]
    for label in LABELS[rep]:
        column = mine.labels.index(label)
        truth = mine.truth[:, column]
        said = np.zeros(len(truth))
        for at in range(0, len(writers), together):
            held = writers[at : at + together]
            out = np.isin(groups, held)
            found = _fitted(values[~out & (truth >= 0)], truth[~out & (truth >= 0)])
            said[out] = found.log_odds(values[out])
            for writer in held:
                folds[writer].append(found)
        use = mine.judged & (truth >= 0)
        limits.append(float(thresholds(1 / (1 + np.exp(-said[use, None])), truth[use, None])[0]))
        trees.append(_fitted(values[truth >= 0], truth[truth >= 0]))
    return Grown(
        LABELS[rep], tuple(trees), np.array(limits), {writer: tuple(found) for writer, found in folds.items()}
    )


def _values(
    clauses: Sequence[VisitClause], known: Mapping[bool, Known], rep: bool
) -> tuple[NDArray[np.float32], list[int]]:
    """What the second look sees of every clause of one side, and which clauses these are."""
    odds: list[NDArray[Any]] = []
    counts = {True: 0, False: 0}
    for one in clauses:
        side = one.evidence.role == "rep"
        odds.append(log_odds(known[side].held_out[counts[side]]))
        counts[side] += 1
    found, order = [], []
    for _, group in itertools.groupby(
        range(len(clauses)), key=lambda i: (clauses[i].group, clauses[i].visit, clauses[i].rough)
    ):
        talk = list(group)
        own = [i for i in talk if (clauses[i].evidence.role == "rep") == rep]
        if own:
            found.append(surroundings([clauses[i].evidence for i in talk], [odds[i] for i in talk], rep))
            order += own
    return np.vstack(found), order


def _fitted(values: NDArray[np.float32], truth: NDArray[np.int8]) -> Trees:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=SEED,
    ).fit(values, truth)
    return _as_arrays(model)


def _as_arrays(model: HistGradientBoostingClassifier) -> Trees:
    """Its trees as arrays; a leaf leads to itself."""
    grown = [tree[0].nodes for tree in model._predictors]
    count, width = len(grown), max(len(nodes) for nodes in grown)
    feature, left, right = (np.zeros((count, width), dtype=np.int16) for _ in range(3))
    limit, value = (np.zeros((count, width)) for _ in range(2))
    for at, nodes in enumerate(grown):
        here = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        feature[at, here] = np.where(leaf, 0, nodes["feature_idx"])
        limit[at, here] = np.where(leaf, 0.0, nodes["num_threshold"])
        left[at, here] = np.where(leaf, here, nodes["left"])
        right[at, here] = np.where(leaf, here, nodes["right"])
        value[at, here] = np.where(leaf, nodes["value"], 0.0)
    depth = max(int(nodes["depth"].max()) for nodes in grown)
    return Trees(feature, limit, left, right, value, depth, float(np.ravel(model._baseline_prediction)[0]))
