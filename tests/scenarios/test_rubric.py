"""The rubric is sound by its own lights: weights, wording in both languages, examples that hit their concepts."""

from __future__ import annotations

from coach.vocabulary import DIMENSIONS
from scenarios.rubric import GENERIC_POINTS, load_rubrics
from scenarios.wording import says_all


def test_generic_checks_weigh_forty_and_touch_every_dimension() -> None:
    for reference, rubric in load_rubrics().items():
        assert sum(check.weight for check in rubric.checks) == GENERIC_POINTS, reference
        assert {check.dimension for check in rubric.checks} == set(DIMENSIONS), reference
        assert rubric.reference == reference


def test_examples_hit_their_concepts_and_every_check_has_near_misses() -> None:
    for rubric in load_rubrics().values():
        for check in rubric.checks:
            for words in (check.zh, check.en):
                assert all(says_all(example, words.concepts) for example in words.examples), check.id
                assert len(words.near_misses) >= 2, check.id
                assert all(miss.why for miss in words.near_misses), check.id
