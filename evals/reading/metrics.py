"""How a predicted record or a predicted set of acts is held against a person's.

Visits: micro-F1 over the eight fields. A predicted entry hits a marked one when it stands in the same or a neighbouring
turn, shares at least half of the shorter quote in one piece, is no longer than three times the marked quote plus ten
characters, and agrees on the type where the field has one. Each entry hits at most once.
Replies: macro-F1 over the sixteen acts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, TypeVar

from coach.reading.offline.view import dense
from coach.visits.record import FIELDS
from coach.vocabulary import REPLY_ACTS

TYPE_KEY: Final[Mapping[str, str]] = {"feedback": "polarity", "objections": "type", "decision_roles": "role"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a record, marked or predicted, reduced to what is compared."""

    field: str
    turn: int
    quote: str
    kind: str | None = None


@dataclass(slots=True)
class Count:
    """Hits, predicted and marked entries."""

    hits: int = 0
    predicted: int = 0
    marked: int = 0

    def add(self, other: Count) -> None:
        self.hits += other.hits
        self.predicted += other.predicted
        self.marked += other.marked

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        total = self.predicted + self.marked
        return 2 * self.hits / total if total else 0.0


Counts = dict[str, Count]
T = TypeVar("T")


def entries(record: Mapping[str, object]) -> list[Entry]:
    """The entries of a record as the commands print it (or of a gold file in the same names)."""
    found = []
    for name in FIELDS:
        listed = record.get(name) or ()
        assert isinstance(listed, Sequence)
        for raw in listed:
            found.append(Entry(name, int(raw["turn"]), str(raw["quote"]), raw.get(TYPE_KEY.get(name, ""))))
    return found


def agree(predicted: Entry, marked: Entry, *, typed: bool = True) -> bool:
    """Whether a predicted entry hits a marked one."""
    if predicted.field != marked.field or abs(predicted.turn - marked.turn) > 1:
        return False
    if typed and predicted.field in TYPE_KEY and predicted.kind != marked.kind:
        return False
    return (
        overlap(predicted.quote, marked.quote) >= 0.5 and len(predicted.quote) <= 3 * len(marked.quote) + 10
    )


def overlap(one: str, other: str) -> float:
    """The longest common piece of two quotes as a share of the shorter one (case, width and blanks aside)."""
    a, b = dense(one).plain, dense(other).plain
    if not a or not b:
        return 0.0
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return match.size / min(len(a), len(b))


def matched(
    predicted: Sequence[Entry], marked: Sequence[Entry], *, typed: bool = True
) -> list[tuple[int, int]]:
    """Which predicted entry hits which marked one, each at most once; the nearest pairs come first."""
    pairs = sorted(
        (abs(p.turn - m.turn), -overlap(p.quote, m.quote), i, j)
        for i, p in enumerate(predicted)
        for j, m in enumerate(marked)
        if agree(p, m, typed=typed)
    )
    found: list[tuple[int, int]] = []
    for _, _, i, j in pairs:
        if not any(i == a or j == b for a, b in found):
            found.append((i, j))
    return found


def compare(predicted: Sequence[Entry], marked: Sequence[Entry], *, typed: bool = True) -> Counts:
    """Counts per field for one visit."""
    counts = {name: Count() for name in FIELDS}
    for entry in predicted:
        counts[entry.field].predicted += 1
    for entry in marked:
        counts[entry.field].marked += 1
    for i, _ in matched(predicted, marked, typed=typed):
        counts[predicted[i].field].hits += 1
    return counts


def total(counts: Sequence[Counts]) -> Counts:
    """Counts per field over several visits, and `all` over every field."""
    summed = {name: Count() for name in (*FIELDS, "all")}
    for one in counts:
        for name, count in one.items():
            summed[name].add(count)
            summed["all"].add(count)
    return summed


@dataclass(slots=True)
class ActCounts:
    """Counts per act over several replies."""

    acts: dict[str, Count] = field(default_factory=lambda: {act: Count() for act in REPLY_ACTS})

    def add(self, predicted: frozenset[str], marked: frozenset[str]) -> None:
        for act, count in self.acts.items():
            count.predicted += act in predicted
            count.marked += act in marked
            count.hits += act in predicted and act in marked

    @property
    def macro(self) -> float:
        """Mean F1 over the acts that occur at all."""
        seen = [count.f1 for count in self.acts.values() if count.predicted or count.marked]
        return sum(seen) / len(seen) if seen else 0.0


def interval(
    items: Sequence[T], score: Callable[[Sequence[T]], float], *, draws: int = 300
) -> tuple[float, float]:
    """The middle 95 % of a score over resampled items (seeded)."""
    if not items:
        return 0.0, 0.0
    rng = random.Random(7)
    scores = sorted(score([rng.choice(items) for _ in items]) for _ in range(draws))
    return scores[int(0.025 * draws)], scores[int(0.975 * draws) - 1]
