"""Batches for training the embedder: in one language, and hard to tell apart.

A third of them hold two cases of one trouble in different trades as a pair (or a telling of no case), so that words of
a trade do not count as likeness; others hold only tellings of cases, or every kind of pair.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.library.tokens import plain
from evals.matching.pairs import Pair
from evals.matching.situations import Situations
from knowledge.schema import Case

SIZE: Final = 96
ACROSS: Final = 0.3
"""Share of batches whose pairs are two cases of one trouble."""
CASES_ONLY: Final = 0.2
"""Share of batches with tellings of cases alone."""
OF_NO_CASE: Final = 0.35
"""How often the other side of such a pair is a telling of no case."""
_HAN: Final = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Twin:
    """A pair across cases; `left_sorts` and `right_sorts` are the sorts of trouble of its sides."""

    left: str
    right: str
    case: str
    other: str
    left_sorts: frozenset[str]
    right_sorts: frozenset[str]

    def too_like(self, other: Twin) -> bool:
        """Whether the other pair's right side must not count as wrong for this one's left."""
        shared = (self.left_sorts | self.right_sorts) & other.right_sorts
        return bool(shared) or self.case == other.other


class Batches:
    """Draws batches; the same seed draws the same ones."""

    def __init__(
        self, pairs: Sequence[Pair], cases: Sequence[Case], known: Situations, chance: random.Random
    ) -> None:
        self._chance = chance
        self._known = known
        self._by_group: dict[str, list[Pair]] = {}
        for pair in pairs:
            self._by_group.setdefault(pair.group, []).append(pair)
        groups = sorted(self._by_group)
        first = {group: self._by_group[group][0] for group in groups}
        self._zh = [group for group in groups if _HAN.search(first[group].left + first[group].right)]
        self._en = [group for group in groups if group not in set(self._zh)]
        self._cases_zh = sorted(case.id for case in cases if case.language == "zh")
        self._cases_en = sorted(case.id for case in cases if case.language == "en")
        self._asked = {case.id: [plain(text) for text in case.asked_as] for case in cases}
        self._common = Counter(kind for kinds in known.cases.values() for kind in kinds)

    def draw(self) -> list[Pair] | list[Twin]:
        """One batch in which no group occurs twice."""
        drawn = self._chance.random()
        if drawn < ACROSS:
            return self._across(self._one_language(self._cases_zh, self._cases_en))
        if drawn - ACROSS < CASES_ONLY:
            pool = self._one_language(self._cases_zh, self._cases_en)
        else:
            pool = self._one_language(self._zh, self._en)
        chosen = self._chance.sample(pool, min(SIZE, len(pool)))
        return [self._chance.choice(self._by_group[group]) for group in chosen]

    def _one_language(self, zh: list[str], en: list[str]) -> list[str]:
        return zh if self._chance.random() < len(zh) / (len(zh) + len(en)) else en

    def _across(self, pool: list[str]) -> list[Twin]:
        found = (self._twin(case, pool) for case in self._chance.sample(pool, min(SIZE, len(pool))))
        return [twin for twin in found if twin is not None]

    def _twin(self, case: str, pool: list[str]) -> Twin | None:
        """A telling of `case` and one of a case that shares a kind of trouble, a sort of it at least."""
        chance, kinds = self._chance, self._known.cases.get(case, frozenset())
        shared = sorted(kind for kind in kinds if self._common[kind] > 1)
        near: list[str] = []
        if shared:
            kind = chance.choice(shared)
            near = [one for one in pool if one != case and kind in self._known.cases.get(one, frozenset())]
        sorts = self._known.sorts(kinds)
        if chance.random() < OF_NO_CASE and shared:
            language = "zh" if pool is self._cases_zh else "en"
            tellings = [one for one in self._known.tellings if one.language == language and one.kinds & kinds]
            if tellings:
                telling = chance.choice(tellings)
                left = chance.choice(self._asked[case])
                return Twin(left, telling.text, case, telling.text, sorts, telling.sorts)
        near = near or [one for one in pool if one != case and sorts & self._sorts(one)]
        if not near:
            return None
        other = chance.choice(near)
        left, right = chance.choice(self._asked[case]), chance.choice(self._asked[other])
        return Twin(left, right, case, other, sorts, self._sorts(other))

    def _sorts(self, case: str) -> frozenset[str]:
        return self._known.sorts(self._known.cases.get(case, frozenset()))
