"""Comparing words: phrases are found whatever their spacing, numbers never inside longer ones, nearness is fair."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.wording import bare, borrowed, length, nearness, says, says_all, sentences, without

TEXT = st.text(alphabet="多花八万8 贵了。？！吗the price is too high, 30%.\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("差价 8 万 8，怎么交代", "8万8"),
        ("就这 ８.８ 万", "8.8万"),
        ("同样 38 块，他们 35", "35"),
        ("It’s read-only on day one", "it's read-only"),
        ("Who SIGNS off on it?", "signs off"),
        ("we bill each  quarter", "each quarter"),
    ],
)
def test_a_phrase_is_found_whatever_its_spacing_width_or_case(text: str, phrase: str) -> None:
    assert says(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("一共 135 块", "35"),
        ("3.5 万", "5万"),
        ("the scoreboard", "board"),
        ("1,470 hours", "470"),
        ("$500", "$50"),
    ],
)
def test_a_phrase_is_not_found_inside_another(text: str, phrase: str) -> None:
    assert not says(text, phrase)


def test_every_group_must_be_there() -> None:
    assert says_all("会哪天开，材料最晚什么时候交", [["哪天", "几号"], ["材料"]])
    assert not says_all("会哪天开", [["哪天"], ["材料"]])
    assert says_all("什么都行", [])


@given(TEXT, TEXT)
def test_nearness_is_symmetric_and_between_nothing_and_the_same(one: str, other: str) -> None:
    assert nearness(one, other) == nearness(other, one)
    assert 0 <= nearness(one, other) <= 1
    assert 0 <= borrowed(one, other) <= 1


@given(TEXT)
def test_sentences_cover_every_word_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert bare("".join(text[a:b] for a, b in spans)) == bare(text)


def test_likeness_without_what_both_were_bound_to_share() -> None:
    assert nearness("30 万太低了吧？", "为什么正好是 30 万？") > 0.4
    assert nearness(without("30 万太低了吧？", ["30万"]), without("为什么正好是 30 万？", ["30万"])) == 0


def test_length_counts_characters_once_and_words_twice() -> None:
    assert length("多花 8 万 8") == 3 + 2 * 2
    assert length("Hold back ten percent") == 8
