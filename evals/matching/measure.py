"""`coach eval match`: does a rep's telling find the cases that help? Rankings side by side.

BM25 alone, vectors alone, both fused, fused and re-ranked, and the product: re-ranked, but silent about
cases that do not fit; above them the best order that the grades allow, because many a query has one case that helps
and not three. The shipped queries are in other words than the cases; `dev` set the thresholds, `test` did not. What
any ranking put forward was pooled (`pool.py`) and graded blind by others than the author of the queries, whose own
grade stands under `first` where it differs (weighted kappa 0.79 over 3,140 pairs; docs/decisions.md).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from coach.deals.match import Matcher
from coach.library.library import Library
from coach.library.search import Leg
from coach.reading.offline import OfflineEngine
from coach.settings import Settings
from evals.matching.figures import Estimate, estimate, grade, ndcg, recall, success
from evals.matching.queries import SHIPPED, Query, read_queries

Ranker = Callable[[Query], list[str]]
LEGS: Final[tuple[Leg, ...]] = ("keyword", "dense", "fused")
NAMES: Final = {
    "possible": "best possible",
    "keyword": "BM25",
    "dense": "vectors",
    "fused": "fused",
    "ranked": "re-ranked",
    "product": "re-ranked, honest",
}


def evaluate_match(data: Path | None = None, predictions: Path | None = None) -> None:
    """Print one table for each set (the shipped dev and test, or `data`); write the product's predictions."""
    from rich.console import Console
    from rich.table import Table

    sets = {data.name: read_queries(data)} if data else _shipped()
    console = Console()
    written: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        library = Library(Settings(home=Path(home)))
        matcher = Matcher(library, OfflineEngine())
        for title, queries in sets.items():
            table = Table("", *COLUMNS, title=f"match · {title} · {len(queries)} queries")
            for name, ranker in rankers(library, matcher).items():
                table.add_row(NAMES[name], *(cell.text() for cell in figures(queries, ranker)))
            console.print(table)
            written += [_prediction(matcher, query) for query in queries]
        library.close()
    if predictions:
        predictions.write_text("\n".join(written) + "\n", encoding="utf-8")


COLUMNS: Final = (
    "success@3",
    "grade@3",
    "nDCG@3",
    "recall@5",
    "abstained, nothing fits",
    "abstained, something fits",
)


def figures(queries: Sequence[Query], rank: Ranker) -> list[Estimate]:
    """One estimate a column; queries that nobody judged are left out."""
    judged = [(query, rank(query), query.relevant) for query in queries if query.relevant is not None]
    answerable = [(ranked, relevant) for query, ranked, relevant in judged if query.answerable]
    empty = [ranked for query, ranked, _ in judged if not query.answerable]
    return [
        *(
            estimate([figure(ranked, relevant) for ranked, relevant in answerable])
            for figure in (success, grade, ndcg, recall)
        ),
        estimate([float(not ranked) for ranked in empty]),
        estimate([float(not ranked) for ranked, _ in answerable]),
    ]


def rankers(library: Library, matcher: Matcher) -> dict[str, Ranker]:
    """The rankings to compare, by name; each gives case ids, best first."""

    def by_leg(leg: Leg) -> Ranker:
        def rank(query: Query) -> list[str]:
            trouble = matcher.trouble(query.deal)
            hits = library.search(trouble.text, trouble.language, depth=5, leg=leg, extra=trouble.pains)
            return [hit.entry for hit in hits]

        return rank

    def ranked(query: Query) -> list[str]:
        return [one.case.id for one in matcher.ranked(matcher.trouble(query.deal))[:5]]

    def product(query: Query) -> list[str]:
        return [case.case_id for case in matcher.match(query.deal, k=5).cases]

    def possible(query: Query) -> list[str]:
        grades = query.relevant or {}
        return sorted((case for case in grades if grades[case] > 0), key=lambda case: -grades[case])[:5]

    legs: dict[str, Ranker] = {leg: by_leg(leg) for leg in LEGS}
    return {"possible": possible, **legs, "ranked": ranked, "product": product}


def _shipped() -> dict[str, list[Query]]:
    return {file.stem: read_queries(file) for file in sorted(SHIPPED.glob("*.jsonl"))}


def _prediction(matcher: Matcher, query: Query) -> str:
    found = matcher.match(query.deal)
    line = {"id": query.id, "cases": [case.case_id for case in found.cases], "abstained": found.abstained}
    return json.dumps(line, ensure_ascii=False)
