"""The handbook in a real browser: ask, open the section beside the answer, read the book; an honest none."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.conftest import Watched

Make = Callable[..., Watched]


def test_ask_read_and_cite(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/handbook")
    assert page.locator(".pp-book").count() >= 10
    page.click("#pp-ask-go")
    page.wait_for_selector(".pp-advice")
    page.fill("#pp-question textarea", "一场谈判能动几次价")
    page.press("#pp-question textarea", "Enter")
    page.wait_for_selector(".pp-cited[data-open]")
    assert "一回" in page.inner_text(".pp-cited >> nth=0")
    first = page.inner_text(".pp-read h2")
    one.picture("handbook-zh.png")
    page.click(".pp-cited [data-act=section] >> nth=1")
    page.wait_for_function("was => document.querySelector('.pp-read h2').textContent !== was", arg=first)
    assert "q=" in page.url, "an answer has an address"
    page.click(".pp-read__foot a")
    page.wait_for_selector(".pp-reading section h2")
    anchor = page.url.partition("#")[2]
    page.wait_for_function(
        "id => Math.abs(document.getElementById(id).getBoundingClientRect().top) < innerHeight / 2",
        arg=anchor,
    )


def test_what_no_handbook_answers_is_said_on_a_phone_in_english(watched: Make) -> None:
    one = watched(390, 844, locale="en-GB", dark=True)
    page = one.open("/en/handbook")
    page.fill("#pp-question textarea", "What is my commission rate this year?")
    page.press("#pp-question textarea", "Enter")
    page.wait_for_selector("#pp-answer .pp-empty")
    assert page.locator(".pp-cited").count() == 0
    assert one.sideways() <= 0
    page.fill("#pp-question textarea", "Who picks the samples in a trial?")
    page.click("#pp-ask-go")
    page.wait_for_selector(".pp-cited")
    page.click(".pp-cited a.pp-btn >> nth=0")
    page.wait_for_selector(".pp-reading section h2")
    assert one.sideways() <= 0


def test_the_coverage_map_leads_to_cases_and_to_work(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/trainer")
    page.click('.pp-tabs a[href$="/coverage"]')
    page.wait_for_selector(".pp-spot")
    page.click(".pp-spot:not(.pp-spot--0) >> nth=0")
    page.wait_for_selector(".pp-spot-cases a")
    many = int(page.inner_text(".pp-spot:not(.pp-spot--0) >> nth=0"))
    assert page.locator(".pp-spot-cases li").count() == many
    one.picture("coverage-zh.png")
    page.click(".pp-spot--0 >> nth=0")
    page.wait_for_selector('.pp-spot-view a[href*="trainer?new"]')
    page.click(".pp-stages button >> nth=2")
    page.wait_for_selector(".pp-stages button:nth-child(3)[aria-pressed=true]")
    assert page.locator(".pp-lane").count() == 3
