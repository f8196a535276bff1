"""Order and agreement: is strong above medium above weak, is gaming never above weak, and do the checks agree."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple, TypeVar

ORDER: Final = {"strong": 3, "medium": 2, "weak": 1}
ROUNDS: Final = 1000
Item = TypeVar("Item")


class Scored(NamedTuple):
    """One dialogue's level and number; `total` is None when it was not scored."""

    scenario: str
    level: str
    total: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % bootstrap interval over dialogues and the number of things counted; value None: nothing to count."""

    value: float | None
    low: float | None
    high: float | None
    count: int

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}] n={self.count}"


def order(dialogues: Sequence[Scored]) -> tuple[float | None, int]:
    """Share of pairs of one scenario and different level (strong, medium, weak) whose totals stand in that order."""
    right = count = 0
    for one, two in combinations([d for d in dialogues if d.level in ORDER], 2):
        if one.scenario != two.scenario or one.level == two.level:
            continue
        better, worse = (one, two) if ORDER[one.level] > ORDER[two.level] else (two, one)
        count += 1
        right += better.total is not None and worse.total is not None and better.total > worse.total
    return (right / count if count else None), count


def gaming_kept_down(dialogues: Sequence[Scored]) -> tuple[float | None, int]:
    """Share of gaming dialogues whose total is not above the best weak one of their scenario."""
    right = count = 0
    for game in dialogues:
        weak = [
            d.total
            for d in dialogues
            if d.scenario == game.scenario and d.level == "weak" and d.total is not None
        ]
        if game.level != "gaming" or not weak:
            continue
        count += 1
        right += game.total is None or game.total <= max(weak)
    return (right / count if count else None), count


def kappa(dialogues: Sequence[Sequence[tuple[str, str]]]) -> tuple[float | None, int]:
    """Cohen's kappa of every dialogue's (human, coach) verdicts; what the coach did not score is left out of it."""
    pairs = [pair for pairs in dialogues for pair in pairs]
    scored = [(human == "yes", coach == "yes") for human, coach in pairs if coach != "not_scored"]
    if not scored:
        return None, 0
    n = len(scored)
    agreed = sum(human == coach for human, coach in scored) / n
    human_yes, coach_yes = sum(h for h, _ in scored) / n, sum(c for _, c in scored) / n
    chance = human_yes * coach_yes + (1 - human_yes) * (1 - coach_yes)
    return (1.0 if chance == 1 else (agreed - chance) / (1 - chance)), n


def figure(items: Sequence[Item], measure: Callable[[Sequence[Item]], tuple[float | None, int]]) -> Figure:
    """The measure with a bootstrap interval over the items (seeded, so the table repeats itself)."""
    value, count = measure(items)
    if value is None:
        return Figure(None, None, None, 0)
    rng = random.Random(20261121)
    drawn = []
    for _ in range(ROUNDS):
        again, _count = measure(rng.choices(items, k=len(items)))
        if again is not None:
            drawn.append(again)
    drawn.sort()
    return Figure(value, drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn)) - 1], count)
