"""The judge: how likely each label is for each clause, in the light of who speaks and of the whole turn.

A rep's turn is judged twice, as a whole (which acts are in it at all) and clause by clause (which words carry them);
a clause carries an act when both agree. A customer's clauses are judged one by one. Questions and leave-taking are told
by rule, since nobody marks them in the sets.

Every figure is scaled so that 0.5 is where the label begins to hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline import rules
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.features import Row, clause_row, reply_row
from coach.reading.offline.heads import ARTEFACT, Head, load
from coach.vocabulary import REPLY_ACTS

BY_RULE: Final = ("question", "exit", "small_talk")
"""Labels of a customer's words that rules tell."""
HOLDS: Final = 0.5
"""From which scaled probability on a label holds."""


class Judge:
    """The trained heads of one artefact, and how their opinions go together."""

    def __init__(self, artefact: Path = ARTEFACT) -> None:
        self._artefact = artefact

    def head(self, name: str) -> Head:
        """One head of the artefact (Broken when it is damaged or missing)."""
        return load(self._artefact)[name]

    def probabilities(self, clauses: Sequence[Evidence]) -> list[dict[str, float]]:
        """For each clause, 0..1 for every label that its speaker may have (who cannot be told is a customer)."""
        rows = [clause_row(clause) for clause in clauses]
        result: list[dict[str, float]] = [{} for _ in clauses]
        numbered = list(enumerate(clauses))
        for (_, is_rep), group in groupby(
            numbered, key=lambda pair: (pair[1].clause.turn, pair[1].role == "rep")
        ):
            members = [index for index, _ in group]
            if is_rep:
                self._rep_turn(
                    [clauses[i] for i in members], [rows[i] for i in members], [result[i] for i in members]
                )
        customers = [index for index, clause in numbered if clause.role != "rep"]
        if customers:
            head = self.head("customer")
            for index, p in zip(customers, head.probabilities([rows[i] for i in customers]), strict=True):
                result[index].update(_scaled(head, p))
                opinions = rules.opinions(clauses[index])
                result[index].update({label: _sigmoid(opinions[label]) for label in BY_RULE})
        return result

    def turn_acts(self, clauses: Sequence[Evidence]) -> dict[str, float]:
        """For the clauses of one rep turn, how likely each act is somewhere in them (0.5: it begins to hold)."""
        strongest = self.head("rep").probabilities([clause_row(clause) for clause in clauses]).max(axis=0)
        return self._acts(clauses, strongest)

    def kind(self, head: str, row: Row) -> str:
        """The likeliest type of an objection, a reaction or a buying role."""
        model = self.head(head)
        return model.labels[int(np.argmax(model.probabilities([row])[0]))]

    def mentions(self, head: str, rows: Sequence[Row]) -> list[float]:
        """For each mention, how likely it is one that counts (0.5: it begins to)."""
        model = self.head(head)
        return [next(iter(_scaled(model, p).values())) for p in model.probabilities(rows)]

    def _acts(self, clauses: Sequence[Evidence], strongest: NDArray[np.float32]) -> dict[str, float]:
        """The whole turn's view and the strongest clause's, averaged as log-odds."""
        whole, parts = self.head("reply"), self.head("rep")
        view = _scaled(whole, whole.probabilities([reply_row(clauses)])[0])
        carried = _scaled(parts, strongest)
        return {act: _sigmoid((_log_odds(view[act]) + _log_odds(carried[act])) / 2) for act in whole.labels}

    def _rep_turn(
        self, clauses: Sequence[Evidence], rows: Sequence[Row], result: Sequence[dict[str, float]]
    ) -> None:
        head = self.head("rep")
        by_clause = head.probabilities(rows)
        strongest = by_clause.max(axis=0)
        acts = self._acts(clauses, strongest)
        best = _scaled(head, strongest)
        for target, p in zip(result, by_clause, strict=True):
            own = _scaled(head, p)
            for label in head.labels:
                if label in REPLY_ACTS:
                    # The clause that carries the act best takes the whole turn's certainty; weaker ones fall behind it.
                    share = _log_odds(own[label]) - _log_odds(best[label])
                    target[label] = _sigmoid(_log_odds(acts[label]) + share)
                else:
                    target[label] = own[label]


def _scaled(head: Head, p: NDArray[np.float32]) -> Mapping[str, float]:
    """Probabilities by label, shifted in log-odds so that the head's threshold lies at one half."""
    return {
        label: _sigmoid(_log_odds(float(value)) - _log_odds(float(threshold)))
        for label, value, threshold in zip(head.labels, p, head.threshold, strict=True)
    }


def _sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _log_odds(p: float) -> float:
    p = max(1e-6, min(1 - 1e-6, p))
    return math.log(p / (1 - p))
