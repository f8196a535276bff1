"""A team on one server, in a browser: signing in, one's own rows and files, who is signed in, signing out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coach.accounts.people import People
from coach.app import open_coach
from coach.settings import Settings
from tests.browser.conftest import PATIENCE
from tests.ui.serving import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "correct horse battery"
DRAWN = "() => document.querySelector('#pp-top h1') && !document.querySelector('#pp-place [aria-busy]')"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with an administrator who trains, and two reps."""
    home = tmp_path_factory.mktemp("team")
    coach = open_coach(Settings(home=home, engine="offline"))
    people = People(coach.database)
    people.add("chen", ("admin", "trainer", "manager"), PASSWORD, name="陈主管", team="华东")
    people.add("li", ("rep",), PASSWORD, name="李敏", team="华东")
    people.add("zhou", ("rep",), PASSWORD, name="周岩", team="华东")
    coach.database.close()
    with served(home, engine="offline") as site:
        yield site


def _context(
    browser: Browser, locale: str = "zh-CN", width: int = 1280, dark: bool = False
) -> BrowserContext:
    context = browser.new_context(
        locale=locale,
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        viewport={"width": width, "height": 844},
    )
    context.set_default_timeout(PATIENCE)
    return context


def _sign_in(context: BrowserContext, site: Served, login: str, at: str, faults: list[str]) -> Page:
    page = context.new_page()
    page.on(
        "request", lambda one: one.url.startswith((site.address, "data:", "blob:")) or faults.append(one.url)
    )
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("response", lambda one: one.status >= 400 and faults.append(f"{one.status} {one.url}"))
    page.goto(site.address + at)
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_function(DRAWN)
    return page


def test_two_people_of_one_team(browser: Browser, team: Served, tmp_path: Path) -> None:
    faults: list[str] = []
    told = tmp_path / "冷库到访.txt"
    told.write_text("[00:02] 销售: 上次冷库报警怎么发现的？\n[00:09] 客户: 早班推门才知道。\n", "utf-8")
    first, second = _context(browser), _context(browser)
    li = _sign_in(first, team, "li", "/zh/visits", faults)
    assert li.url == team.address + "/zh/visits"
    assert li.inner_text("#pp-rail .pp-signed") == "李敏"
    assert li.locator("#pp-rail .pp-nav a").count() == 6
    li.set_input_files("input[type=file]", told)
    li.wait_for_selector("#pp-queue >> text=冷库到访")

    zhou = _sign_in(second, team, "zhou", "/zh/visits", faults)
    zhou.wait_for_selector("input[type=file]", state="attached")
    zhou.reload()
    zhou.wait_for_function(DRAWN)
    assert "冷库到访" not in zhou.inner_text("#pp-frame")
    li.wait_for_selector("#pp-frame >> text=冷库到访")

    # A question goes over the queue and its open stream.
    zhou.goto(team.address + "/zh/handbook")
    zhou.wait_for_function(DRAWN)
    zhou.fill("#pp-question textarea", "一场谈判能动几次价")
    zhou.press("#pp-question textarea", "Enter")
    zhou.wait_for_selector(".pp-cited[data-open]")
    assert faults == []

    li.goto(team.address + "/zh/me")
    li.click("form[action='/zh/sign-out'] button")
    li.wait_for_selector("input[name=login]")
    li.goto(team.address + "/zh/visits")
    assert "/zh/sign-in" in li.url
    for context in (first, second):
        context.close()


def test_the_rail_shows_what_a_role_has(browser: Browser, team: Served) -> None:
    faults: list[str] = []
    context = _context(browser, "en", 390, dark=True)
    page = _sign_in(context, team, "chen", "/en/", faults)
    places = page.locator("#pp-rail .pp-nav a").all_inner_texts()
    assert places == ["Home", "Practice", "Deals", "Handbook", "Trainer", "Team"]
    assert page.locator(".pp-top__switches a[href='/en/me']").is_visible()
    page.goto(team.address + "/en/team")
    assert "李敏" in page.inner_text("main")
    for at in ("/en/me", "/en/team", "/en/sign-in"):
        page.goto(team.address + at)
        width = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(width) == 0, at
    assert faults == []
    page.goto(team.address + "/en/visits")
    assert "This is not for your role." in page.inner_text("main")
    context.close()
