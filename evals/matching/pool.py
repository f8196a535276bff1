"""What is to be graded: for every query the cases that any ranking puts forward, and some that none does, shuffled.

    python -m evals.matching.pool OUT.jsonl [QUERIES.jsonl]

One line a query: {"id", "text", "industry", "size", "pain", "cases": [id, …]}. Whoever grades sees neither which
ranking found a case nor how high. A case that is not in the pool counts as grade 0.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from coach.deals.match import Matcher
from coach.library.library import Library
from coach.reading.offline import OfflineEngine
from coach.settings import Settings
from evals.matching.measure import rankers
from evals.matching.queries import SHIPPED, Query, read_queries

DEPTH: Final = 5
"""So many cases of every ranking are graded."""
BY_CHANCE: Final = 3
"""Cases that no ranking put forward: how much is missed shows in their grades."""


def pool(queries: Sequence[Query], seed: int = 3) -> Iterator[dict[str, Any]]:
    """The cases to grade for each query, in an order that says nothing."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        ranking = [
            rank
            for name, rank in rankers(library, Matcher(library, OfflineEngine())).items()
            if name not in ("possible", "product")
        ]
        for query in queries:
            found = {case for rank in ranking for case in rank(query)[:DEPTH]}
            others = sorted({case.id for case in library.cases(query.lang)} - found)
            cases = sorted(found) + chance.sample(others, min(BY_CHANCE, len(others)))
            chance.shuffle(cases)
            told = query.model_dump(
                include={"id", "lang", "text", "industry", "size", "pain"}, exclude_none=True
            )
            yield {**told, "cases": cases}
        library.close()


def main(out: Path, data: Path = SHIPPED) -> None:
    """Write the pool of all queries in `data`."""
    lines = (json.dumps(one, ensure_ascii=False) for one in pool(read_queries(data)))
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
