"""`evaluate_visits` and `evaluate_replies`: the coach's reading against people's marks, printed as tables, written as JSONL.

Without data of one's own the project's sets are used, each writer read by heads that never saw that writer; those heads
are trained when first needed and kept under the coach's home. With data, the shipped heads read it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.conversation import conversation
from coach.reading.offline.heads import ARTEFACT
from coach.reading.offline.judge import HOLDS, Judge
from coach.reading.offline.reader import OfflineEngine
from coach.visits.assemble import assemble
from coach.visits.record import FIELDS
from coach.vocabulary import HARMFUL_ACTS, REPLY_ACTS, name
from evals.reading.baselines import dump_entries, keyword_acts, keyword_entries
from evals.reading.closer import KINDS, confusion_table, details_table
from evals.reading.examples import SEALED, SETS, reply_example
from evals.reading.metrics import ActCounts, Count, Counts, Entry, compare, entries, interval, total
from evals.sets.annotated import AnnotatedVisit, read_visits
from evals.sets.labelled_replies import LabelledReply, read_replies

if TYPE_CHECKING:
    from rich.table import Table

    from coach.reading.engine import Engine
    from evals.endpoint import Around

Folds = Callable[[str], Path]
"""From a writer to the artefact whose heads never saw that writer."""


@dataclass(frozen=True, slots=True)
class VisitResult:
    """One visit: how its record compares, and how the baselines' do."""

    visit: AnnotatedVisit
    batch: str
    record: Mapping[str, object]
    coach: Counts
    keywords: Counts
    dump: Counts


def evaluate_visits(
    data: Path | None = None,
    predictions: Path | None = None,
    *,
    folds: Folds | None = None,
    noise: bool = False,
    around: Around | None = None,
) -> float:
    """Print the table for visits (micro-F1 over eight fields) and return the figure; 0 where nothing is marked.

    With `noise` the same visits are read again as a machine would mishear them. `around` puts a model in front of
    the reader.
    """
    engines: dict[Path, OfflineEngine] = {}
    results = []
    for batch, visits in _visit_batches(data):
        artefact = _artefact(batch, data, folds)
        engine = engines.setdefault(artefact, OfflineEngine(artefact))
        whole = around(engine) if around else engine
        results += [_judged(whole, batch, visit) for visit in visits]
    if predictions is not None:
        lines = (json.dumps({"id": r.visit.id, **r.record}, ensure_ascii=False) for r in results)
        predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    marked = [r for r in results if r.visit.items]
    _print(_visit_table(marked))
    _print(details_table(results))
    for field in KINDS:
        _print(confusion_table(results, field))
    if data is None:
        from evals.reading.second import visits_agreement, visits_agreement_table

        _print(visits_agreement_table(visits_agreement()))
    if noise:
        from evals.reading.noise import noise_table

        _print(noise_table(_visit_batches(data), lambda batch: engines[_artefact(batch, data, folds)]))
    return total([r.coach for r in marked])["all"].f1


def evaluate_replies(
    data: Path | None = None,
    predictions: Path | None = None,
    *,
    folds: Folds | None = None,
    around: Around | None = None,
) -> float:
    """Print the table for replies (macro-F1 over sixteen acts) and return the figure; 0 where nothing is marked."""
    replies = read_replies(data or SETS / "replies")
    judges: dict[Path, Judge] = {}
    predicted = []
    for reply in replies:
        artefact = _artefact(reply.batch, data, folds)
        judge = judges.setdefault(artefact, Judge(artefact))
        predicted.append(
            acts_read(around(OfflineEngine(artefact)), reply) if around else acts_of(judge, reply)
        )
    if predictions is not None:
        lines = (
            json.dumps(
                {"id": reply.id, "acts": sorted(acts), "quality": quality_of(acts)}, ensure_ascii=False
            )
            for reply, acts in zip(replies, predicted, strict=True)
        )
        predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    pairs = [(reply, acts) for reply, acts in zip(replies, predicted, strict=True) if reply.acts is not None]
    _print(_reply_table(pairs))
    if data is None:
        from evals.reading.second import agreement, agreement_table

        _print(agreement_table(agreement()))
    return _counts(pairs).macro


def acts_of(judge: Judge, reply: LabelledReply) -> frozenset[str]:
    """The acts that the offline reader finds in a reply; a reply without words evades."""
    clauses = reply_example(reply).clauses
    if not clauses:
        return frozenset({"evade"})
    acts = judge.turn_acts(clauses)
    found = frozenset(act for act in REPLY_ACTS if acts[act] >= HOLDS)
    return found or frozenset({max(acts, key=lambda act: acts[act])})


def acts_read(engine: Engine, reply: LabelledReply) -> frozenset[str]:
    """The acts that an engine reads in a reply, in its context; a reply in which it reads none evades."""
    sides = {"zh": {"rep": "销售", "customer": "客户"}, "en": {"rep": "Rep", "customer": "Customer"}}[
        reply.language
    ]
    lines = [(sides[role], text) for role, text in reply.context]
    talk = conversation([*lines, (sides["rep"], reply.reply)], language=reply.language)
    return (engine.read(talk).acts(len(talk.turns)) & frozenset(REPLY_ACTS)) or frozenset({"evade"})


def quality_of(acts: frozenset[str]) -> int:
    """A reply's quality as far as its acts tell: harm alone 0, harm beside use or nothing useful 1, one useful act 2, more 3."""
    useful = len(acts & _USEFUL)
    if acts & set(HARMFUL_ACTS):
        return 1 if useful else 0
    return 1 if not useful or "evade" in acts else 2 if useful == 1 else 3


