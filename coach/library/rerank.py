"""What a salesperson means by similar: the obstacle first, then the trade, the size, the stage.

Pure arithmetic over a trouble and the cases that search found. Every part of a score is kept, because the
same parts are told as reasons; a fact that the deal does not state counts neither for nor against a case.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from coach.library.confidence import Scale
from coach.library.freshness import Looks, case_item, decay
from coach.library.leaning import Leaning
from coach.library.search import Hit
from coach.library.tokens import concepts, plain, words
from coach.vocabulary import SIZES, Language, ObjectionType, Size, Stage
from knowledge.industries import FAR, Industries
from knowledge.schema import Case

WEIGHTS: Final = {
    "alike": 2.4,
    "fused": 1.95,
    "beside": 1.4,
    "cover": 1.4,
    "leaning": 0.95,
    "industry": 0.75,
    "pains": 0.6,
    "obstacle": 0.35,
    "size": 0.15,
    "stage": 0.1,
}
"""What each part counts, fitted on pairs of cases of the dev queries (`python -m evals.matching.weigh`; the better graded
one should stand above), then moved from `alike` (3.35) to `beside` (0.65): the embedder's lessons were written with the
dev queries in mind, and they flatter it.

`alike` is the lead of a case's three nearest tellings, `beside` BM25 beside the best, `fused` both legs' ranks, `cover` the
share of the deal's words, `leaning` how its obstacles go with those of the nearest cases; together the telling of the
trouble outweighs trade and size: a twin in another trade beats a stranger next door.
"""
BESIDE: Final = 0.65
"""A case is filler when it scores less than this share of the best one's score."""
ALIKE: Final = 0.5
"""From this share of common words on, two cases tell the same story."""
SPREAD: Final = 0.20
"""How much a case loses that tells the same story as one above it."""
_FULL_NEAR: Final = 0.50


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a deal is stuck on. Every field but the text may be unknown (None or empty).

    `obstacles` maps each objection type to the words that show it; `industry` is a place of the tree and
    `industry_said` false when it was only gathered from the text.
    """

    text: str
    language: Language
    pains: tuple[str, ...] = ()
    obstacles: Mapping[ObjectionType, str] = field(default_factory=dict)
    industry: str | None = None
    industry_said: bool = True
    size: Size | None = None
    stage: Stage | None = None

    @property
    def whole(self) -> str:
        """Text and pains together."""
        return "\n".join([self.text, *self.pains])


@dataclass(frozen=True, slots=True)
class Shared:
    """A pain keyword of the case and the words of the deal that say the same."""

    keyword: str
    said: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """One case beside the trouble: `score` from 0 to 1, and what it is made of.

    `industry` is nearness (1 same, 0 far) and `size` the number of bands between, None when not known.
    """

    case: Case
    score: float
    obstacles: tuple[ObjectionType, ...]
    pains: tuple[Shared, ...]
    industry: float | None
    size: int | None
    stage: bool | None
    nearest: str = ""
    parts: Mapping[str, float | None] = field(default_factory=dict, repr=False)


def compare(
    trouble: Trouble,
    case: Case,
    hit: Hit,
    industries: Industries,
    scale: Scale,
    lean: Leaning,
    nearest: str = "",
) -> Similarity:
    """How alike `case` is to `trouble`; `hit` is how search found it, `nearest` the case's nearest telling."""
    shared = tuple(kind for kind in case.objection_types if kind in trouble.obstacles)
    pains = shared_pains(trouble, case)
    near = _industry(trouble, case, industries)
    bands = _bands(trouble.size, case.size)
    stage = None if trouble.stage is None or case.stage is None else trouble.stage == case.stage
    parts: dict[str, float | None] = {
        "beside": hit.keyword / scale.top if scale.top > 0 else 0.0,
        "fused": hit.fused,
        "alike": _lead(hit.alike, scale.usual),
        "cover": hit.covered,
        "obstacle": _obstacle(trouble, case, shared),
        "leaning": lean.agrees(case),
        "industry": near,
        "pains": min(3, len(pains)) / 3,
        "size": None if bands is None else max(0.0, 1.0 - bands / 2),
        "stage": None if stage is None else float(stage),
    }
    return Similarity(case, _weighed(parts), shared, pains, near, bands, stage, nearest, parts)


