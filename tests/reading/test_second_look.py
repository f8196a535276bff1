"""The second look: trees walk as they were grown, every clause is seen in its talk, and only whole talks are looked at again."""

from __future__ import annotations

import numpy as np
import pytest

from coach.conversation import conversation
from coach.reading.offline.evidence import gather
from coach.reading.offline.heads import ARTEFACT
from coach.reading.offline.judge import Judge
from coach.reading.offline.second_look import LABELS, WIDTH, second_looks, surroundings
from coach.reading.offline.trees import trees_of
from coach.vocabulary import Role

TALK = conversation(
    [
        ("rep", "We could put a monitor on one of them for thirty days. No charge."),
        ("customer", "Hm. And who reads it?"),
        ("customer", "Every Monday the press stops, we lose two hours."),
        ("rep", "Our night desk reads it."),
        ("customer", "That would be something."),
    ]
)
ROLES: dict[str, Role | None] = {"rep": "rep", "customer": "customer"}


def test_a_forest_walks_to_the_leaf_of_every_tree() -> None:
    """Two trees: one asks whether the first value is at most 1, the other is a leaf from the start."""
    arrays = {
        "x/feature": np.array([[0, 0, 0], [0, 0, 0]], dtype=np.int16),
        "x/limit": np.array([[1.0, 0, 0], [0, 0, 0]]),
        "x/left": np.array([[1, 1, 2], [0, 0, 0]], dtype=np.int16),
        "x/right": np.array([[2, 1, 2], [0, 0, 0]], dtype=np.int16),
        "x/value": np.array([[0.0, -2.0, 3.0], [0.25, 0, 0]]),
        "x/rest": np.array([2, 0.5]),
    }
    forest = trees_of(arrays, "x")
    assert forest.log_odds(np.array([[1.0], [1.5]])).tolist() == [-2.0 + 0.25 + 0.5, 3.0 + 0.25 + 0.5]
    assert {name: value.tolist() for name, value in forest.arrays("x").items()} == {
        name: value.tolist() for name, value in arrays.items()
    }


def test_what_is_grown_says_the_same_as_arrays() -> None:
    from evals.reading.grow import _as_arrays, _fitted

    rng = np.random.default_rng(5)
    values = rng.normal(size=(900, 6)).astype(np.float32)
    truth = (values[:, 0] + 0.5 * np.abs(values[:, 1]) > 0.3).astype(np.int8)
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=8).fit(values, truth)
    np.testing.assert_allclose(
        _as_arrays(model).log_odds(values), model.decision_function(values), rtol=0, atol=1e-9
    )
    assert ((_fitted(values, truth).log_odds(values) > 0) == truth).mean() > 0.9


@pytest.mark.parametrize("rep", [True, False])
def test_every_clause_of_a_side_has_its_row(rep: bool) -> None:
    clauses = gather(TALK.turns, ROLES, "en")
    odds = [np.full(WIDTH[one.role == "rep"], 0.1 * at) for at, one in enumerate(clauses)]
    values = surroundings(clauses, odds, rep)
    mine = [at for at, one in enumerate(clauses) if (one.role == "rep") == rep]
    assert len(values) == len(mine)
    assert np.isfinite(values).all()
    assert values[:, 0].tolist() == pytest.approx([0.1 * at for at in mine], abs=1e-6)


def test_a_talk_is_looked_at_again_and_acts_stay_the_heads() -> None:
    judge = Judge(ARTEFACT)
    clauses = gather(TALK.turns, ROLES, "en")
    first, again = judge.probabilities(clauses), judge.in_talk(clauses)
    assert set(second_looks(ARTEFACT)) == {True, False}
    for clause, one, two in zip(clauses, first, again, strict=True):
        looked = set(LABELS[clause.role == "rep"])
        assert {label: one[label] for label in one if label not in looked} == {
            label: two[label] for label in two if label not in looked
        }
        assert looked <= set(two)
    assert first != again
    assert judge.in_talk([]) == []
