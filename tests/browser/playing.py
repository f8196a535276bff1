"""Plays a short practice through the page, as a person would."""

from __future__ import annotations

from tests.browser.conftest import Watched


def expert_lines(scenario_id: str) -> list[str]:
    """What the scenario's own expert says, line by line."""
    from scenarios.loader import load_scenarios

    return [line.say for line in load_scenarios()[scenario_id].expert_script]


def first_scenario(watched: Watched, language: str) -> str:
    """The id of the first scenario on the shelf."""
    watched.open(f"/{language}/practice")
    href = watched.page.get_attribute(".pp-scene .pp-btn >> nth=0", "href") or ""
    return href.partition("scenario=")[2]


def let_time_pass(watched: Watched, seconds: float) -> None:
    """Move the session's clock as if the rep had taken so long, then show the page anew."""
    from coach.app import open_coach
    from coach.settings import Settings
    from ui.desks import kept

    coach = open_coach(Settings(home=watched.site.home))
    id = watched.page.url.partition("id=")[2]
    now = kept.load(coach, id)
    later = kept.Clock(elapsed=now.clock.now() + seconds).running()
    kept.save(coach, id, now.session, later)
    watched.page.reload()
    watched.page.wait_for_selector(".pp-turn--customer, .pp-over")


def start(watched: Watched, language: str) -> list[str]:
    """Open the first scenario's brief and start its clock; gives the lines of that scenario's expert."""
    page = watched.page
    scenario = first_scenario(watched, language)
    page.click(".pp-scene .pp-btn >> nth=0")
    page.click("[data-act=start]")
    page.wait_for_url("**/session?id=*")
    page.wait_for_selector(".pp-turn--customer")
    return expert_lines(scenario)


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
