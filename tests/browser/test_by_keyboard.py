"""A practice from the shelf to the report with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.conftest import Watched
from tests.browser.playing import start

Make = Callable[..., Watched]
_MOST = 160


def _tab_to(one: Watched, selector: str) -> None:
    """Press Tab until the focus is on what the selector names; every stop on the way must be visible."""
    page = one.page
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none" or "textarea" in selector, f"no focus ring on {selector}"
            return
    raise AssertionError(f"Tab never comes to {selector}")


@pytest.mark.parametrize(("language", "locale"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_a_practice_by_keyboard_alone(watched: Make, language: str, locale: str) -> None:
    one = watched(1280, 900, locale=locale)
    page = one.open(f"/{language}/practice")
    page.wait_for_selector(".pp-scene")
    page.evaluate("document.activeElement.blur()")
    _tab_to(one, "[data-act=pick][data-id='type=price']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice?type=price")
    page.wait_for_selector("[data-act=pick][aria-pressed=true][data-id='']")
    _tab_to(one, ".pp-scene .pp-btn")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-act=start]")
    _tab_to(one, "[data-act=start]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/session?id=*")
    page.wait_for_selector(".pp-turn--customer")
    _tab_to(one, "#pp-text textarea")
    for line in {
        "zh": ("我明白您的顾虑。", "您最担心的是哪一块？"),
        "en": ("I see.", "What worries you most?"),
    }[language]:
        before = page.locator(".pp-turn--customer:not(.pp-turn--wait)").count()
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "n => document.querySelectorAll('.pp-turn--customer:not(.pp-turn--wait)').length > n", arg=before
        )
        page.wait_for_function("() => document.activeElement.matches('#pp-text textarea')")
    _tab_to(one, "[data-act=hint]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pp-rung--used")
    _tab_to(one, "[data-act=end]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pp-over, .pp-hero")
    if not page.locator(".pp-hero").count():
        _tab_to(one, "a[href*='/report?id=']")
        page.keyboard.press("Enter")
    page.wait_for_selector(".pp-hero")
    _tab_to(one, ".pp-menu summary")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pp-menu[open] a")
    page.keyboard.press("Escape")
    page.wait_for_selector(".pp-menu:not([open])")


def test_the_focus_stays_where_somebody_has_gone(watched: Make) -> None:
    one = watched(1280, 900)
    lines = start(one, "zh")
    page = one.page
    sent: list[Route] = []
    page.route("**/queue/join*", lambda route: sent.append(route))
    page.fill("#pp-text textarea", lines[0])
    page.press("#pp-text textarea", "Enter")
    page.focus("[data-act=hint]")
    while not sent:  # under load the line leaves the page a little later
        page.wait_for_timeout(20)
    sent[0].continue_()
    page.wait_for_selector(".pp-turn--rep")
    page.wait_for_function("() => !document.querySelector('.pp-turn--wait')")
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.matches('[data-act=hint]')"), (
        "the answer did not take it away"
    )
    page.keyboard.press("Enter")
    page.wait_for_selector(".pp-rung--used")
    assert page.evaluate("document.activeElement.matches('[data-act=hint]')"), "the next rung has it"
