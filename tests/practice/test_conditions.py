"""The condition grammar, evaluated: logic holds for every combination, acts count from where they should."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.practice.conditions import View, holds
from coach.practice.state import State, opening_state
from scenarios.condition import Condition
from tests.practice.talks import Table, pump

ATOMS = st.sampled_from(
    [
        {"fact": "f-line"},
        {"fact": "f-old"},
        {"key_point": "k-compare"},
        {"objection": "o-price", "state": ["raised", "pushed"]},
        {"objection": "o-boss", "state": "latent"},
        {"act": "explore"},
        {"act": "acknowledge", "times": 2},
        {"red_line": "any"},
        {"trust_at_least": 41},
        {"patience_at_most": 55},
        {"turns_at_least": 2},
        {"asked": {"acts": ["explore"], "about": ["limit", "why"]}},
    ]
)
TURNS = st.lists(
    st.tuples(
        st.sampled_from(["为什么是两万？", "那家一样的配置吗？", "嗯。", "我理解，两千块也是钱。"]),
        st.sets(
            st.sampled_from(["explore", "acknowledge", "evade", "offer_solution", "map_decision"]), max_size=2
        ),
        st.sampled_from([(), ("k-compare",), ("k-next",)]),
    ),
    max_size=5,
)


def _after(turns: list[tuple[str, set[str], tuple[str, ...]]]) -> State:
    table = Table(pump())
    for text, acts, won in turns:
        if table.state.ended:
            break
        table.hear(text, *sorted(acts), won=won)
    return table.state


def _view(state: State, since: int = 0) -> View:
    return View(pump(), state, "chen", since)


@settings(max_examples=60, deadline=None)
@given(st.lists(ATOMS, min_size=1, max_size=4), TURNS)
def test_all_any_and_none_are_the_logic_they_say(
    atoms: list[dict[str, object]], turns: list[tuple[str, set[str], tuple[str, ...]]]
) -> None:
    view = _view(_after(turns))
    each = [holds(Condition.model_validate(atom), view) for atom in atoms]
    assert holds(Condition.model_validate({"all_of": atoms}), view) == all(each)
    assert holds(Condition.model_validate({"any_of": atoms}), view) == any(each)
    assert holds(Condition.model_validate({"none_of": atoms}), view) == (not any(each))


@settings(max_examples=60, deadline=None)
@given(ATOMS, ATOMS, TURNS)
def test_neither_is_the_same_as_not_one_and_not_the_other(
    one: dict[str, object], other: dict[str, object], turns: list[tuple[str, set[str], tuple[str, ...]]]
) -> None:
    view = _view(_after(turns))
    both = Condition.model_validate({"none_of": [one, other]})
    apart = Condition.model_validate({"all_of": [{"none_of": [one]}, {"none_of": [other]}]})
    assert holds(both, view) == holds(apart, view)


@settings(max_examples=60, deadline=None)
@given(TURNS)
def test_more_talk_takes_back_nothing_counted(turns: list[tuple[str, set[str], tuple[str, ...]]]) -> None:
    counted = [{"act": "explore"}, {"turns_at_least": 1}, {"key_point": "k-compare"}, {"fact": "f-line"}]
    for atom in counted:
        condition = Condition.model_validate(atom)
        held = [holds(condition, _view(_after(turns[:count]))) for count in range(len(turns) + 1)]
        assert held == sorted(held)


def test_acts_count_only_since_the_given_turn() -> None:
    table = Table(pump())
    table.hear("我理解，两千块也是钱。", "acknowledge")
    table.hear("那家一样的配置吗？", "explore")
    once = Condition.model_validate({"act": "acknowledge"})
    assert holds(once, _view(table.state))
    assert not holds(once, _view(table.state, since=1))
    assert not holds(Condition.model_validate({"act": "acknowledge", "times": 2}), _view(table.state))


def test_the_words_for_states_are_wider_than_the_states() -> None:
    state = opening_state(pump())
    raised = state.objections["o-price"]
    assert raised.is_in("raised")
    assert not raised.is_in("pushed")
    assert raised.pushed().is_in("pushed")
    assert raised.now("explored", 1).is_in("softened")
    assert raised.now("hardened", 1).now("raised", 2).now("hardened", 3).times("hardened") == 2