_USEFUL: Final = frozenset(REPLY_ACTS) - {*HARMFUL_ACTS, "evade", "small_talk"}


def _visit_batches(data: Path | None) -> list[tuple[str, list[AnnotatedVisit]]]:
    if data is not None:
        return [("", read_visits(data))]
    folders = sorted(path for path in (SETS / "visits").iterdir() if path.is_dir())
    return [(folder.name, read_visits(folder)) for folder in folders]


def _artefact(batch: str, data: Path | None, folds: Folds | None) -> Path:
    if data is not None or batch.startswith(SEALED):
        return ARTEFACT
    if folds is None:
        from evals.reading.folds import kept_folds

        folds = kept_folds()
    return folds(batch)


def _judged(engine: Engine, batch: str, visit: AnnotatedVisit) -> VisitResult:
    talk = visit.conversation
    record = assemble(talk, engine.read(talk)).model_dump(mode="json", exclude={"engine"})
    marked = entries(visit.gold())
    return VisitResult(
        visit,
        batch,
        record,
        compare(entries(record), marked),
        compare(_whole(keyword_entries(talk)), marked),
        compare(_whole(dump_entries(talk, visit.rep)), marked),
    )


def _whole(found: Sequence[Entry]) -> list[Entry]:
    return list(dict.fromkeys(found))


def _visit_table(results: Sequence[VisitResult]) -> Table:
    from rich.table import Table

    table = Table(title=f"visits: micro-F1 over eight fields, {len(results)} visits, typed")
    for column in ("", "F1", "95 %", "precision", "recall", "marked", "keywords", "dump"):
        table.add_column(column, justify="left" if not column else "right")
    coach, keywords, dump = (
        total([getattr(r, which) for r in results]) for which in ("coach", "keywords", "dump")
    )
    for field in (*FIELDS, "all"):
        low, high = interval(results, lambda some, field=field: total([r.coach for r in some])[field].f1)  # type: ignore[misc]
        label = "all" if field == "all" else f"{name(field, 'en')} {name(field, 'zh')}"
        table.add_row(label, *_figures(coach[field], low, high), _f(keywords[field]), _f(dump[field]))
    for key, some in _split(results).items():
        one = total([r.coach for r in some])["all"]
        low, high = interval(some, lambda part: total([r.coach for r in part])["all"].f1)
        rest = [total([getattr(r, which) for r in some])["all"] for which in ("keywords", "dump")]
        table.add_row(key, *_figures(one, low, high), *(_f(count) for count in rest))
    return table


def _split(results: Sequence[VisitResult]) -> dict[str, list[VisitResult]]:
    """The results by language and by writer."""
    found: dict[str, list[VisitResult]] = defaultdict(list)
    for result in results:
        found[result.visit.conversation.language].append(result)
    for result in results:
        if result.batch:
            found[f"{result.batch} held out"].append(result)
    return found


def _reply_table(pairs: Sequence[tuple[LabelledReply, frozenset[str]]]) -> Table:
    from rich.table import Table

    table = Table(title=f"replies: macro-F1 over {len(REPLY_ACTS)} acts, {len(pairs)} replies")
    for column in ("", "F1", "95 %", "precision", "recall", "marked", "keywords", "every act"):
        table.add_column(column, justify="left" if not column else "right")
    counts = _counts(pairs)
    keywords = _counts([(reply, keyword_acts(reply.reply, reply.language)) for reply, _ in pairs])
    everything = _counts([(reply, frozenset(REPLY_ACTS)) for reply, _ in pairs])
    for act in REPLY_ACTS:
        low, high = interval(pairs, lambda some, act=act: _counts(some).acts[act].f1, draws=100)  # type: ignore[misc]
        label = f"{name(act, 'en')} {name(act, 'zh')}"
        table.add_row(
            label, *_figures(counts.acts[act], low, high), _f(keywords.acts[act]), _f(everything.acts[act])
        )
    groups: dict[str, list[tuple[LabelledReply, frozenset[str]]]] = {"all": list(pairs)}
    for pair in pairs:
        groups.setdefault(pair[0].language, []).append(pair)
    for pair in pairs:
        groups.setdefault(pair[0].batch, []).append(pair)
    for key, some in groups.items():
        low, high = interval(some, lambda part: _counts(part).macro, draws=100)
        words = _counts([(reply, keyword_acts(reply.reply, reply.language)) for reply, _ in some]).macro
        all_acts = _counts([(reply, frozenset(REPLY_ACTS)) for reply, _ in some]).macro
        whole = f"{_counts(some).macro:.3f}"
        baselines = (f"{words:.3f}", f"{all_acts:.3f}")
        table.add_row(key, whole, f"{low:.2f}-{high:.2f}", "", "", str(len(some)), *baselines)
    return table


def _counts(pairs: Sequence[tuple[LabelledReply, frozenset[str]]]) -> ActCounts:
    counts = ActCounts()
    for reply, acts in pairs:
        counts.add(acts, reply.acts or frozenset())
    return counts


def _figures(count: Count, low: float, high: float) -> tuple[str, str, str, str, str]:
    return (
        _f(count),
        f"{low:.2f}-{high:.2f}",
        f"{count.precision:.3f}",
        f"{count.recall:.3f}",
        str(count.marked),
    )


def _f(count: Count) -> str:
    return f"{count.f1:.3f}"


def _print(table: Table) -> None:
    from rich.console import Console

    Console(width=120).print(table)