def best(
    found: Sequence[Similarity], k: int, *, today: dt.date, looks: Looks | None = None
) -> list[Similarity]:
    """The `k` best, best first, without filler; ties go to won, fresh and recent cases; twins are spread."""
    least = BESIDE * max((one.score for one in found), default=0.0)
    waiting = sorted(
        (one for one in found if one.score >= least), key=lambda one: _order(one, today, looks or {})
    )
    told = {one.case.id: _story(one.case) for one in waiting}
    chosen: list[Similarity] = []
    while waiting and len(chosen) < k:
        seen = [told[one.case.id] for one in chosen]
        waiting.sort(key=lambda one: -one.score + SPREAD * any(_alike(told[one.case.id], s) for s in seen))
        chosen.append(waiting.pop(0))
    return chosen


def shared_pains(trouble: Trouble, case: Case) -> tuple[Shared, ...]:
    """The case's pain keywords that the deal says too, in its words or in others, with the deal's clause."""
    clauses = [
        (clause, plain(clause), frozenset(words(clause)), _meanings(clause)) for clause in _clauses(trouble)
    ]
    found = []
    for keyword in case.pain_keywords:
        flat, own, meant = plain(keyword), words(keyword), _meanings(keyword, _MOST_OF_IT)
        for clause, clause_flat, clause_words, clause_meant in clauses:
            literal = len(flat) > 1 and flat in clause_flat
            if literal or _covered(flat, own, clause_words) >= _MOST_OF_IT or meant & clause_meant:
                found.append(Shared(keyword, clause))
                break
    return tuple(found)


_WHO_SAYS_LITTLE: Final = frozenset(
    {"boss", "finance_role", "procurement_role", "it_role", "quality_role", "frontline"}
)
"""Concepts that name people: that both deals have a boss makes them no more alike."""
_CLAUSE: Final = re.compile(r"[。！？；，,;!?\n]+|(?<=[a-z])\.\s")


_MOST_OF_IT: Final = 0.5
"""How much of a keyword's letters must be said, or carry the shared meaning, for it to count as said."""


def _meanings(text: str, least: float = 0.0) -> frozenset[str]:
    return concepts(text, least) - _WHO_SAYS_LITTLE


def _covered(flat: str, own: Sequence[str], said: frozenset[str]) -> float:
    """The share of a keyword that lies in words which the clause has too; exactly half is not most."""
    if not any("\u3400" <= letter <= "\u9fff" for letter in flat):
        return len(set(own) & said) / len(set(own)) - 0.01 if own else 0.0
    held = [False] * len(flat)
    for word in own:
        at = flat.find(word) if word in said else -1
        if at >= 0:
            held[at : at + len(word)] = [True] * len(word)
    return sum(held) / len(flat) - 0.01


def _clauses(trouble: Trouble) -> list[str]:
    parts = [part.strip() for part in _CLAUSE.split(trouble.text)]
    return list(dict.fromkeys([*(pain.strip() for pain in trouble.pains), *(part for part in parts if part)]))


def _lead(cosine: float, usual: float) -> float:
    return min(1.0, max(0.0, (cosine - usual) / _FULL_NEAR))


def _obstacle(trouble: Trouble, case: Case, shared: Sequence[ObjectionType]) -> float | None:
    """The share of the deal's obstacles that the case had; its own first obstacle counts in full."""
    if not trouble.obstacles:
        return None
    weight = sum(1.0 if kind == case.objection_types[0] else 0.7 for kind in shared)
    return min(1.0, weight / len(trouble.obstacles))


def _industry(trouble: Trouble, case: Case, industries: Industries) -> float | None:
    if not trouble.industry or not case.industry:
        return None
    return FAR - industries.distance(trouble.industry, case.industry)


def _bands(one: Size | None, other: Size | None) -> int | None:
    return None if one is None or other is None else abs(SIZES.index(one) - SIZES.index(other))


def _weighed(parts: Mapping[str, float | None]) -> float:
    """The weighted mean of the parts that are known."""
    known = {name: value for name, value in parts.items() if value is not None}
    return sum(WEIGHTS[name] * value for name, value in known.items()) / sum(WEIGHTS[name] for name in known)


def _order(one: Similarity, today: dt.date, looks: Looks) -> tuple[float, int, float, int, str]:
    case = one.case
    outcome = ("won", "lost", "stalled").index(case.outcome)
    age = -(case.contributed_on or dt.date.min).toordinal()
    late = -round(decay(case_item(case, looks), today), 1)
    return (-round(one.score, 2), outcome, late, age, case.id)


def _story(case: Case) -> frozenset[str]:
    return frozenset(words(" ".join([case.title, case.one_line, *case.pain_keywords, *case.pain_points])))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * max(1, min(len(one), len(other)))
