"""Every page in both languages: axe-core finds no serious violation, and no word of the other language stands there.

What axe cannot see (placeholder contrast, reading order, wording) is for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from coach.app import open_coach
from coach.settings import Settings
from coach.vocabulary import Language
from tests.browser.conftest import Watched
from tests.browser.serious import serious
from tests.browser.things import Things, made, pages
from tests.ui.serving import Served
from ui.words import WORDS

Make = Callable[..., Watched]
_READ = """() => [document.title, document.querySelector('#pp-frame').innerText,
  ...[...document.querySelectorAll('#pp-frame *')].flatMap((one) =>
    ['aria-label', 'title', 'placeholder', 'alt'].map((name) => one.getAttribute(name) || ''))].join('\\n')"""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SWITCH = "中文"
_LISTS = ("home", "visits", "trainer", "colleague", "scenarios", "glossary")
"""Pages that list what people here wrote, in whatever language."""
_PICTURED = ("home", "help", "calibration", "scenarios", "scenario", "imports", "glossary", "shelf")
"""Pages of which pictures for the README are taken here, in both languages."""
_ENGLISH = tuple(en for _, en in WORDS.values() if len(en) > 14 and "{" not in en)
_DARK = (
    "home",
    "practice",
    "session",
    "report",
    "visit",
    "form",
    "deals",
    "coverage",
    "calibration",
    "scenario",
    "help",
    "shelf",
    "glossary",
    "imports",
)


@pytest.fixture(scope="module")
def things(site: Served) -> dict[Language, Things]:
    coach = open_coach(Settings(home=site.home, engine="offline"))
    languages: tuple[Language, ...] = ("zh", "en")
    return {language: made(coach, language) for language in languages}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_in_the_light(watched: Make, things: dict[Language, Things], language: Language) -> None:
    one = watched(1280, 900, locale="zh-CN" if language == "zh" else "en-GB")
    wrong, foreign = _looked_at(one, pages(things[language], language), language, pictures=True)
    assert wrong == {}
    assert foreign == {}


def test_in_the_dark(watched: Make, things: dict[Language, Things]) -> None:
    one = watched(1280, 900, dark=True)
    wrong, _ = _looked_at(one, _some(things, _DARK), "zh")
    assert wrong == {}


def test_on_a_phone(watched: Make, things: dict[Language, Things]) -> None:
    one = watched(390, 844)
    wrong, _ = _looked_at(
        one,
        _some(
            things, ("home", "help", "practice", "session", "visit", "form", "shelf", "glossary", "scenario")
        ),
        "zh",
    )
    assert wrong == {}


def test_the_checks_can_fail(watched: Make) -> None:
    one = watched(locale="en-GB")
    one.open("/en/")
    one.page.evaluate("document.querySelector('#pp-rail a').innerHTML = ''")
    one.page.evaluate("document.querySelector('#pp-top h1').title = '首页'")
    assert "link-name" in {found["id"] for found in serious(one.page)}
    assert _foreign(one, "en")


def _some(things: dict[Language, Things], names: tuple[str, ...]) -> dict[str, str]:
    return {name: path for name, path in pages(things["zh"], "zh").items() if name in names}


def _looked_at(
    one: Watched, paths: dict[str, str], language: Language, *, pictures: bool = False
) -> tuple[dict[str, list[Any]], dict[str, list[str]]]:
    """What axe found, and words of the other language, by page."""
    wrong, foreign = {}, {}
    for name, path in paths.items():
        page = one.open(f"/{language}/{path}")
        page.wait_for_timeout(150)
        if found := serious(page):
            wrong[name] = found
        if name not in _LISTS and (words := _foreign(one, language)):
            foreign[name] = words
        assert one.sideways() <= 0, name
        if pictures and name in _PICTURED:
            one.picture(f"{name}-{language}.png")
    return wrong, foreign


def _foreign(one: Watched, language: Language) -> list[str]:
    text: str = one.page.evaluate(_READ)
    if language == "en":
        return [line for line in text.splitlines() if _HAN.search(line.replace(_SWITCH, ""))][:5]
    return [words for words in _ENGLISH if words in text][:5]
