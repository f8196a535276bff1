"""The frame in a real browser: language, theme, keyboard, every page at every width, nothing asked of other hosts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Watched

Make = Callable[..., Watched]
PAGES = ("", "practice", "visits", "deals")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_every_page_fits_and_is_whole(watched: Make, language: str, width: int) -> None:
    one = watched(width, 844, locale="zh-CN" if language == "zh" else "en-GB")
    for name in PAGES:
        page = one.open(f"/{language}/{name}")
        page.wait_for_selector("#pp-main .pp-doc, #pp-results .pp-empty")
        assert one.sideways() <= 0, name
        assert page.evaluate("document.documentElement.lang") == ("zh-CN" if language == "zh" else "en")
        assert page.locator("h1").count() == 1
        assert page.locator("#pp-rail a[aria-current=page]").count() == 1
        assert page.locator(".nav-holder:visible, footer:visible").count() == 0, (
            "Gradio's own frame is hidden"
        )


def test_the_switch_leads_to_the_same_page_in_the_other_language(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/deals")
    page.click("#pp-rail a[hreflang=en]")
    page.wait_for_url("**/en/deals")
    page.wait_for_selector("text=What is going on with this customer")
    page.click("#pp-rail a[hreflang=zh]")
    page.wait_for_selector("text=这个客户什么情况")


def test_the_query_survives_the_switch(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/practice")
    page.click(".pp-scene .pp-btn >> nth=0")
    page.wait_for_selector("[data-act=start]")
    query = page.url.partition("?")[2]
    page.click("#pp-rail a[hreflang=en]")
    page.wait_for_url(f"**/en/practice?{query}")
    page.wait_for_selector("[data-act=start]")


def test_dark_is_remembered(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/")
    light = page.evaluate("getComputedStyle(document.querySelector('.pp-card')).backgroundColor")
    page.click("#pp-rail [data-does=theme]")
    dark = page.evaluate("getComputedStyle(document.querySelector('.pp-card')).backgroundColor")
    assert dark != light
    one.open("/zh/visits")
    page.wait_for_selector(".pp-drop-box")
    assert page.evaluate("document.body.classList.contains('dark')")
    page.click("#pp-rail [data-does=theme]")
    assert not page.evaluate("document.body.classList.contains('dark')")


def test_the_system_may_ask_for_dark(watched: Make) -> None:
    one = watched(dark=True)
    page = one.open("/zh/")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.pp-card')).backgroundColor")
        == "rgb(23, 29, 31)"
    )


def test_the_keyboard_comes_first_to_the_skip_link(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/practice")
    page.wait_for_selector(".pp-scene")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "pp-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "pp-place"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#pp-place') !== null")
    assert page.evaluate("document.activeElement.id") != "pp-place"


def test_our_script_may_come_late(watched: Make) -> None:
    one = watched()
    page = one.page

    def later(route: object) -> None:
        page.wait_for_timeout(800)
        route.continue_()  # type: ignore[attr-defined]

    page.route("**/peipao.js*", later)
    one.open("/zh/deals")
    page.click("[data-act=example]")
    page.wait_for_selector(".pp-case, #pp-results .pp-empty p + p", timeout=30_000)


def test_gradios_selectors_still_hold(watched: Make) -> None:
    """The one file that names Gradio's classes must find what it names."""
    one = watched()
    page = one.open("/zh/deals")
    for selector in (
        ".gradio-container .main.app > .wrap",
        ".gradio-container main.contain > .column",
        "#pp-frame .input-container textarea",
        "#pp-frame .wrap:has(> .wrap-inner)",
        ".gradio-container .pp fieldset .wrap > label > input",
        ".gradio-container .pp span[data-testid='block-info']",
        ".gradio-container .pp button.lg.primary",
    ):
        assert page.locator(selector).count() >= 1, selector
    fill = page.evaluate("getComputedStyle(document.querySelector('#pp-deal-go')).backgroundColor")
    assert fill == "rgb(11, 96, 116)"
    edge = page.evaluate("getComputedStyle(document.querySelector('#pp-deal-text textarea')).borderTopColor")
    assert edge == "rgb(122, 135, 133)"
    font = page.evaluate("document.fonts.check('14px \"Inter beside Chinese\"', 'Excel 46')")
    assert font
