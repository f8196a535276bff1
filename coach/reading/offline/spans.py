"""From judged clauses to readings: neighbours that say one thing are joined, mentions are cut out, lead-ins trimmed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final, cast

from coach.conversation import Conversation
from coach.reading.engine import Reading
from coach.reading.offline import candidates
from coach.reading.offline.candidates import Candidate
from coach.reading.offline.clauses import Clause
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.features import clause_row
from coach.reading.offline.judge import HOLDS, Judge
from coach.reading.offline.trim import trimmed
from coach.vocabulary import Label

JOINED: Final = 3
"""At most so many neighbouring clauses make one quote."""
CRUMB: Final = 7
"""Chinese characters (a Latin word weighs two) below which a need or an objection takes its neighbour along."""
_WHOLE: Final = frozenset({"need", "objection", "concern", "solution_point"})
"""Labels that somebody must be able to understand on their own: 我就想知道 says nothing."""
_ENDS: Final = re.compile(r"[。！!?？;；…]\W*$|\.\W*$")
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9']+")
_PUBLIC: Final = {"solution_point": "offer_solution"}
"""Labels that are judged apart and read as one of the vocabulary."""
_ALONE: Final = frozenset({"feedback", "question", "exit", "commitment"})
"""Labels whose clauses are never joined: each is a thing of its own."""


def readings(
    judge: Judge,
    conversation: Conversation,
    clauses: Sequence[Evidence],
    judged: Sequence[Mapping[str, float]],
) -> list[Reading]:
    """All readings of the judged clauses, in order of turn and place."""
    found = _mentions(judge, conversation, clauses)
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
        first, final = run[0][0].clause.start, run[-1][0].clause.end
        if label in _WHOLE:
            first, final = _with_neighbour(text, first, final, [clause.clause for clause, _ in of_turn])
        start, end = trimmed(text, first, final)
        quote = text[start:end]
        if any(char.isalnum() for char in quote):
            kind = _kind(judge, label, best)
            result.append(Reading(best.clause.turn, public, quote, start, end, round(p, 4), kind))
    return result


def _with_neighbour(text: str, start: int, end: int, clauses: Sequence[Clause]) -> tuple[int, int]:
    """A crumb together with what follows it in its sentence, or else with what stands before it there."""
    if _weight(text[start:end]) >= CRUMB:
        return start, end
    after = next((clause for clause in clauses if clause.start >= end), None)
    if after and not _ENDS.search(text[start:end]):
        return start, after.end
    before = next((clause for clause in reversed(clauses) if clause.end <= start), None)
    if before and not _ENDS.search(before.text):
        return before.start, end
    return start, end


def _weight(words: str) -> int:
    return sum(1 if "\u4e00" <= piece <= "\u9fff" else 2 for piece in _WORDS.findall(words))


def _kind(judge: Judge, label: str, clause: Evidence) -> str | None:
    return judge.kind(label, clause_row(clause)) if label in ("objection", "feedback") else None


def _mentions(judge: Judge, conversation: Conversation, clauses: Sequence[Evidence]) -> list[Reading]:
    """People of the buying chain (on the customer's side) and times ahead that the clauses name, asked about at once."""
    times = [(clause, one) for clause in clauses for one in candidates.times(clause)]
    people = [
        (clause, one) for clause in clauses if clause.role != "rep" for one in candidates.people(clause)
    ]
    likely = judge.mentions("time", [one.row for _, one in times])
    wanted: list[tuple[Label, Evidence, Candidate, float, str | None]] = [
        ("time_point", clause, one, p, None) for (clause, one), p in zip(times, likely, strict=True)
    ]
    wanted += [
        ("decision_role", clause, one, p, role)
        for (clause, one), (p, role) in zip(people, judge.people([one.row for _, one in people]), strict=True)
    ]
    found = []
    for label, clause, one, p, kind in wanted:
        if p >= HOLDS:
            text = conversation.turn(clause.clause.turn).text
            start, end = trimmed(text, clause.clause.start + one.start, clause.clause.start + one.end)
            found.append(Reading(clause.clause.turn, label, text[start:end], start, end, round(p, 4), kind))
    return found
