"""The handbook and coverage desks on a real coach, and their drawing: words stay words, links lead where they say."""

from __future__ import annotations

import pytest

from coach.app import Coach
from coach.errors import NotFound
from tests.ui.reading_html import read_html
from ui.desks.coverage import CoverageRoom
from ui.desks.handbook import HandbookRoom
from ui.parts.coverage import heat_map, lanes, one_spot
from ui.parts.handbook import answer, book, shelf
from ui.parts.prose import prose

ATTACK = "<img src=x onerror=alert(1)> ${fetch('/x')} {{value}} [x](javascript:alert(1)) [y](https://outside.example)"


def test_an_answer_opens_its_first_section(coach: Coach) -> None:
    desk = HandbookRoom(coach)
    found = desk.ask("丢单复盘那五个问题是哪五个", "zh")
    assert found.cited
    assert found.opened is not None
    assert found.opened.link == found.cited[0].link
    assert found.cited[0].book
    answer(found, "zh")
    none = desk.ask("公司食堂几点开饭", "zh")
    assert (none.cited, none.opened) == ((), None)
    assert "手册里没有" in read_html(answer(none, "zh")).text


def test_every_handbook_can_be_read_and_names_cases_by_their_titles(coach: Coach) -> None:
    desk = HandbookRoom(coach)
    for language in ("zh", "en"):
        cards = desk.shelf(language)  # type: ignore[arg-type]
        shelf(cards, language)  # type: ignore[arg-type]
        for card in cards:
            text = read_html(book(desk.book(card.id), language)).text  # type: ignore[arg-type]
            assert card.sections[0][1] in text
            assert "zh-won-" not in text
            assert "en-lost-" not in text
    with pytest.raises(NotFound):
        desk.book("nobody")


def test_markdown_becomes_our_few_elements_and_nothing_else() -> None:
    text = f"**b** {ATTACK}\n\n- one\n- two\n\n| a | b |\n|---|---|\n| {ATTACK} | d |\n\n<script>alert(1)</script>\n\n[s](#there)"
    read = read_html(prose(text, lambda target: "/zh/x" if target.startswith("#") else ""))
    tags = {tag for tag, _ in read.elements}
    assert tags <= {"p", "b", "ul", "li", "div", "table", "thead", "tbody", "tr", "th", "td", "a", "br"}
    links = [attributes for tag, attributes in read.elements if tag == "a"]
    assert len(links) == 1
    assert "alert(1)" in read.text


def test_the_map_counts_what_a_spot_shows(coach: Coach) -> None:
    desk = CoverageRoom(coach)
    the_map = desk.the_map("", "zh")
    heat_map(the_map, "zh")
    for row in the_map.rows:
        for spot in row.spots:
            view = desk.spot(spot.key, "zh")
            assert view is not None
            assert len(view.cases) == spot.many
            one_spot(view, the_map.wanted, "zh")
    staged = desk.the_map("proof", "en")
    assert staged.stage == "proof"
    assert staged.filled <= desk.the_map("", "en").filled
    assert desk.spot("nonsense", "zh") is None
    lanes(desk.lanes("zh"), "zh")
