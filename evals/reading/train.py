"""Train the offline reader's heads on the labelled sets and write them as one artefact.

    nice python -m evals.reading.train            fits on everything, writes coach/reading/offline/artefacts/reading-1.npz
    nice python -m evals.reading.train --out X    writes elsewhere

Heads: `reply` sees a whole reply (sixteen acts), `rep` one clause of a rep (the same acts, found by asking which clause of
a labelled reply carries each, and the record's solution points and commitments), `customer` one clause of a customer;
`person` and `time` judge mentions; `objection`, `feedback`, `decision_role` tell the type. Probabilities and thresholds come from folds that hold whole
writers out.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline import features
from coach.reading.offline.heads import ARTEFACT
from coach.vocabulary import DECISION_ROLES, HARMFUL_ACTS, OBJECTION_TYPES, POLARITIES, REPLY_ACTS
from evals.reading.examples import (
    MarkedCandidate,
    ReplyExample,
    VisitClause,
    marked_people,
    marked_times,
    reply_examples,
    visit_clauses,
)
from evals.reading.logistic import STRENGTH, Fit, calibrated, fit, log_odds, matrix, thresholds

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

CUSTOMER_LABELS: Final = ("need", "objection", "feedback", "concern", "commitment")
REP_LABELS: Final = (*REPLY_ACTS, "solution_point", "commitment")
TOGETHER: Final = 2
"""Writers held out at once: half the fits, and nothing is told that is not so."""
ROUNDS: Final = 2
"""How often the clauses that carry a reply's acts are looked for again with the model of the round before."""

Truth = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Trained:
    """A finished head: its labels, the fit, its thresholds, what it said of held-out writers, and the fits without each."""

    labels: tuple[str, ...]
    fitted: Fit
    threshold: NDArray[np.float32]
    held_out: NDArray[np.float64]
    truth: Truth
    folds: Mapping[str, Fit]


def main() -> None:
    """Train every head and write the artefact."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    arguments = parser.parse_args()
    trained = train(reply_examples(), visit_clauses())
    write(trained, arguments.out)
    print(f"{arguments.out} {arguments.out.stat().st_size / 1e6:.1f} MB")


def train(replies: Sequence[ReplyExample], clauses: Sequence[VisitClause]) -> dict[str, Trained]:
    """All heads from these examples."""
    rep_clauses = [one for one in clauses if one.evidence.role == "rep"]
    customer_clauses = [one for one in clauses if one.evidence.role == "customer"]
    people = marked_people(clauses)
    return {
        "reply": _reply_head(replies),
        "rep": _rep_head(replies, rep_clauses),
        "customer": _customer_head(customer_clauses, replies),
        "objection": _type_head(customer_clauses, "objections", "type", OBJECTION_TYPES, replies),
        "feedback": _type_head(customer_clauses, "feedback", "polarity", POLARITIES),
        "person": _candidate_head("decision_role", people),
        "time": _candidate_head("time_point", marked_times(clauses)),
        "decision_role": _role_head(people),
    }


def without_each(
    rows: csr_matrix,
    truth: Truth,
    groups: Sequence[str],
    strength: float = STRENGTH,
    columns: NDArray[np.int64] | None = None,
) -> tuple[NDArray[np.float64], dict[str, Fit]]:
    """Probabilities of every row by a model that never saw its writer, and those models by the writer they never saw."""
    names = np.array(groups)
    writers = sorted(set(groups))
    result = np.zeros(truth.shape, dtype=np.float64)
    folds: dict[str, Fit] = {}
    for at in range(0, len(writers), TOGETHER):
        held = writers[at : at + TOGETHER]
        out = np.isin(names, held)
        fitted = fit(rows[~out], truth[~out], strength=strength, columns=columns)
        folds |= dict.fromkeys(held, fitted)
        result[out] = fitted.probabilities(rows[out])
    return result, folds


def finish(
    labels: Sequence[str],
    rows: csr_matrix,
    truth: Truth,
    groups: Sequence[str],
    *,
    strength: float = STRENGTH,
    careful: Sequence[int] = (),
    judged: NDArray[np.bool_] | None = None,
    columns: NDArray[np.int64] | None = None,
) -> Trained:
    """Fit on everything; calibrate and set thresholds on held-out writers (on the rows marked in `judged`)."""
    p, folds = without_each(rows, truth, groups, strength, columns)
    use = np.ones(len(groups), dtype=bool) if judged is None else judged
    fitted = calibrated(fit(rows, truth, strength=strength, columns=columns), log_odds(p[use]), truth[use])
    out = 1 / (1 + np.exp(-(log_odds(p) * fitted.slope + fitted.offset)))
    limits = thresholds(out[use], truth[use], careful=careful)
    return Trained(tuple(labels), fitted, limits, out, truth, folds)


def _reply_head(replies: Sequence[ReplyExample]) -> Trained:
    rows = matrix([features.reply_row(one.clauses) for one in replies])
    truth = np.array(
        [[act in (one.reply.acts or ()) for act in REPLY_ACTS] for one in replies], dtype=np.int8
    )
    careful = [REPLY_ACTS.index(act) for act in HARMFUL_ACTS]
    return finish(REPLY_ACTS, rows, truth, [one.group for one in replies], careful=careful)


def _rep_head(replies: Sequence[ReplyExample], visit: Sequence[VisitClause]) -> Trained:
    evidence = [clause for one in replies for clause in one.clauses] + [one.evidence for one in visit]
    groups = [one.group for one in replies for _ in one.clauses] + [one.group for one in visit]
    rows = matrix([features.clause_row(one) for one in evidence])
    truth = np.full((len(evidence), len(REP_LABELS)), -1, dtype=np.int8)
    spans = _spans(replies)
    for label in ("solution_point", "commitment"):
        at = REP_LABELS.index(label)
        for offset, one in enumerate(visit, spans[-1][1] if spans else 0):
            truth[offset, at] = label in one.labels
    truth[:, : len(REPLY_ACTS)] = _carriers(rows, replies, spans, len(evidence))
    careful = [REP_LABELS.index(act) for act in HARMFUL_ACTS]
    return finish(REP_LABELS, rows, truth, groups, careful=careful)


def _spans(replies: Sequence[ReplyExample]) -> list[tuple[int, int]]:
    """First row and the row after the last of every reply's clauses."""
    ends = np.cumsum([0, *(len(one.clauses) for one in replies)])
    return [(int(a), int(b)) for a, b in itertools.pairwise(ends)]


