"""What the offline reader says for a model's claim: without some support of it nothing that a model says is believed.

The model moves a decision inside a band that the offline reader leaves open; it never decides against it. Words that
give orders to a machine or dictate a record support nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.conversation import Conversation
from coach.reading.engine import Check, Finding, Readings
from coach.reading.llm.orders import gives_orders, speaks_to_a_machine
from coach.reading.offline import OfflineEngine, candidates
from coach.reading.offline.answer import judged
from coach.reading.offline.evidence import gather

LEAST_CHECK: Final = 0.15
"""Offline certainty (0..1) from which a passage may be what a check asks for."""
LEAST_LABEL: Final = 0.1
"""Offline certainty (0..1) from which words may bear a label."""
SURE_LABEL: Final = 0.6
"""Offline certainty of a reading in a turn that may hold orders."""
PLAIN: Final = 0.999
"""From here on a passage is one of the check's own examples: there is nothing to ask."""
_INSIDE: Final = {"offer_solution": ("offer_solution", "solution_point")}
"""Labels that the offline reader judges under more than one name."""


@dataclass(frozen=True, slots=True)
class Backing:
    """A stretch of the rep's words that may be what a check asks for."""

    turn: int
    start: int
    end: int
    score: float


def backed(
    offline: OfflineEngine, checks: Sequence[Check], talk: Conversation
) -> tuple[list[Finding], list[list[Backing]]]:
    """The offline findings, and for every check the passages that may answer it, best first."""
    findings, tried = judged(offline.judge, checks, talk)
    return findings, [
        [
            Backing(one.passage.turn, one.passage.start, one.passage.end, one.score)
            for one in some
            if one.score >= LEAST_CHECK
        ]
        for some in tried
    ]


class Support:
    """The offline reader's view of every clause of a talk from `first_turn` on."""

    def __init__(
        self, offline: OfflineEngine, talk: Conversation, readings: Readings, first_turn: int
    ) -> None:
        clauses = gather(talk.turns, readings.roles, talk.language, first_turn)
        likely = offline.judge.probabilities(clauses)
        self._readings = readings
        self._of_turn: dict[int, list[tuple[int, int, Mapping[str, float]]]] = {}
        self._ordered: set[int] = set()
        for clause, scores in zip(clauses, likely, strict=True):
            place = clause.clause
            of_turn = self._of_turn.setdefault(place.turn, [])
            of_turn.append((place.start, place.end, scores))
            people = candidates.people(clause) if clause.role != "rep" else []
            chances = offline.judge.mentions("person", [one.row for one in people])
            of_turn += [
                (place.start + one.start, place.start + one.end, {"decision_role": p})
                for one, p in zip(people, chances, strict=True)
            ]
            if "grader_talk" in clause.cues:
                self._ordered.add(place.turn)
        self.void = frozenset(turn.number for turn in talk.turns if speaks_to_a_machine(turn.text))
        self._ordered |= {turn.number for turn in talk.turns if gives_orders(turn.text)}

    def holds(self, turn: int, start: int, end: int, label: str) -> bool:
        """Whether words may bear a label: somewhat likely offline; in a turn with orders in it, read offline too;
        in one that speaks to a machine, never.
        """
        if turn in self.void:
            return False
        if turn in self._ordered:
            return any(
                one.label == label and one.p >= SURE_LABEL and one.start < end and start < one.end
                for one in self._readings.of(turn)
            )
        names = _INSIDE.get(label, (label,))
        return any(
            scores.get(name, 0.0) >= LEAST_LABEL
            for begin, stop, scores in self._of_turn.get(turn, ())
            if begin < end and start < stop
            for name in names
        )
