"""Tokens: words, runs and shared meanings, in both languages and every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.library.tokens import concepts, plain, stem, tokens, words


def test_width_case_and_traditional_characters_make_no_difference() -> None:
    assert tokens("終末漂洗水超標，ＥＲＰ") == tokens("终末漂洗水超标，erp")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("老板嫌贵", "人家说报价高"),
        ("上家把我们坑了，被坑过", "前一家烂尾了"),
        ("they went quiet on us", "she stopped answering"),
        ("it's too expensive", "the owner calls it pricey"),
        ("采购让等明年", "pushed back again"),
    ],
)
def test_two_ways_of_saying_share_a_concept(one: str, other: str) -> None:
    assert concepts(one) & concepts(other)


def test_an_english_phrase_is_found_as_whole_words_only() -> None:
    assert "who_decides" in concepts("Nobody knows who signs there")
    assert "diy" not in concepts("the diyala plant")


def test_a_concept_must_carry_most_of_a_keyword_when_asked_to() -> None:
    assert "not_now" in concepts("明年再说", 0.5)
    assert "not_now" not in concepts("明年再说这条线上的十二台机器怎么改造", 0.5)


def test_stop_words_and_single_characters_say_nothing() -> None:
    assert words("我的这个是什么呢") == []
    assert words("we have it and they want that") == []


@pytest.mark.parametrize(
    "family", [("price", "prices", "priced", "pricing"), ("company", "companies"), ("stop", "stopped")]
)
def test_stems_join_a_family(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@given(st.text(max_size=80))
def test_any_text_has_tokens_and_they_do_not_depend_on_spelling(text: str) -> None:
    assert tokens(plain(text)) == tokens(plain(plain(text)))
