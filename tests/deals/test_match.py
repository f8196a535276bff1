"""A new deal finds its cases, says why and where they differ, and finds none when none fits."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.deals.match import Matcher, Matches, NewDeal
from coach.deals.obstacle import obstacles
from coach.deals.size import size_in
from coach.library.library import Library
from coach.library.rerank import BESIDE, best
from coach.reading.offline import OfflineEngine
from evals.matching.queries import SHIPPED, read_queries
from knowledge.loader import load_cases

PHARMA = NewDeal(
    text="药厂采购说换包材要等明年，车间主任一个班停好几回，质量部不吭声",
    industry="药用包材",
    size="1300",
    pain=("明年再说",),
)
SHOPS = NewDeal(text="老板嫌贵，我降了两回他还是不签，说单子太大", industry="生鲜连锁", size="86")
NONSENSE = NewDeal(text="周末想去海边看日出，有什么好玩的地方推荐吗")


def test_the_json_has_the_promised_shape(matcher: Matcher) -> None:
    body = json.loads(matcher.match(PHARMA).model_dump_json())
    assert list(body) == ["cases", "abstained", "tips", "notes"]
    assert body["abstained"] is False
    assert 1 <= len(body["cases"]) <= 3
    for case in body["cases"]:
        assert list(case) == ["case_id", "title", "score", "why", "differs"]
        assert 0 <= case["score"] <= 1
        assert case["why"]
    for tip in body["tips"]:
        assert list(tip) == ["text", "source"]


def test_the_case_with_the_same_obstacle_comes_first_and_says_what_matched(matcher: Matcher) -> None:
    first = matcher.match(PHARMA).cases[0]
    assert first.case_id == "zh-won-blister-foil-two-shelves"
    why = "\n".join(first.why)
    assert "同样卡在时机" in why
    assert "同样的痛点：明年再说" in why
    assert "同一行业：制药" in why
    assert "规模相当" in why


def test_reasons_quote_the_deal_word_for_word(matcher: Matcher) -> None:
    for query in read_queries(SHIPPED):
        trouble = matcher.trouble(query.deal)
        for quote in trouble.obstacles.values():
            assert quote in trouble.whole, query.id


def test_differences_are_facts_of_both_or_questions(matcher: Matcher) -> None:
    answer = matcher.match(SHOPS)
    shops = next(one for one in answer.cases if one.case_id == "zh-lost-fresh-stores-four-racks")
    assert not any(line.startswith(("行业不同", "规模不同")) for line in shops.differs)
    other = matcher.match(SHOPS.model_copy(update={"industry": "药厂", "size": "enterprise"}))
    shops = next(one for one in other.cases if one.case_id == "zh-lost-fresh-stores-four-racks")
    assert "行业不同：那边是连锁门店，你这边是制药" in shops.differs
    assert any(line.startswith("规模不同：那边 20–99 人") for line in shops.differs)
    asked = [line for line in shops.differs if line.startswith("先问清")]
    assert all(line.partition("：")[2] in shops.case.does_not_transfer for line in asked)
    assert asked


def test_what_the_deal_does_not_say_is_no_difference(matcher: Matcher) -> None:
    for one in matcher.match(NewDeal(text="老板嫌贵，我降了两回他还是不签")).cases:
        assert not any(line.startswith(("行业不同", "规模不同", "阶段不同")) for line in one.differs)


def test_nothing_is_padded_when_nothing_fits(matcher: Matcher) -> None:
    answer = matcher.match(NONSENSE)
    assert (answer.cases, answer.abstained, answer.tips) == ((), True, ())


def test_no_filler_stands_beside_a_case_that_fits(matcher: Matcher) -> None:
    for query in read_queries(SHIPPED)[::5]:
        shown = best(matcher.ranked(matcher.trouble(query.deal)), 3, today=dt.date(2026, 11, 21))
        assert all(one.score >= BESIDE * shown[0].score for one in shown)


def test_k_limits_and_a_larger_k_keeps_the_order(matcher: Matcher) -> None:
    three, one = matcher.match(SHOPS, 3), matcher.match(SHOPS, 1)
    assert [case.case_id for case in one.cases] == [case.case_id for case in three.cases][:1]


def test_tips_stand_word_for_word_where_they_say(matcher: Matcher, library: Library) -> None:
    tips = matcher.match(PHARMA).tips
    assert {tip.source.partition(":")[0] for tip in tips} == {"case", "handbook"}
    for tip in tips:
        kind, _, where = tip.source.partition(":")
        if kind == "case":
            case = library.case(where)
            said = [*(f"“{phrase.say}”" for phrase in case.reusable_phrases), *case.first_15_minutes]
            assert tip.words in said
        else:
            text = "\n".join(section.text for section in library.sections(where)).replace("**", "")
            assert tip.words in text


def test_an_english_deal_gets_english_cases_and_reasons(matcher: Matcher) -> None:
    deal = NewDeal(
        text="The CFO thinks our monthly fee is too expensive next to cheap loggers; the dock loves it.",
        industry="cold chain",
        size=300,
    )
    answer = matcher.match(deal)
    assert answer.cases[0].case_id == "en-won-reefer-overtime-line"
    assert any("Same obstacle, price" in line for line in answer.cases[0].why)
    assert any("Same industry: Cold chain" in line for line in answer.cases[0].why)


def test_a_pain_may_name_the_objection_itself(matcher: Matcher) -> None:
    trouble = matcher.trouble(NewDeal(text="生鲜小店，谈了两轮没动静", pain=("price", "报损")))
    assert trouble.obstacles["price"] == "价格"
    assert trouble.pains == ("报损",)


@pytest.mark.parametrize(
    ("size", "band"),
    [("86", "small"), (86, "small"), ("5,000", "enterprise"), ("Large", "large"), ("", None)],
)
def test_sizes_as_people_give_them(size: object, band: str | None) -> None:
    assert NewDeal.model_validate({"text": "x", "size": size}).size == band


def test_a_size_that_is_none_is_a_wrong_call() -> None:
    with pytest.raises(ValidationError):
        NewDeal.model_validate({"text": "x", "size": "huge"})


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("340 多个人的厂子", "medium"),
        ("只有18人，老板兼销售", "micro"),
        ("a shop of 1,200 employees", "large"),
        ("46 家门店，单价 38 元", None),
        ("9 人次的培训", None),
    ],
)
def test_a_number_of_people_in_the_text_is_a_size(text: str, band: str | None) -> None:
    assert size_in(text) == band


def test_a_reps_telling_shows_the_obstacle() -> None:
    engine = OfflineEngine()
    found = obstacles("老板嫌贵，采购让等明年，另一家报得比我们低，他们以前被坑过", "zh", engine)
    assert {"price", "timing", "competitor", "trust"} <= set(found)
    assert found["trust"] == "他们以前被坑过"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60), pain=st.lists(st.text(max_size=8), max_size=2))
def test_any_text_gets_an_honest_answer(matcher: Matcher, text: str, pain: list[str]) -> None:
    answer: Matches = matcher.match(NewDeal(text=text, pain=tuple(pain)))
    assert answer.abstained == (not answer.cases)
    assert all(one.why for one in answer.cases)


def test_dev_queries_find_a_case_that_helps_and_others_find_none(matcher: Matcher) -> None:
    """A floor under the shipped dev set; the figures themselves come from `coach eval match`."""
    queries = [query for query in read_queries(SHIPPED / "dev.jsonl") if query.relevant is not None]
    answers = {query.id: matcher.match(query.deal) for query in queries}
    helped = [
        any((query.relevant or {}).get(one.case_id, 0) >= 2 for one in answers[query.id].cases)
        for query in queries
        if query.answerable
    ]
    silent = [answers[query.id].abstained for query in queries if not query.answerable]
    assert sum(helped) / len(helped) >= 0.84
    assert sum(silent) / len(silent) >= 0.85
    assert sum(one.abstained for one in answers.values()) - sum(silent) <= 0.06 * len(helped)


def test_queries_name_only_cases_that_exist() -> None:
    ids = {case.id for case in load_cases()}
    queries = read_queries(SHIPPED)
    assert len(queries) >= 40
    assert all(set(query.relevant or {}) <= ids for query in queries)
