"""The judge: how likely each label is for each clause, in the light of who speaks and of the whole turn.

A rep's turn is judged twice, as a whole (which acts are in it at all) and clause by clause (which words carry them);
a clause carries an act when both agree. A customer's clauses are judged one by one. Questions and leave-taking are told
by rule, since nobody marks them in the sets.

Every figure is scaled so that 0.5 is where the label begins to hold.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from coach.reading.offline import rules
from coach.reading.offline.deeds import ARTEFACT as DEEDS_ARTEFACT
from coach.reading.offline.deeds import deeds
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.features import Row, clause_row, reply_row
from coach.reading.offline.heads import ARTEFACT, Head, Matrix, load
from coach.reading.offline.second_look import second_looks, surroundings
from coach.vocabulary import REPLY_ACTS

BY_RULE: Final = ("question", "exit", "small_talk")
"""Labels of a customer's words that rules tell."""
HOLDS: Final = 0.5
"""From which scaled probability on a label holds."""


class Judge:
    """The trained heads of one artefact, and how their opinions go together."""

    def __init__(self, artefact: Path = ARTEFACT, deeds: Path = DEEDS_ARTEFACT) -> None:
        self._artefact = artefact
        self._deeds = deeds

    def head(self, name: str) -> Head:
        """One head of the artefact (Broken when it is damaged or missing)."""
        return load(self._artefact)[name]

    def probabilities(self, clauses: Sequence[Evidence]) -> list[dict[str, float]]:
        """For each clause, 0..1 for every label that its speaker may have (who cannot be told is a customer)."""
        return self._first_look(clauses)[0]

    def in_talk(self, clauses: Sequence[Evidence]) -> list[dict[str, float]]:
        """The same for all clauses of a talk, the record's labels judged again in the light of the whole talk."""
        result, odds = self._first_look(clauses)
        for is_rep, looked in second_looks(self._artefact).items():
            mine = [
                scores
                for clause, scores in zip(clauses, result, strict=True)
                if (clause.role == "rep") == is_rep
            ]
            if mine:
                scaled = looked.scaled(surroundings(clauses, odds, is_rep))
                for scores, again in zip(mine, scaled.tolist(), strict=True):
                    scores.update(zip(looked.labels, again, strict=True))
        return result

    def _first_look(self, clauses: Sequence[Evidence]) -> tuple[list[dict[str, float]], list[Matrix]]:
        """Every clause's labels, and its head's plain log-odds."""
        result: list[dict[str, float]] = [{} for _ in clauses]
        odds: list[Matrix] = [np.empty(0) for _ in clauses]
        for is_rep in (True, False):
            members = [index for index, clause in enumerate(clauses) if (clause.role == "rep") == is_rep]
            if not members:
                continue
            mine = [clauses[index] for index in members]
            said = self.head("rep" if is_rep else "customer").log_odds(
                [clause_row(clause) for clause in mine]
            )
            found = self._rep(mine, said) if is_rep else self._customer(mine, said)
            for index, scores, row in zip(members, found, said, strict=True):
                result[index], odds[index] = scores, row
        return result, odds

    def turn_acts(self, clauses: Sequence[Evidence]) -> dict[str, float]:
        """For the clauses of one rep turn, how likely each act is somewhere in them (0.5: it begins to hold)."""
        acts = self._acts([clauses], [self.head("rep").scaled([clause_row(clause) for clause in clauses])])[0]
        return {act: float(p) for act, p in zip(REPLY_ACTS, acts, strict=True)}

    def deeds(self, turns: Sequence[Sequence[Evidence]]) -> list[dict[str, float]]:
        """For the clauses of each rep turn how likely it does each of `DEEDS` (small log-odds)."""
        return deeds(turns, self._deeds)

    def sells(self, turns: Sequence[Evidence]) -> list[float]:
        """For each whole turn, the log-odds that the one who sells is speaking."""
        rows = [clause_row(turn) for turn in turns]
        return [float(p) for p in _log_odds(self.head("side").probabilities(rows)[:, 0])]

    def nothing(self, clauses: Sequence[Evidence]) -> list[float]:
        """How likely each of a rep's clauses says nothing at all (0.5: it begins to)."""
        if not clauses:
            return []
        rows = [clause_row(clause) for clause in clauses]
        return [float(p) for p in self.head("hollow").scaled(rows)[:, 0]]

    def kind(self, head: str, row: Row) -> str:
        """The likeliest type of an objection, a reaction or a buying role."""
        model = self.head(head)
        return model.labels[int(np.argmax(model.probabilities([row])[0]))]

    def mentions(self, head: str, rows: Sequence[Row]) -> list[float]:
        """For each mention, how likely it is one that counts (0.5: it begins to)."""
        return [float(p) for p in self.head(head).scaled(rows)[:, 0]] if rows else []

    def people(self, rows: Sequence[Row]) -> list[tuple[float, str]]:
        """For each person or body, how likely it belongs to the buying chain as its likeliest role, and that role.

        0.5 is where it begins to count: a person whose role cannot be told says little.
        """
        if not rows:
            return []
        role = self.head("decision_role")
        roles = role.probabilities(rows)
        best = roles.argmax(axis=1)
        both = self.head("person").probabilities(rows)[:, 0] * roles.max(axis=1)
        sure = _sigmoid(_log_odds(both) - _log_odds(role.threshold[best]))
        return [(float(p), role.labels[at]) for p, at in zip(sure, best, strict=True)]

    def _customer(self, clauses: Sequence[Evidence], said: Matrix) -> list[dict[str, float]]:
        head = self.head("customer")
        found = _sigmoid(said - head.limit).tolist()
        result = []
        for clause, scores in zip(clauses, found, strict=True):
            opinions = rules.opinions(clause)
            by_rule = {label: 1 / (1 + math.exp(-opinions[label])) for label in BY_RULE}
            result.append({**dict(zip(head.labels, scores, strict=True)), **by_rule})
        return result

    def _rep(self, clauses: Sequence[Evidence], said: Matrix) -> list[dict[str, float]]:
        head = self.head("rep")
        own = _sigmoid(said - head.limit)
        numbers = np.array([clause.clause.turn for clause in clauses])
        starts = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist(), len(clauses)]
        turns = [(a, b) for a, b in itertools.pairwise(starts)]
        acts = self._acts([clauses[a:b] for a, b in turns], [own[a:b] for a, b in turns])
        count = len(REPLY_ACTS)
        for (begin, end), whole in zip(turns, acts, strict=True):
            # The clause that carries an act best takes the whole turn's certainty; weaker ones fall behind it.
            piece = _log_odds(own[begin:end, :count])
            own[begin:end, :count] = _sigmoid(_log_odds(whole) + piece - piece.max(axis=0))
        return [dict(zip(head.labels, scores, strict=True)) for scores in own.tolist()]

    def _acts(self, turns: Sequence[Sequence[Evidence]], clause_scores: Sequence[Matrix]) -> Matrix:
        """(turns, acts): the whole turn's view and the strongest clause's, averaged as log-odds."""
        whole = _log_odds(self.head("reply").scaled([reply_row(clauses) for clauses in turns]))
        strongest = np.stack([scores[:, : len(REPLY_ACTS)].max(axis=0) for scores in clause_scores])
        return _sigmoid((whole + _log_odds(strongest)) / 2)


def _sigmoid(scores: Matrix) -> Matrix:
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def _log_odds(p: Matrix) -> Matrix:
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(p / (1 - p))
