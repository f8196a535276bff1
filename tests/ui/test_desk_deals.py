"""The deals desk on a real coach: cases with reasons, an honest none, a deal that can be opened again."""

from __future__ import annotations

import pytest
from markupsafe import escape

from coach.app import Coach
from coach.errors import NotFound
from ui.desks.deals import DealRoom
from ui.parts.cases import case, matches
from ui.views.deals import Asked


@pytest.fixture(scope="module")
def desk(coach: Coach) -> DealRoom:
    return DealRoom(coach)


def test_the_example_finds_cases_with_reasons(desk: DealRoom) -> None:
    _, found = desk.match(desk.example("zh"), "zh")
    assert found.cards
    assert all(card.why and card.facts for card in found.cards)
    assert found.searched >= len(found.cards)
    assert found.tips
    assert all(tip.source and ":" not in tip.source.split(" ")[0] for tip in found.tips), (
        "ids are for machines"
    )
    matches(found, "zh")


def test_a_deal_opens_again_by_its_id(desk: DealRoom) -> None:
    asked = desk.example("zh")
    id, found = desk.match(asked, "zh")
    again, same = desk.again(id, "zh")
    assert again == asked
    assert same == found


def test_nothing_near_is_said_so(desk: DealRoom) -> None:
    _, found = desk.match(Asked("火星基地的氧气循环膜片采购，轨道船厂"), "zh")
    assert found.abstained == (not found.cards)


def test_a_case_reads_from_start_to_end(desk: DealRoom, coach: Coach) -> None:
    for told in coach.library.cases("zh")[:2] + coach.library.cases("en")[:1]:
        view = desk.case(told.id, "", told.language)
        assert view.title == told.title
        assert len(view.passages) > 5
        assert escape(told.title) in case(view, told.language)


def test_a_strange_case_or_deal_is_refused(desk: DealRoom) -> None:
    with pytest.raises(NotFound):
        desk.case("nobody", "", "zh")
    with pytest.raises(NotFound):
        desk.again("nobody", "zh")
    with pytest.raises(NotFound):
        desk.useful("nobody", "")


def test_every_trade_has_a_name_in_both_languages(desk: DealRoom) -> None:
    zh, en = desk.industries("zh"), desk.industries("en")
    assert [id for _, id in zh] == [id for _, id in en]
    assert len(zh) > 20
