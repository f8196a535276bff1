"""How far two people agree: a second writer's blind labels of some replies, held against the first ones. The ceiling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coach.vocabulary import HARMFUL_ACTS, REPLY_ACTS
from evals.reading.examples import SETS
from evals.reading.metrics import ActCounts
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
