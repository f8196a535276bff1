"""The condition grammar refuses what would silently always hold."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scenarios.condition import Asked, Condition


def test_a_misspelt_key_is_an_error_and_not_a_condition_that_always_holds() -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate({"trust_atleast": 50})


@pytest.mark.parametrize("empty", [{}, {"times": 2}, {"who": "lu"}])
def test_a_condition_that_asks_nothing_is_an_error(empty: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(empty)


def test_an_objection_needs_its_state() -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate({"objection": "o-price"})
    assert Condition.model_validate({"objection": "o-price", "state": "resolved"}).state == ("resolved",)


def test_a_bare_list_means_any_of_them() -> None:
    both = Condition.model_validate([{"fact": "f-a"}, {"fact": "f-b"}])
    assert both.any_of is not None
    assert [part.fact for part in both.any_of] == ["f-a", "f-b"]


def test_topics_are_groups_of_alternatives() -> None:
    assert Asked.model_validate({"acts": "explore", "about": [["a", "b"], "c"]}).about == (("a", "b"), ("c",))
    assert Asked.model_validate({"about": "a"}).about == (("a",),)


def test_walking_a_condition_reaches_every_part() -> None:
    condition = Condition.model_validate(
        {"all_of": [{"fact": "f-a"}, {"any_of": [{"fact": "f-b"}, {"none_of": [{"fact": "f-c"}]}]}]}
    )
    assert [part.fact for part in condition.walk() if part.fact] == ["f-a", "f-b", "f-c"]
