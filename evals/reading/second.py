"""How far two people agree: a second writer's blind labels of some replies and visits, against the first. The ceiling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.visits.record import FIELDS
from coach.vocabulary import HARMFUL_ACTS, REPLY_ACTS, name
from evals.reading.examples import SETS
from evals.reading.metrics import ActCounts, Counts, compare, entries, total
from evals.sets.annotated import read_visits
from evals.sets.labelled_replies import LabelledReply, read_replies

if TYPE_CHECKING:
    from rich.table import Table


class Agreement(NamedTuple):
    """Two people on the same replies: `acts` counts the second one's against the first one's as the truth."""

    acts: ActCounts
    same_quality: int
    replies: int


def agreement(folder: Path = SETS) -> Agreement:
    """The second labels of `folder` beside the first."""
    first = {one.id: one for one in read_replies(folder / "replies")}
    acts, same, count = ActCounts(), 0, 0
    for file in sorted((folder / "second").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            raw = json.loads(line)
            one: LabelledReply | None = first.get(raw["id"])
            if one is None or one.acts is None:
                continue
            acts.add(frozenset(raw["acts"]), one.acts)
            same += raw.get("quality") == one.quality
            count += 1
    return Agreement(acts, same, count)


def agreement_table(found: Agreement) -> Table:
    """The table that stands under the coach's own."""
    from rich.table import Table

    table = Table(
        title=f"a second writer's blind labels against the first: {found.replies} replies, the ceiling"
    )
    for column in ("", "F1"):
        table.add_column(column, justify="left" if not column else "right")
    harmful = [found.acts.acts[act].f1 for act in HARMFUL_ACTS]
    useful = [found.acts.acts[act].f1 for act in REPLY_ACTS if act not in HARMFUL_ACTS]
    table.add_row("macro, 16 acts", f"{found.acts.macro:.3f}")
    table.add_row("harmful acts, least", f"{min(harmful):.3f}")
    table.add_row("other acts, least", f"{min(useful):.3f}")
    table.add_row("quality 0-3, exactly the same", f"{found.same_quality / max(1, found.replies):.3f}")
    return table


def visits_agreement(folder: Path = SETS) -> list[tuple[Counts, Counts]]:
    """Of every visit that two people marked: the second one's marks held against the first one's, typed and untyped."""
    twice = {one.id: one for one in read_visits(folder / "second" / "visits")}
    both = [
        (entries(twice[one.id].gold()), entries(one.gold()))
        for batch in sorted((folder / "visits").iterdir())
        for one in read_visits(batch)
        if one.id in twice and one.conversation == twice[one.id].conversation
    ]
    return [(compare(second, first), compare(second, first, typed=False)) for second, first in both]


def visits_agreement_table(found: list[tuple[Counts, Counts]]) -> Table:
    """The table that stands under the coach's own."""
    from rich.table import Table

    typed, untyped = (total([pair[at] for pair in found]) for at in (0, 1))
    table = Table(
        title=f"a second annotator's blind marks against the first: {len(found)} visits, the ceiling"
    )
    for column in ("", "F1", "type aside", "second", "first"):
        table.add_column(column, justify="left" if not column else "right")
    for field in (*FIELDS, "all"):
        count = typed[field]
        label = "all" if field == "all" else f"{name(field, 'en')} {name(field, 'zh')}"
        table.add_row(
            label, f"{count.f1:.3f}", f"{untyped[field].f1:.3f}", str(count.predicted), str(count.marked)
        )
    return table
