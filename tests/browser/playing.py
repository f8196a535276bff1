"""Plays a short practice through the page, as a person would."""

from __future__ import annotations

from tests.browser.conftest import Watched


def expert_lines(scenario_id: str) -> list[str]:
    """What the scenario's own expert says, line by line."""
    from scenarios.loader import load_scenarios

    return [line.say for line in load_scenarios()[scenario_id].expert_script]


PLAYED = {"zh": "zh-autoparts-quench-oil-tea", "en": "en-storage-pencil-in-fall"}
"""The scenarios that the stories and the README's pictures show."""


def let_time_pass(watched: Watched, seconds: float) -> None:
    """Move the session's clock as if the rep had taken so long, then show the page anew."""
    from coach.app import open_coach
    from coach.practice.kept import Clock
    from coach.settings import Settings

    coach = open_coach(Settings(home=watched.site.home))
    id = watched.page.url.partition("id=")[2]
    now = coach.keeping.load(id)
    later = Clock(elapsed=now.clock.now() + seconds).running()
    coach.keeping.save(id, now.session, later)
    watched.page.reload()
    watched.page.wait_for_selector(".pp-turn--customer, .pp-over")


def start(watched: Watched, language: str) -> list[str]:
    """Open a scenario's brief from the shelf and start its clock; gives the lines of its expert."""
    page = watched.page
    watched.open(f"/{language}/practice")
    page.click(f'.pp-scene .pp-btn[href*="scenario={PLAYED[language]}"]')
    page.click("[data-act=start]")
    page.wait_for_url("**/session?id=*")
    page.wait_for_selector(".pp-turn--customer")
    return expert_lines(PLAYED[language])


def say(watched: Watched, words: str) -> None:
    """Say one line and wait for the answer."""
    page = watched.page
    before = page.locator(".pp-turn--customer:not(.pp-turn--wait)").count()
    page.fill("#pp-text textarea", words)
    page.press("#pp-text textarea", "Enter")
    page.wait_for_function(
        "n => document.querySelectorAll('.pp-turn--customer:not(.pp-turn--wait)').length > n"
        " || document.querySelector('.pp-over')",
        arg=before,
    )
    page.wait_for_function("() => !document.querySelector('.pp-turn--wait')")


def over(watched: Watched) -> bool:
    """Whether the session has ended."""
    return watched.page.locator(".pp-over").count() > 0
