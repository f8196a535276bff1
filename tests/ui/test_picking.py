"""The shelf picked through by objection, trade, difficulty and what is recommended; reports as files."""

from __future__ import annotations

import pytest

from coach.app import Coach
from coach.errors import NotFound
from ui.desks.practice import PracticeRoom
from ui.parts.shelf import shelf
from ui.views.picking import Picked


@pytest.fixture(scope="module")
def desk(coach: Coach) -> PracticeRoom:
    return PracticeRoom(coach)


def _played(coach: Coach, scenario: str, *lines: str) -> str:
    id = coach.keeping.begin(coach.start(scenario, seed=3))
    now = coach.keeping.load(id)
    for line in lines:
        now.session.say(line, 10)
    now.session.end("rep_left")
    coach.keeping.save(id, now.session, now.clock)
    return id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_filter_leaves_what_its_count_says(desk: PracticeRoom, language: str) -> None:
    whole = desk.picked(Picked(), language)  # type: ignore[arg-type]
    assert len(whole.cards) == len(desk.shelf(language))  # type: ignore[arg-type]
    for key, choices in (("type", whole.types), ("trade", whole.trades), ("level", whole.levels)):
        for choice in choices:
            left = desk.picked(Picked(**{key: choice.id}), language)  # type: ignore[arg-type]
            assert len(left.cards) == choice.count, (key, choice)
    assert sum(choice.count for choice in whole.levels) == len(whole.cards)
    assert sum(choice.count for choice in whole.trades) == len(whole.cards), "every scenario has a trade"


def test_filters_together_leave_what_all_of_them_allow(desk: PracticeRoom) -> None:
    both = desk.picked(Picked(type="price", level="easy"), "zh")
    assert both.cards
    assert all("price" in card.types and card.level_id == "easy" for card in both.cards)
    page = shelf(desk.picked(Picked(type="price", trade="nowhere"), "zh"), "zh")
    assert "没有这样的场景" in page
    assert 'data-here="/zh/practice?type=price&amp;trade=nowhere"' in page


def test_recommended_says_why_and_learns_from_what_was_lost(desk: PracticeRoom, coach: Coach) -> None:
    first = desk.picked(Picked(recommended=True), "zh")
    assert 0 < len(first.cards) <= 6
    assert all(card.why for card in first.cards)
    lost = desk.shelf("zh")[-1].id
    _played(coach, lost, "您好")
    after = {card.id: card.why for card in desk.picked(Picked(recommended=True), "zh").cards}
    assert lost in after
    assert "没过" in after[lost] or "没接住" in after[lost] or "今天" in after[lost]


def test_a_report_is_a_page_that_needs_nothing_else(desk: PracticeRoom, coach: Coach) -> None:
    id = _played(coach, desk.shelf("zh")[0].id, "<script>alert(1)</script> 您最担心的是什么？", "我明白。")
    name, body = desk.file(id, "html", "zh")
    page = body.decode()
    assert name.endswith("练习报告")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    for outside in ("src=", "http://", "https://", "url(.."):
        assert outside not in page.replace("http://www.w3.org", ""), outside
    assert "<button" not in page
    assert 'data-act="branch"' not in page
    assert "@page" in page
    assert "viewBox" in page or "viewbox" in page, "the drawings are inside"


def test_a_report_as_markdown_holds_every_check_and_line(desk: PracticeRoom, coach: Coach) -> None:
    id = _played(coach, desk.shelf("en")[0].id, "What worries you most about *this*?")
    report = desk.report(id, "en")
    assert report
    page = desk.file(id, "md", "en")[1].decode()
    assert page.count("### ") == len(report.rows)
    assert "\\*this\\*" in page


def test_a_running_practice_has_no_report_file(desk: PracticeRoom) -> None:
    with pytest.raises(NotFound):
        desk.file(desk.start(desk.shelf("zh")[0].id), "html", "zh")
