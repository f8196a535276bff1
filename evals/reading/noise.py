"""`coach eval visits --noise`: how records hold when recognition is bad, from 0 to 30 % wrong characters.

The marked visits are misheard by machine (never the same way as in training: the seed is the rate). What the coach then
quotes is carried back to the true words before it is held against the marks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coach.visits.assemble import assemble
from evals.reading.metrics import Counts, Entry, compare, entries, interval, total
from evals.reading.misheard import Misheard, misheard

if TYPE_CHECKING:
    from rich.table import Table

    from coach.reading.offline.reader import OfflineEngine
    from coach.visits.record import Record
    from evals.sets.annotated import AnnotatedVisit

RATES: Final = (0.0, 0.05, 0.15, 0.30)

Engines = Callable[[str], "OfflineEngine"]
"""From a writer to the engine that never saw that writer."""


def noise_table(batches: Sequence[tuple[str, Sequence[AnnotatedVisit]]], engines: Engines) -> Table:
    """micro-F1 over the eight fields at each rate, and what it lost against none."""
    from rich.table import Table

    table = Table(title="visits misheard: micro-F1 over eight fields")
    for column in ("wrong characters", "F1", "95 %", "lost"):
        table.add_column(column, justify="right")
    clean = 0.0
    for rate in RATES:
        counts = [
            counted(engines(batch), visit, rate)
            for batch, visits in batches
            for visit in visits
            if visit.items
        ]
        f1 = total(counts)["all"].f1
        low, high = interval(counts, lambda some: total(some)["all"].f1)
        clean = clean or f1
        table.add_row(f"{rate:.0%}", f"{f1:.3f}", f"{low:.2f}-{high:.2f}", f"{clean - f1:+.3f}")
    return table


def counted(engine: OfflineEngine, visit: AnnotatedVisit, rate: float) -> Counts:
    """One visit, misheard at `rate`, read and held against its marks on the true words."""
    talk = visit.conversation
    rng = random.Random(f"noise {rate} {visit.id}")
    heard = {turn.number: misheard(turn.text, rate, rng, talk.language) for turn in talk.turns}
    turns = tuple(replace(turn, text=heard[turn.number].text) for turn in talk.turns)
    rough = replace(talk, turns=turns)
    record = assemble(rough, engine.read(rough))
    return compare(_carried_back(record, visit, heard), entries(visit.gold()))


def _carried_back(record: Record, visit: AnnotatedVisit, heard: dict[int, Misheard]) -> list[Entry]:
    dumped = record.model_dump(mode="json", exclude={"engine"})
    for listed in dumped.values():
        for raw in listed if isinstance(listed, list) else ():
            if isinstance(raw, dict) and "quote" in raw:
                start, end = heard[raw["turn"]].source(raw["start"], raw["end"])
                raw["quote"] = visit.conversation.turn(raw["turn"]).text[start:end]
    return entries(dumped)
