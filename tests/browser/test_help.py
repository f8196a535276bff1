"""Help in a real browser: the first tour by keyboard alone, offered until it is over; the keys on `?` on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from coach.app import open_coach
from coach.settings import Settings
from coach.store.tables import Event
from tests.browser.conftest import Watched
from tests.ui.serving import Served

Make = Callable[..., Watched]


@pytest.fixture(autouse=True)
def never_been_here(site: Served) -> Iterator[None]:
    """Whoever sits here has not seen the tour."""
    coach = open_coach(Settings(home=site.home, engine="offline"))

    def forget() -> None:
        with coach.database.session() as session:
            session.query(Event).filter(Event.kind == "tour").delete()

    forget()
    yield
    coach.database.close()


def test_the_tour_by_keyboard_is_taken_once(watched: Make) -> None:
    one = watched(1280, 800)
    page = one.open("/zh/")
    page.wait_for_selector(".pp-offer")
    page.focus("[data-does=tour]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pp-tour-dialog[open]")
    seen = []
    for number in range(1, 6):
        seen.append(page.inner_text(".pp-tour__step:not([hidden]) h2"))
        assert page.inner_text(".pp-tour__step:not([hidden]) .pp-note") == f"第 {number} 步，共 5 步"
        assert page.inner_text("#pp-rail .pp-tour-at span") == seen[-1], "the place it speaks of is marked"
        page.keyboard.press("ArrowRight" if number % 2 else "Enter")
        if number == 3:
            page.keyboard.press("ArrowLeft")
            assert page.inner_text(".pp-tour__step:not([hidden]) h2") == seen[-1]
            page.keyboard.press("ArrowRight")
    assert seen == ["首页", "练习", "拜访", "商机", "手册"]
    page.keyboard.press("Enter")
    page.wait_for_selector(".pp-offer", state="detached")
    assert page.locator(".pp-tour-at").count() == 0
    page.reload()
    page.wait_for_selector(".pp-doors, .pp-now")
    assert page.locator(".pp-offer").count() == 0


def test_whoever_skips_it_finds_it_under_help(watched: Make) -> None:
    one = watched(390, 844, locale="en-GB", dark=True)
    page = one.open("/en/")
    page.click("[data-does=tour]")
    page.wait_for_selector("#pp-tour-dialog[open]")
    assert one.sideways() <= 0
    page.keyboard.press("Escape")
    page.wait_for_selector(".pp-offer", state="detached")
    one.open("/en/help")
    page.wait_for_selector(".pp-help__leaves")
    assert "Nothing leaves" in page.inner_text(".pp-help")
    page.click("[data-does=tour]")
    page.wait_for_selector("#pp-tour-dialog[open]")
    assert page.inner_text(".pp-tour__step:not([hidden]) h2") == "Home"
    page.click("[data-does=tour-skip]")
    page.click("a[href='/api/docs?lang=en']")
    page.wait_for_selector("#practice_hint")


def test_a_question_mark_shows_the_keys_but_not_while_one_writes(watched: Make) -> None:
    one = watched(1280, 800, locale="en-GB")
    page = one.open("/en/deals")
    page.focus("#pp-deal-text textarea")
    page.keyboard.press("?")
    assert page.locator("#pp-keys-dialog[open]").count() == 0
    assert page.input_value("#pp-deal-text textarea") == "?"
    page.focus("#pp-rail .pp-nav a >> nth=0")
    page.keyboard.press("?")
    page.wait_for_selector("#pp-keys-dialog[open]")
    assert "Shift + Enter" in page.inner_text("#pp-keys-dialog")
    page.keyboard.press("Escape")
    page.wait_for_selector("#pp-keys-dialog:not([open])", state="attached")
