"""From judged clauses to readings: neighbours that say one thing are joined, mentions are cut out, lead-ins trimmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final, cast

from coach.conversation import Conversation
from coach.reading.engine import Reading
from coach.reading.offline import kinds, typed
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.judge import HOLDS, Judge
from coach.reading.offline.trim import trimmed
from coach.reading.offline.view import view
from coach.vocabulary import Label

JOINED: Final = 3
"""At most so many neighbouring clauses make one quote."""
_PUBLIC: Final = {"solution_point": "offer_solution"}
"""Labels that are judged apart and read as one of the vocabulary."""
_ALONE: Final = frozenset({"feedback", "decision_role", "time_point", "question", "exit", "commitment"})
"""Labels whose clauses are never joined: each is a thing of its own."""


def readings(
    judge: Judge, conversation: Conversation, clauses: Sequence[Evidence], judged: Sequence[Mapping[str, float]]
) -> list[Reading]:
    """All readings of the judged clauses, in order of turn and place."""
    found: list[Reading] = []
    pairs = list(zip(clauses, judged, strict=True))
    for number, group in groupby(pairs, key=lambda pair: pair[0].clause.turn):
        text = conversation.turn(number).text
        of_turn = list(group)
        for label in sorted({label for _, scores in of_turn for label in scores}):
            found.extend(_of_label(judge, label, text, of_turn))
    return sorted(found, key=lambda r: (r.turn, r.start, r.end, r.label))


def _of_label(
    judge: Judge, label: str, text: str, of_turn: list[tuple[Evidence, Mapping[str, float]]]
) -> list[Reading]:
    """The readings of one label in one turn."""
    runs: list[list[tuple[Evidence, float]]] = []
    last = -2
    for index, (clause, scores) in enumerate(of_turn):
        p = scores.get(label, 0.0)
        if p < HOLDS:
            continue
        if runs and index == last + 1 and len(runs[-1]) < JOINED and label not in _ALONE:
            runs[-1].append((clause, p))
        else:
            runs.append([(clause, p)])
        last = index
    result = []
    public = cast(Label, _PUBLIC.get(label, label))
    for run in runs:
        best, p = max(run, key=lambda pair: pair[1])
        for start, end in _places(label, text, run):
            start, end = trimmed(text, start, end)
            quote = text[start:end]
            if any(char.isalnum() for char in quote):
                kind = _kind(judge, label, best, view(quote).plain)
                result.append(Reading(best.clause.turn, public, quote, start, end, round(p, 4), kind))
    return result


def _places(label: str, text: str, run: list[tuple[Evidence, float]]) -> list[tuple[int, int]]:
    """Where in the turn the run's words stand; mentions of people and times are narrower than their clause."""
    first, last = run[0][0].clause, run[-1][0].clause
    if label == "time_point":
        return _typed_places(first.start, first.end, text, run[0][0], ("time_day", "time_vague"), joint=0)
    if label == "decision_role":
        mentions = _typed_places(first.start, first.end, text, run[0][0], ("title",), joint=1)
        if mentions:
            return mentions
    return [(first.start, last.end)]


def _typed_places(
    start: int, end: int, text: str, clause: Evidence, wanted: tuple[str, ...], joint: int
) -> list[tuple[int, int]]:
    """The typed stretches of one clause; those at most `joint` characters apart become one (财务 + 邹姐)."""
    seen = view(text)
    places: list[tuple[int, int]] = []
    stretches = sorted(
        seen.span(kind.start, kind.end)
        for kind in typed.types(seen.plain, clause.language)
        if kind.type in wanted and start <= seen.origin[kind.start] < end
    )
    for begin, stop in stretches:
        if places and begin - places[-1][1] <= joint:
            places[-1] = (places[-1][0], max(stop, places[-1][1]))
        else:
            places.append((begin, stop))
    return places


def _kind(judge: Judge, label: str, clause: Evidence, quote: str) -> str | None:
    if label in ("objection", "feedback"):
        return judge.kind(label, clause)
    if label == "decision_role":
        return kinds.decision_role(clause, quote)
    return None
