"""How often trainers agree with the engine, for each check: pure arithmetic over the votes that stand.

The unit is the verdict, not the vote: where several trainers voted on one, it counts as agreed when more than half of
them accepted it. Agreement has Wilson's interval (95 %). Kappa holds the engine's yes and no against the trainers'; what
the engine did not score and what trainers threw out is left out of it. Nothing here is a figure before somebody voted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

from coach.store.verdicts import StoredVerdict, StoredVote

Vote = Literal["accept", "adjust", "reject"]

ENOUGH: Final = 10
"""Verdicts voted on from which a check's agreement is acted on."""
FLOOR: Final = 0.6
"""Agreement below which a check is advice only."""
KAPPA_FROM: Final = 20
"""Verdicts with a yes or no from both sides below which no kappa is given."""
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Key:
    """A check as figures are kept for it: inside its rubric or scenario, in one language, by one engine."""

    scope: str
    check_id: str
    language: str
    engine: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Agreement over `n` verdicts; None while nobody voted. `low` and `high` are Wilson's bounds at 95 %."""

    n: int
    agreed: int
    trainers: int
    rate: float | None
    low: float | None
    high: float | None
    kappa: float | None

    @property
    def advice_only(self) -> bool:
        """Whether enough was voted on, and too little of it held."""
        return self.rate is not None and self.n >= ENOUGH and self.rate < FLOOR


def key_of(one: StoredVerdict) -> Key:
    """Which check a verdict belongs to."""
    return Key(one.told.scope, one.told.check_id, one.told.language, one.told.engine)


def figure(voted: Mapping[StoredVerdict, Sequence[StoredVote]]) -> Figure:
    """The figure over these verdicts with the votes that stand on each."""
    n = len(voted)
    agreed = sum(holds(votes) for votes in voted.values())
    trainers = len({vote.owner for votes in voted.values() for vote in votes})
    low, high = wilson(agreed, n)
    pairs = [(one.told.verdict, meant(votes)) for one, votes in voted.items()]
    return Figure(n, agreed, trainers, agreed / n if n else None, low, high, kappa(pairs))


def figures(voted: Mapping[StoredVerdict, Sequence[StoredVote]]) -> dict[Key, Figure]:
    """One figure for each check that somebody voted on."""
    groups: dict[Key, dict[StoredVerdict, Sequence[StoredVote]]] = {}
    for one, votes in voted.items():
        groups.setdefault(key_of(one), {})[one] = votes
    return {key: figure(group) for key, group in groups.items()}


def holds(votes: Sequence[StoredVote]) -> bool:
    """Whether more than half of the trainers let a verdict stand."""
    return 2 * sum(one.vote == "accept" for one in votes) > len(votes)


def meant(votes: Sequence[StoredVote]) -> str | None:
    """The verdict that most trainers would have given; None for a tie, or where most threw it out."""
    ranked = Counter(one.meant for one in votes).most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def wilson(hits: int, n: int) -> tuple[float | None, float | None]:
    """The interval of a share at 95 %; (None, None) for nothing."""
    if not n:
        return None, None
    share = hits / n
    middle = share + _Z**2 / (2 * n)
    reach = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    low, high = (middle - reach) / whole, (middle + reach) / whole
    return min(share, max(0.0, low)), max(share, min(1.0, high))


def kappa(pairs: Iterable[tuple[str, str | None]]) -> float | None:
    """Cohen's kappa of (engine, trainers) over yes and no; None with too few, or where one side says always the same."""
    both = [(a == "yes", b == "yes") for a, b in pairs if a in ("yes", "no") and b in ("yes", "no")]
    if len(both) < KAPPA_FROM:
        return None
    n = len(both)
    engine, people = sum(a for a, _ in both) / n, sum(b for _, b in both) / n
    if engine in (0, 1) or people in (0, 1):
        return None
    agreed = sum(a == b for a, b in both) / n
    chance = engine * people + (1 - engine) * (1 - people)
    return (agreed - chance) / (1 - chance)
