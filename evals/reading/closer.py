"""A closer look at the visits read: kinds confused, days and owners, who the rep is; what one F1 hides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from coach.vocabulary import DECISION_ROLES, OBJECTION_TYPES, POLARITIES, name
from evals.reading.metrics import Entry, compare, entries, matched, total

if TYPE_CHECKING:
    from rich.table import Table

    from evals.reading.evaluate import VisitResult

KINDS: Final[Mapping[str, Sequence[str]]] = {
    "objections": OBJECTION_TYPES,
    "decision_roles": DECISION_ROLES,
    "feedback": POLARITIES,
}
MISSED: Final = "missed"
INVENTED: Final = "nothing marked"


def details_table(results: Sequence[VisitResult]) -> Table:
    """Figures beside the F1: each a share, and of how many."""
    from rich.table import Table

    table = Table(title="a closer look")
    for column in ("", "share", "of"):
        table.add_column(column, justify="left" if not column else "right")
    for field in KINDS:
        bare = total([compare(*_both(one), typed=False) for one in results])[field]
        table.add_row(f"{name(field, 'en')}, kinds aside: F1", f"{bare.f1:.3f}", str(bare.marked))
    for title, right in _rights(results).items():
        table.add_row(title, f"{sum(right) / len(right):.3f}" if right else "-", str(len(right)))
    return table


def confusion_table(results: Sequence[VisitResult], field: str) -> Table:
    """What people marked (rows) against what was read (columns); the last row is what nobody had marked."""
    from rich.table import Table

    counted: Counter[tuple[str, str]] = Counter()
    for one in results:
        predicted, marked = ([entry for entry in side if entry.field == field] for side in _both(one))
        pairs = matched(predicted, marked, typed=False)
        counted.update((marked[j].kind or "", predicted[i].kind or "") for i, j in pairs)
        hit_i, hit_j = {i for i, _ in pairs}, {j for _, j in pairs}
        counted.update((entry.kind or "", MISSED) for j, entry in enumerate(marked) if j not in hit_j)
        counted.update((INVENTED, entry.kind or "") for i, entry in enumerate(predicted) if i not in hit_i)
    table = Table(title=f"{name(field, 'en')}: marked (rows), read (columns)")
    table.add_column("")
    for kind in (*KINDS[field], MISSED):
        table.add_column(kind, justify="right")
    for kind in (*KINDS[field], INVENTED):
        table.add_row(kind, *(str(counted[kind, read] or "") for read in (*KINDS[field], MISSED)))
    return table


def _both(one: VisitResult) -> tuple[list[Entry], list[Entry]]:
    return entries(one.record), entries(one.visit.gold())


def _rights(results: Sequence[VisitResult]) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {
        "next steps: day right, of those found": [],
        "next steps: owner right, of those found": [],
        "time points: day right, of those found": [],
        "who the rep is": [],
        "quotes exact": [],
    }
    for one in results:
        gold: Mapping[str, Any] = one.visit.gold()
        read: Mapping[str, Any] = one.record
        for field, key, title in (
            ("next_steps", "due", "next steps: day right, of those found"),
            ("next_steps", "owner", "next steps: owner right, of those found"),
            ("time_points", "date", "time points: day right, of those found"),
        ):
            predicted, marked = ([entry for entry in side if entry.field == field] for side in _both(one))
            found[title] += [
                (read[field][i].get(key) or None) == (gold[field][j].get(key) or None)
                for i, j in matched(predicted, marked)
            ]
        found["who the rep is"].append(read["rep_speaker"] == gold["rep_speaker"])
        turns = one.visit.conversation.turns
        found["quotes exact"] += [
            turns[entry["turn"] - 1].text[entry["start"] : entry["end"]] == entry["quote"]
            for field in (
                *KINDS,
                "core_needs",
                "solution_points",
                "next_steps",
                "hidden_concerns",
                "time_points",
            )
            for entry in read[field]
        ]
    return found