def _carriers(
    rows: csr_matrix, replies: Sequence[ReplyExample], spans: Sequence[tuple[int, int]], count: int
) -> Truth:
    """Which clause of a reply carries each of its acts: the likeliest one, looked for again in every round.

    Clauses of a reply without the act are no; the other clauses of a reply with it stay unknown, unless nearly as likely.
    """
    names = features.dense_names()
    opinions = np.asarray(
        rows[:, [features.BUCKETS + names.index(f"rule:{act}") for act in REPLY_ACTS]].todense()
    )
    truth = np.full((count, len(REPLY_ACTS)), -1, dtype=np.int8)
    scores = opinions
    for _ in range(ROUNDS):
        for one, (begin, end) in zip(replies, spans, strict=True):
            for at, act in enumerate(REPLY_ACTS):
                if act not in (one.reply.acts or ()):
                    truth[begin:end, at] = 0
                    continue
                piece = scores[begin:end, at]
                best = float(piece.max())
                truth[begin:end, at] = np.where(piece >= best - 1e-9, 1, np.where(piece < best - 1.5, 0, -1))
        fitted = fit(rows[: spans[-1][1]], truth[: spans[-1][1]], strength=STRENGTH)
        scores = np.asarray(rows @ fitted.weights)
    return truth


def _customer_head(visit: Sequence[VisitClause], replies: Sequence[ReplyExample]) -> Trained:
    said = [clause for one in replies if one.reply.objection_type for clause in one.said]
    said_groups = [one.group for one in replies if one.reply.objection_type for _ in one.said]
    evidence = [one.evidence for one in visit] + said
    truth = np.full((len(evidence), len(CUSTOMER_LABELS)), -1, dtype=np.int8)
    for at, label in enumerate(CUSTOMER_LABELS):
        truth[: len(visit), at] = [label in one.labels for one in visit]
    rows = matrix([features.clause_row(one) for one in evidence])
    judged = np.arange(len(evidence)) < len(visit)
    return finish(CUSTOMER_LABELS, rows, truth, [one.group for one in visit] + said_groups, judged=judged)


def _type_head(
    visit: Sequence[VisitClause],
    field: str,
    key: str,
    kinds: Sequence[str],
    replies: Sequence[ReplyExample] = (),
) -> Trained:
    """Which of `kinds` a marked clause is; for objections the customers' lines of the replies help."""
    marked = [(one.group, one.evidence, one.kind(field, key)) for one in visit]
    marked += [(one.group, clause, one.reply.objection_type) for one in replies for clause in one.said]
    known = [(group, evidence, kind) for group, evidence, kind in marked if kind]
    rows = matrix([features.clause_row(evidence) for _, evidence, _ in known])
    truth = np.array([[kind == one for one in kinds] for _, _, kind in known], dtype=np.int8)
    return finish(kinds, rows, truth, [group for group, _, _ in known])


def _candidate_head(label: str, found: Sequence[MarkedCandidate]) -> Trained:
    """Whether a mention is one that people mark."""
    rows = matrix([one.candidate.row for one in found])
    truth = np.array([[one.item is not None] for one in found], dtype=np.int8)
    return finish([label], rows, truth, [one.group for one in found])


def _role_head(found: Sequence[MarkedCandidate]) -> Trained:
    """The buying role of a marked person or body."""
    known = [one for one in found if one.item is not None]
    rows = matrix([one.candidate.row for one in known])
    truth = np.array(
        [
            [one.item is not None and one.item.attributes["role"] == role for role in DECISION_ROLES]
            for one in known
        ],
        dtype=np.int8,
    )
    # Few are marked: of a mention's office, of what it does and of what it means more is learned than of its letters.
    telling = features.columns("bias", "own", "mention_", "who:", "does:", "next:", "meant:")
    return finish(DECISION_ROLES, rows, truth, [one.group for one in known], columns=telling)


def write(trained: Mapping[str, Trained], path: Path, *, without: str | None = None) -> None:
    """Write every head as int8 weights with one scale a label; columns that no label uses are left out.

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
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
