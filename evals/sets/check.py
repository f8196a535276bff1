"""The checker of the labelled sets: what no reader would forgive is refused before it trains one.

Checked: every file reads; needs, feedback, objections, concerns and roles stand in customer turns and solution points
in rep turns; due dates are not before the visit; ids are unique; no reply or visit is a near-duplicate of another
(character 5-grams, Jaccard >= 0.5), within a batch and across batches. Minimal pairs (ids that end in a/b) may be near.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from coach.errors import BadContent
from evals.sets.annotated import AnnotatedVisit, read_visit
from evals.sets.labelled_replies import LabelledReply, read_replies

SETS: Final = Path(__file__).parent
NEAR: Final = 0.5
_CUSTOMER_ONLY: Final = {"core_needs", "feedback", "objections", "hidden_concerns", "decision_roles"}


def check_sets(folder: Path = SETS) -> list[str]:
    """All faults of the visits and replies below `folder`, each one line; an empty list means clean."""
    faults: list[str] = []
    visits: list[tuple[str, AnnotatedVisit]] = []
    for path in sorted((folder / "visits").rglob("*.visit")):
        try:
            visits.append((f"{path.parent.name}/{path.name}", read_visit(path)))
        except BadContent as error:
            faults.append(error.message("en"))
    for name, visit in visits:
        faults += [f"{name}: {fault}" for fault in _visit_faults(visit)]
    replies: list[LabelledReply] = []
    for path in sorted((folder / "replies").glob("*.jsonl")):
        try:
            replies += read_replies(path)
        except BadContent as error:
            faults.append(error.message("en"))
    faults += [
        f"reply id {name} is used {n} times" for name, n in Counter(r.id for r in replies).items() if n > 1
    ]
    faults += [
        f"{reply.id}: no acts or no quality" for reply in replies if not reply.acts or reply.quality is None
    ]
    texts = [(name, " ".join(turn.text for turn in visit.conversation.turns)) for name, visit in visits]
    faults += list(_near_duplicates(texts))
    faults += list(_near_duplicates([(reply.id, reply.reply) for reply in replies if len(reply.reply) >= 12]))
    return faults


def _visit_faults(visit: AnnotatedVisit) -> Iterator[str]:
    day = visit.conversation.date
    for item in visit.items:
        by_rep = visit.conversation.turn(item.turn).speaker == visit.rep
        if item.field in _CUSTOMER_ONLY and by_rep:
            yield f"turn {item.turn}: {item.field} marked in the rep's words"
        if item.field == "solution_points" and not by_rep:
            yield f"turn {item.turn}: a solution point in the customer's words"
        for key in ("due", "date"):
            value = item.attributes.get(key)
            if value and day and value < day.isoformat():
                yield f"turn {item.turn}: {key} {value} is before the visit"
            if value and not day and item.field == "time_points" and not re.search(r"\d{4}", item.quote):
                yield f"turn {item.turn}: {value} resolved although the visit has no date"


def _near_duplicates(texts: list[tuple[str, str]]) -> Iterator[str]:
    """Pairs whose 5-gram sets overlap by half or more, found through shared rare grams rather than all pairs."""
    grams = [(name, _grams(text)) for name, text in texts]
    holders: dict[str, list[int]] = {}
    for number, (_, own) in enumerate(grams):
        for gram in own:
            holders.setdefault(gram, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= 50:
            shared.update((a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :])
    for (a, b), count in sorted(shared.items()):
        one, two = grams[a], grams[b]
        near = count / (len(one[1]) + len(two[1]) - count)
        if near >= NEAR and _pair(one[0]) != _pair(two[0]):
            yield f"{one[0]} and {two[0]} are near-duplicates ({near:.2f})"


def _grams(text: str) -> frozenset[str]:
    plain = re.sub(r"\W+", "", text).casefold()
    return frozenset(plain[at : at + 5] for at in range(max(1, len(plain) - 4)))


def _pair(name: str) -> str:
    """Both members of a minimal pair share this."""
    return re.sub(r"(?<=\d)[a-d]$", "", name)
