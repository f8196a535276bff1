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
from tests.browser.serious import serious
from tests.ui.serving import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "correct horse battery"
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
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


@pytest.mark.parametrize(("language", "dark", "width"), [("zh", False, 1280), ("en", True, 390)])
def test_the_pages_of_accounts_have_no_serious_fault(
    browser: Browser, team: Served, language: str, dark: bool, width: int
) -> None:
    faults: list[str] = []
    coach = open_coach(Settings(home=team.home, engine="offline"))
    people = People(coach.database)
    people.add(f"wu{language}", ("rep",), name="吴")
    link = people.link(f"wu{language}")
    coach.database.close()
    context = _context(browser, language, width, dark)
    page = context.new_page()
    wrong = {}

    def look(name: str) -> None:
        if found := serious(page):
            wrong[name] = found
        assert page.evaluate(_SIDEWAYS) <= 0, name

    page.goto(f"{team.address}/{language}/sign-in")
    look("sign-in")
    page.fill("input[name=login]", "nobody")
    page.fill("input[name=password]", "nothing at all")
    page.click("button[type=submit]")
    look("refused")
    page.goto(f"{team.address}/{language}/welcome/{link}")
    look("first password")
    page.goto(f"{team.address}/{language}/welcome/{'x' * 43}")
    look("a link that is shut")
    page.goto(f"{team.address}/api/docs?lang={language}")
    look("api")
    page.close()
    page = _sign_in(context, team, "chen", f"/{language}/", faults)
    page.goto(f"{team.address}/{language}/team")
    look("team")
    page.goto(f"{team.address}/{language}/me")
    page.fill("input[name=name]", "crm")
    page.check("input[name=scope] >> nth=0")
    page.click("form:has(input[name=scope]) button")
    page.wait_for_selector(".pp-outside__key")
    look("tokens")
    page.goto(f"{team.address}/{language}/visits")
    look("not for this role")
    assert wrong == {}
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
        assert page.evaluate(_SIDEWAYS) == 0, at
    assert faults == []
    page.goto(team.address + "/en/visits")
    assert "This is not for your role." in page.inner_text("main")
    context.close()
