"""Deals in a real browser: ask, read the cards, open one, come back."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.conftest import Watched

Make = Callable[..., Watched]


def test_a_deal_finds_its_cases(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/deals")
    page.click("#pp-deal-go")
    page.wait_for_selector(".pp-advice")
    page.fill(
        "#pp-deal-text textarea",
        "社区生鲜连锁，九家店。总部想统一改价和盘点，老板嫌年费贵，说店长用表格也能管。老板娘管钱，一直没表态。",
    )
    page.check("#pp-deal-pains input >> nth=0", force=True)
    page.check("#pp-deal-size input >> nth=1", force=True)
    page.click("#pp-deal-go")
    page.wait_for_selector(".pp-case")
    assert 1 <= page.locator(".pp-case").count() <= 3
    assert page.locator(".pp-case .pp-list--why li").count() >= page.locator(".pp-case").count()
    assert "%" not in page.inner_text(".pp-cards .pp-case__facts >> nth=0"), "no percentage of likeness"
    assert page.locator(".pp-tip").count() >= 1
    one.picture("deal-zh.png")
    page.click(".pp-case [data-act=case] >> nth=0")
    page.wait_for_selector(".pp-story section")
    page.click(".pp-top__path a")
    page.wait_for_selector(".pp-case")
    assert "社区生鲜" in page.input_value("#pp-deal-text textarea"), "back means back to the same deal"
    page.click(".pp-case [data-act=useful] >> nth=0")
    page.wait_for_selector("[data-act=useful][aria-pressed=true]")


def test_an_example_in_english(watched: Make) -> None:
    one = watched(locale="en-GB")
    page = one.open("/en/deals")
    page.click("[data-act=example]")
    page.wait_for_selector(".pp-case, #pp-results .pp-empty p + p")
    assert page.input_value("#pp-deal-text textarea")


def test_deals_on_a_phone_and_in_between(watched: Make) -> None:
    for width in (390, 1024):
        one = watched(width, 844)
        page = one.open("/zh/deals")
        page.click("[data-act=example]")
        page.wait_for_selector(".pp-case")
        assert one.sideways() <= 0
        boxes = [box for card in page.locator(".pp-case").all() if (box := card.bounding_box())]
        assert len({round(box["x"]) for box in boxes}) == 1, "cards stack"
