"""Evidence: a clause with everything that can be seen in it and around it, before anybody judges."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.conversation import Turn
from coach.reading.offline import cues, typed
from coach.reading.offline.clauses import Clause, clauses
from coach.reading.offline.view import view
from coach.vocabulary import Language, Role

SHORT: Final = 12
"""Plain characters below which a clause counts as short (a reaction rather than a statement)."""
_NEXT: Final = 80
"""So many first characters of the turn after are seen beside a whole turn."""
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]|[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One clause: its words, the cues and types inside it, those of its turn, and who speaks.

    `overlap` is the share of the clause's word pairs that stood in the other side's last turn (parroting).
    `other` and `answer` are the other side's turns before and after, `progress` how far the talk has come, 0..1.
    """

    clause: Clause
    plain: str
    language: Language
    role: Role | None
    cues: frozenset[str]
    around: frozenset[str]
    before: str
    after: str
    other: str
    overlap: float
    position: float
    other_cues: frozenset[str] = frozenset()
    answer_cues: frozenset[str] = frozenset()
    progress: float = 0.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """A turn cut into clauses, each with its plain words and cues; independent of its neighbours."""

    clauses: tuple[tuple[Clause, str, frozenset[str]], ...]
    cues: frozenset[str]


@lru_cache(maxsize=4096)
def seen(text: str, language: Language) -> _Seen:
    """What one turn's words show by themselves; remembered, since practice reads a growing dialogue again and again."""
    whole = view(text)
    hits = cues.find(whole.plain, language)
    kinds = typed.types(whole.plain, language)
    found = []
    for clause in clauses(0, text):
        own = {hit.cue for hit in hits if clause.start <= whole.origin[hit.start] < clause.end}
        own |= {kind.type for kind in kinds if clause.start <= whole.origin[kind.start] < clause.end}
        plain = view(clause.text).plain
        if len(plain) <= (SHORT if language == "zh" else 3 * SHORT):
            own.add("short")
        found.append((clause, plain, frozenset(own)))
    return _Seen(tuple(found), frozenset().union(*(own for _, _, own in found)))


def gather(
    turns: Sequence[Turn], roles: Mapping[str, Role | None], language: Language, first: int = 1
) -> list[Evidence]:
    """The evidence for every clause of the turns numbered `first` and later, in order."""
    found: list[Evidence] = []
    befores, afters = _neighbours(turns, roles)
    for index, turn in enumerate(turns):
        if turn.number >= first:
            before = turns[befores[index]] if befores[index] is not None else None  # type: ignore[index]
            after = turns[afters[index]] if afters[index] is not None else None  # type: ignore[index]
            found.extend(_of_turn(turn, roles.get(turn.speaker), before, after, language, index / len(turns)))
    return found


def whole_turns(turns: Sequence[Turn], language: Language) -> list[Evidence]:
    """Every turn as one clause between the turns before and after it, whoever spoke them."""
    found = []
    for index, turn in enumerate(turns):
        before = turns[index - 1].text if index else ""
        after = turns[index + 1].text if index + 1 < len(turns) else ""
        plain, other = view(turn.text).plain, view(before).plain
        mine, cues_of = bigrams(plain), seen(turn.text, language).cues
        found.append(
            Evidence(
                clause=Clause(turn.number, 0, len(turn.text), turn.text),
                plain=plain,
                language=language,
                role=None,
                cues=cues_of,
                around=frozenset(),
                before="",
                after=view(after).plain[:_NEXT],
                other=other,
                overlap=len(mine & bigrams(other)) / len(mine) if mine else 0.0,
                position=0.0,
                other_cues=seen(before, language).cues,
                answer_cues=seen(after, language).cues,
                progress=index / len(turns),
            )
        )
    return found


def _neighbours(
    turns: Sequence[Turn], roles: Mapping[str, Role | None]
) -> tuple[list[int | None], list[int | None]]:
    """For every turn the index of the other side's turn before it and after it."""
    sides = [roles.get(turn.speaker) == "rep" for turn in turns]
    befores: list[int | None] = []
    last: dict[bool, int | None] = {True: None, False: None}
    for index, side in enumerate(sides):
        befores.append(last[not side])
        last[side] = index
    afters: list[int | None] = []
    last = {True: None, False: None}
    for index in range(len(turns) - 1, -1, -1):
        afters.append(last[not sides[index]])
        last[sides[index]] = index
    return befores, afters[::-1]


def _of_turn(
    turn: Turn,
    role: Role | None,
    before: Turn | None,
    after: Turn | None,
    language: Language,
    progress: float,
) -> list[Evidence]:
    looked = seen(turn.text, language)
    count = len(looked.clauses)
    other = view(before.text).plain if before else ""
    pairs = bigrams(other)
    other_cues = seen(before.text, language).cues if before else frozenset()
    answer_cues = seen(after.text, language).cues if after else frozenset()
    result = []
    for index, (clause, plain, own) in enumerate(looked.clauses):
        mine = bigrams(plain)
        result.append(
            Evidence(
                clause=Clause(turn.number, clause.start, clause.end, clause.text),
                plain=plain,
                language=language,
                role=role,
                cues=own,
                around=looked.cues,
                before=looked.clauses[index - 1][1] if index else "",
                after=looked.clauses[index + 1][1] if index + 1 < count else "",
                other=other,
                overlap=len(mine & pairs) / len(mine) if mine else 0.0,
                position=index / count,
                other_cues=other_cues,
                answer_cues=answer_cues,
                progress=progress,
            )
        )
    return result


def words(plain: str) -> list[str]:
    """Chinese characters and Latin words of a plain text, in order."""
    return _WORDS.findall(plain)


@lru_cache(maxsize=8192)
def bigrams(plain: str) -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring words."""
    found = words(plain)
    return frozenset(itertools.pairwise(found))
