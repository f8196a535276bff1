"""Industries: free words find their place, none are refused, and places have a distance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.industries import FILE, read_tree
from knowledge.loader import load_cases, load_industries

TREE = load_industries()
IDS = sorted(place.id for place in TREE)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("制药", "healthcare/pharma"),
        ("给药厂供铝箔的", "healthcare/pharma"),
        ("电子厂", "manufacturing/electronics"),
        ("连锁药店", "retail/chain_stores"),
        ("水果连锁", "retail/chain_stores"),
        ("manufacturing/food", "manufacturing/food"),
        ("Cold chain", "logistics/cold_chain"),
        ("a chemical plant on the coast", "process/chemicals"),
        ("锂电池隔膜", "process/chemicals"),
        ("ＳＭＴ", "manufacturing/electronics"),
    ],
)
def test_free_words_find_their_place(said: str, place: str) -> None:
    assert TREE.place(said).id == place


def test_words_that_name_no_trade_stand_for_themselves() -> None:
    found = TREE.place("  月球采矿 ")
    assert (found.id, found.known, found.name("zh")) == ("月球采矿", False, "月球采矿")
    assert TREE.distance("月球采矿", "月球采矿") == 0.0
    assert TREE.distance("月球采矿", "制药") == 1.0


def test_distance_grows_with_the_way_through_the_tree() -> None:
    assert TREE.distance("药厂", "healthcare/pharma") == 0.0
    assert TREE.distance("医疗", "药厂") == 0.25
    assert TREE.distance("药厂", "医疗器械") == 0.5
    assert TREE.distance("药厂", "冷链物流") == 1.0


@given(st.text(max_size=40))
def test_nothing_is_refused(said: str) -> None:
    place = TREE.place(said)
    assert place.known or place.id == said.strip()
    assert TREE.distance(said, said) == 0.0


@given(st.sampled_from(IDS), st.sampled_from(IDS))
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert TREE.distance(one, other) == TREE.distance(other, one)
    assert (TREE.distance(one, other) == 0.0) == (one == other)


def test_each_word_belongs_to_one_place_only() -> None:
    tree = read_tree(FILE)
    places = [place for parent in tree.parents for place in (parent, *parent.trades)]
    words = [word.casefold() for place in places for word in place.words]
    assert len(words) == len(set(words))
    assert all(place.id.count("/") <= 1 for place in places)


def test_every_shipped_case_has_a_known_industry() -> None:
    for case in load_cases():
        assert TREE.find(case.industry) is not None, case.id
