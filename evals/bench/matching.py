"""How long a search takes in a library of ten thousand cases or more, beside a plain scan of the same vectors.

The cases are made up from words of the shipped ones, so the figures are about time and about how much of the
exact nearest the index finds, not about quality. Both sides answer the same queries in turn.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from coach.library.build import IndexBuilds
from coach.library.embedding import StaticTable
from coach.library.entries import Entry, case_entry
from coach.library.search import Index
from knowledge.loader import load_cases
from knowledge.schema import Case

CASES: Final = 10_000
QUERIES: Final = 200
NEAREST: Final = 10


def bench_match(cases: int = CASES, queries: int = QUERIES) -> None:
    """Print the seconds to build, each way of searching with its median and 95th percentile, and the memory."""
    import resource

    import numpy as np
    from rich.console import Console
    from rich.table import Table

    embedder = StaticTable()
    chance = random.Random(11)
    entries = list(made_up(cases, chance))
    asked = [telling(chance) for _ in range(queries)]
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        build = IndexBuilds(Path(folder)).write("bench", lambda: entries, embedder)
        built = time.perf_counter() - began
        index = Index(build, embedder)
        owners = [entry.id for entry in entries for _ in entry.passages]
        table = embedder.embed([passage for entry in entries for passage in entry.passages])

        def scan(text: str) -> list[str]:
            near = table @ embedder.embed([text])[0]
            best = np.argpartition(-near, 6 * NEAREST)[: 6 * NEAREST]
            order = best[np.argsort(-near[best])]
            return list(dict.fromkeys(owners[n] for n in order))[:NEAREST]

        ways: dict[str, Callable[[str], list[str]]] = {
            "plain scan": scan,
            "Chroma": lambda text: [h.entry for h in index.search("cases-zh", text, NEAREST, "dense")],
            "BM25": lambda text: [h.entry for h in index.search("cases-zh", text, NEAREST, "keyword")],
            "fused": lambda text: [h.entry for h in index.search("cases-zh", text, 30)],
        }
        times, found = _in_turn(ways, asked)
        index.close()
    kept = [len(set(a) & set(b)) / len(a) for a, b in zip(found["plain scan"], found["Chroma"], strict=True)]
    shown = Table(
        "", "median ms", "p95 ms", title=f"{cases} cases, {len(owners)} passages, {queries} queries"
    )
    for way, seconds in times.items():
        shown.add_row(way, *(f"{1000 * float(np.quantile(seconds, at)):.1f}" for at in (0.5, 0.95)))
    console = Console()
    console.print(shown)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(
        f"at most {most:.0f} MB held, the made-up cases and the plain scan's table ({table.nbytes / 2**20:.0f} MB) among them"
    )
    console.print(
        f"built and verified in {built:.1f} s; Chroma finds {np.mean(kept):.3f} of the exact nearest {NEAREST}"
    )


def made_up(how_many: int, chance: random.Random) -> Iterator[Entry]:
    """Cases told in clauses that are drawn from the shipped ones."""
    for n in range(how_many):
        yield case_entry(
            Case(
                id=f"case-{n}",
                language="zh",
                title=telling(chance),
                outcome="won",
                one_line=telling(chance),
                pain_points=(telling(chance),),
                asked_as=(telling(chance), telling(chance)),
            )
        )


def telling(chance: random.Random) -> str:
    """Three clauses of shipped cases in one sentence."""
    return "，".join(chance.choices(_clauses(), k=3))


@lru_cache(maxsize=1)
def _clauses() -> Sequence[str]:
    found: list[str] = []
    for case in load_cases():
        if case.language == "zh":
            texts = [case.one_line, case.background, *case.pain_points, *case.asked_as, *case.why]
            found.extend(part for text in texts for part in re.split("[，。：；]", text) if len(part) > 4)
    return found


def _in_turn(
    ways: dict[str, Callable[[str], list[str]]], asked: Sequence[str]
) -> tuple[dict[str, list[float]], dict[str, list[list[str]]]]:
    """Ask every query of every way in turn, after one query to warm each."""
    times: dict[str, list[float]] = {way: [] for way in ways}
    found: dict[str, list[list[str]]] = {way: [] for way in ways}
    for way in ways.values():
        way(asked[0])
    for text in asked:
        for name, way in ways.items():
            began = time.perf_counter()
            found[name].append(way(text))
            times[name].append(time.perf_counter() - began)
    return times, found
