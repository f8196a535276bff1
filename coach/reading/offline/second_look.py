"""A second look: what each clause is, once the first judgement of everything around it is known.

The heads see a clause's words; people hear them in a talk. "Hm." after an offer is a reaction, the same words after a
question are none; what the rep then answers with an "I see" was a worry. Trees over the heads' own log-odds of the clause,
of its neighbours, of the turns of both sides around it, and of the whole talk tell the record's labels better than the
words alone. Pure arithmetic over arrays: `coach.reading.offline.trees` runs what `evals.reading` has grown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.offline import cues
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.trees import Trees, trees_of

Matrix = NDArray[np.floating[Any]]

LABELS: Final[Mapping[bool, tuple[str, ...]]] = {
    False: ("need", "objection", "feedback", "concern", "commitment"),
    True: ("solution_point", "commitment"),
}
"""The record's labels of a customer's and of a rep's clause; a rep's acts are judged by the heads alone."""
WIDTH: Final[Mapping[bool, int]] = {False: 5, True: 18}
"""So many labels has the head of a side."""
NOTHING: Final = -6.0
"""The log-odds of what is not there."""
NEAR: Final = 2
"""Turns of the same side so close are seen."""
_TYPES: Final = ("number", "money", "percent", "title", "time_day", "time_vague", "time_past", "short")


@dataclass(frozen=True, slots=True)
class SecondLook:
    """One side's trees, a forest a label; `threshold` is the probability from which a label holds."""

    labels: tuple[str, ...]
    forests: tuple[Trees, ...]
    threshold: NDArray[np.float64]

    def scaled(self, values: Matrix) -> Matrix:
        """(rows, labels) in 0..1, shifted so that a label begins to hold at one half."""
        odds = np.stack([forest.log_odds(values) for forest in self.forests], axis=1)
        return np.asarray(1 / (1 + np.exp(-(odds - np.log(self.threshold / (1 - self.threshold))))))


@lru_cache(maxsize=4)
def second_looks(artefact: Path) -> dict[bool, SecondLook]:
    """The second look of either side, by whether it is the rep's; the heads of the artefact have been loaded."""
    with np.load(artefact, allow_pickle=False) as stored:
        return {
            rep: SecondLook(
                labels,
                tuple(trees_of(stored, f"second/{'rep' if rep else 'customer'}/{label}") for label in labels),
                stored[f"second/{'rep' if rep else 'customer'}/threshold"],
            )
            for rep, labels in LABELS.items()
        }


def surroundings(clauses: Sequence[Evidence], odds: Sequence[Matrix], rep: bool) -> Matrix:
    """(clauses of one side, values): everything about each of the rep's (or the customer's) clauses and around it.

    `clauses` are all of a talk in order, `odds` the first look's log-odds of each, a row of the side's own labels.
    """
    mine = [i for i, one in enumerate(clauses) if (one.role == "rep") == rep]
    own, other = _turns(clauses, odds, rep), _turns(clauses, odds, not rep)
    whole = np.max([odds[i] for i in mine], axis=0)
    places: dict[int, list[int]] = {}
    for i in mine:
        places.setdefault(clauses[i].clause.turn, []).append(i)
    return np.array(
        [_values(clauses, odds, i, places, own, other, whole, WIDTH[not rep]) for i in mine], dtype=np.float32
    )


def _values(
    clauses: Sequence[Evidence],
    odds: Sequence[Matrix],
    at: int,
    places: Mapping[int, Sequence[int]],
    own: Mapping[int, Matrix],
    other: Mapping[int, Matrix],
    whole: Matrix,
    wide: int,
) -> Matrix:
    one, mine = clauses[at], odds[at]
    turn = one.clause.turn
    inside = places[turn]
    place = inside.index(at)
    absent = np.full(len(mine), NOTHING)
    before = odds[inside[place - 1]] if place else absent
    after = odds[inside[place + 1]] if place + 1 < len(inside) else absent
    rest = [odds[i] for i in inside if i != at]
    near = [own[turn + step].max(axis=0) for step in range(-NEAR, NEAR + 1) if step and turn + step in own]
    said = max((number for number in other if number < turn), default=None)
    answer = min((number for number in other if number > turn), default=None)
    silence = np.full(wide, NOTHING)
    return np.concatenate(
        [
            mine,
            mine - mine.max(),
            before,
            after,
            np.max(rest, axis=0) if rest else absent,
            np.max(near, axis=0) if near else absent,
            mine - whole,
            silence if said is None else other[said].max(axis=0),
            silence if answer is None else other[answer].max(axis=0),
            [
                4 if said is None else min(turn - said, 4),
                4 if answer is None else min(answer - turn, 4),
                place == 0,
                place + 1 == len(inside),
                min(len(inside), 6),
                min(len(one.plain), 160) / (1 if one.language == "zh" else 3),
                one.progress,
                one.overlap,
                one.language == "zh",
            ],
            _flags(one),
        ]
    )


def _flags(one: Evidence) -> Matrix:
    """One for every cue and type that the clause holds, else nought."""
    places = _places()
    found = np.zeros(len(places))
    found[[places[name] for name in one.cues if name in places]] = 1.0
    return found


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {name: at for at, name in enumerate((*cues.names(), *_TYPES))}


def _turns(clauses: Sequence[Evidence], odds: Sequence[Matrix], rep: bool) -> dict[int, Matrix]:
    """One side's turns: (clauses, labels) of log-odds by number."""
    found: dict[int, list[Matrix]] = {}
    for one, row in zip(clauses, odds, strict=True):
        if (one.role == "rep") == rep:
            found.setdefault(one.clause.turn, []).append(row)
    return {turn: np.array(rows) for turn, rows in found.items()}
