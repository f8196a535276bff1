"""The figures of the match set mean what their names say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.deals.match import Matcher
from coach.errors import BadInput
from coach.library.library import Library
from evals.matching.figures import estimate, grade, ndcg, recall, success
from evals.matching.measure import figures, rankers
from evals.matching.queries import Query, read_queries

GRADES = {"a": 3, "b": 1, "c": 0}


def test_figures_by_hand() -> None:
    assert success(["c", "b", "a"], GRADES) == 1.0
    assert success(["c", "b", "x", "a"], GRADES) == 0.0
    assert grade(["a", "b"], GRADES) == 2.0
    assert grade([], GRADES) == 0.0
    assert ndcg(["a", "b", "c"], GRADES) == pytest.approx(1.0)
    assert ndcg(["b", "a"], GRADES) == pytest.approx((1 + 7 / 1.58496) / (7 + 1 / 1.58496), abs=1e-4)
    assert recall(["x", "b"], GRADES) == 0.5


def test_an_interval_holds_its_mean_and_narrows_with_more_queries() -> None:
    few, many = estimate([0.0, 1.0, 1.0]), estimate([0.0, 1.0, 1.0] * 40)
    assert few.low <= few.mean <= few.high
    assert many.high - many.low < few.high - few.low
    assert estimate([]).text() == "–"


def test_the_columns_separate_answerable_from_empty() -> None:
    queries = [
        Query(id="1", text="x", relevant={"a": 3}),
        Query(id="2", text="y", relevant={}),
        Query(id="3", text="z"),
    ]
    shown = {"1": ["a"], "2": [], "3": ["q"]}
    cells = figures(queries, lambda query: shown[query.id])
    assert [(cell.mean, cell.n) for cell in cells] == [(1, 1), (3, 1), (1, 1), (1, 1), (1, 1), (0, 1)]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(json.dumps({"id": "1", "text": "x"}) + "\n{oops\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"q\.jsonl:2"):
        read_queries(file)


def test_five_rankings_are_compared_beside_the_best_possible(library: Library, matcher: Matcher) -> None:
    query = Query(id="1", text="老板嫌贵，降了两回还是不签", lang="zh")
    ranked = {name: rank(query) for name, rank in rankers(library, matcher).items()}
    assert ranked.pop("possible") == [], "nobody graded this one"
    assert list(ranked) == ["keyword", "dense", "fused", "ranked", "product"]
    assert all(cases for cases in ranked.values())
