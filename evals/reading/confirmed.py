"""`coach reading train --with-confirmed`: the reader taught on a user's own confirmed records as well, on this machine only.

Confirmed visits become labelled ones: what people left standing is marked, what they took out is not. The table shows,
for visits that each reader has not seen, what the shipped reader finds and what the new one does.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import Refused
from coach.reading.offline.heads import ARTEFACT
from coach.reading.offline.reader import OfflineEngine, own_artefact
from coach.visits.assemble import assemble
from coach.visits.record import FIELDS, Said
from coach.visits.standing import as_it_stands
from coach.vocabulary import name
from evals.reading.metrics import Counts, compare, entries, total
from evals.sets.annotated import AnnotatedVisit, GoldItem

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.visits import StoredVisit

LEAST: Final = 6
"""Confirmed visits below which nothing can be learned or shown."""
GROUP: Final = "own"


def train_with_confirmed(coach: Coach) -> Path:
    """Train, print before and after, keep the new reader under the coach's home. Raises Refused when there is too little."""
    visits = teachable(coach)
    _table(_before(visits), _after(visits))
    kept = own_artefact(coach.settings.home)
    _train(visits, kept)
    return kept


def teachable(coach: Coach) -> list[AnnotatedVisit]:
    """The confirmed visits that somebody agreed to teaching the reader with. Raises Refused when they are too few."""
    sure = [one for one in coach.visits.newest(10_000) if one.confirmed_at is not None]
    agreed = coach.consents.usable(sure, "training")
    if len(agreed) < LEAST:
        raise Refused(
            (
                f"可以用的拜访只有 {len(agreed)} 次（已确认 {len(sure)} 次，其中同意用来教引擎的 {len(agreed)} 次），"
                f"至少要 {LEAST} 次才学得出东西。",
                f"Only {len(agreed)} visits can be used: {len(sure)} are confirmed, and of these {len(agreed)} may teach "
                f"the reader. At least {LEAST} are needed to learn anything.",
            ),
            (
                "在拜访页把记录核对、确认；问过本人同意后用 coach visits consent 编号 --scope training 登记，再来。",
                "Check and confirm records on the visits page; once somebody agreed, write it down with "
                "coach visits consent ID --scope training, then come back.",
            ),
        )
    return confirmed(agreed)


def confirmed(stored: Sequence[StoredVisit]) -> list[AnnotatedVisit]:
    """The confirmed ones among stored visits, as labelled visits."""
    return [_labelled(one) for one in stored if one.confirmed_at is not None]


def _labelled(one: StoredVisit) -> AnnotatedVisit:
    stands = as_it_stands(one)
    items = [_item(entry.field, entry.said) for entry in stands.entries]
    talk = replace(stands.talk, source=one.id)
    return AnnotatedVisit(one.id, talk, stands.record.rep_speaker, "", tuple(items))


def _item(field: str, said: Said) -> GoldItem:
    raw = said.model_dump(mode="json", exclude={"quote", "turn", "start", "end", "time", "status"})
    return GoldItem(field, said.turn, said.start, said.end, said.quote, raw)


def _before(visits: Sequence[AnnotatedVisit]) -> list[Counts]:
    return _read(OfflineEngine(ARTEFACT), visits)


def _after(visits: Sequence[AnnotatedVisit]) -> list[Counts]:
    """Each half read by a reader that was taught the other half."""
    found: list[Counts] = []
    with tempfile.TemporaryDirectory() as folder:
        for at in (0, 1):
            artefact = Path(folder) / f"{at}.npz"
            _train(visits[1 - at :: 2], artefact)
            found += _read(OfflineEngine(artefact), visits[at::2])
    return found


def _read(engine: OfflineEngine, visits: Sequence[AnnotatedVisit]) -> list[Counts]:
    counts = []
    for visit in visits:
        record = assemble(visit.conversation, engine.read(visit.conversation))
        found = entries(record.model_dump(mode="json", exclude={"engine"}))
        counts.append(compare(found, entries(visit.gold())))
    return counts


def _train(visits: Sequence[AnnotatedVisit], kept: Path) -> None:
    from evals.reading.lessons import examples
    from evals.reading.train import looked_again, train, write

    print(f"training with {len(visits)} confirmed visits, some minutes …", file=sys.stderr)
    taught = examples()
    for visit in visits:
        taught.add(GROUP, visit)
    fresh = kept.with_suffix(".new.npz")
    trained = train(taught)
    write(trained, looked_again(taught, trained), fresh)
    shutil.move(fresh, kept)


def _table(before: Sequence[Counts], after: Sequence[Counts]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{len(before)} confirmed visits, each read by a reader that has not seen it")
    for column in ("", "before", "after"):
        table.add_column(column, justify="left" if not column else "right")
    was, now = total(before), total(after)
    for field in (*FIELDS, "all"):
        label = "all" if field == "all" else f"{name(field, 'en')} {name(field, 'zh')}"
        table.add_row(label, f"{was[field].f1:.3f}", f"{now[field].f1:.3f}")
    Console(width=120).print(table)
