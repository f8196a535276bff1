"""What the embedder learns from: kinds of trouble of every case, batches that are hard and fair, weights that order."""

from __future__ import annotations

import random

import numpy as np

from evals.matching.batches import SIZE, Batches, Twin
from evals.matching.pairs import Pair
from evals.matching.situations import situations
from evals.matching.train_embedder import too_like
from evals.matching.weigh import Pool, fitted
from knowledge.loader import load_cases


def test_every_case_has_kinds_and_every_telling_shares_one_with_a_case() -> None:
    known = situations()
    assert set(known.cases) == {case.id for case in load_cases()}
    kinds = frozenset().union(*known.cases.values())
    alone = [one.text for one in known.tellings if not one.kinds & kinds]
    assert len(alone) <= 2, alone


def test_batches_are_in_one_language_and_the_same_for_the_same_seed() -> None:
    cases = load_cases()
    language = {case.id: case.language for case in cases}
    pairs = [Pair(case.asked_as[0], case.one_line, case.id) for case in cases]
    one, two = (Batches(pairs, cases, situations(), random.Random(5)) for _ in range(2))
    seen = set()
    for _ in range(12):
        batch = one.draw()
        assert batch == two.draw()
        assert 1 < len(batch) <= SIZE
        sides = {language[pair.case if isinstance(pair, Twin) else pair.group] for pair in batch}
        assert len(sides) == 1
        across = isinstance(batch[0], Twin)
        seen.add(across)
        masked = np.array(too_like(batch))
        assert not masked.diagonal().any(), "what is right is never masked"
        assert masked.any() == across
    assert seen == {True, False}


def test_weights_follow_the_part_that_orders() -> None:
    chance = np.random.default_rng(3)
    pools = []
    for _ in range(20):
        parts = chance.random((8, 2))
        best = int(parts[:, 0].argmax())
        pools.append(Pool(tuple("abcdefgh"), {"abcdefgh"[best]: 3}, parts))
    weights = fitted(pools)
    assert weights[0] > 5 * weights[1] >= 0
