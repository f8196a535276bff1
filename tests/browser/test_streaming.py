"""A model that pauses in the middle of a line: its first sentence stands in the chat before it has ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coach.app import open_coach
from coach.settings import Settings
from tests.browser.conftest import PATIENCE
from tests.browser.playing import PLAYED
from tests.loopback.server import GO_ON, serving
from tests.ui.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST = "嗯，我听着。"


def test_the_first_sentence_is_shown_while_the_model_still_speaks(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    GO_ON.clear()
    with serving() as (url, _), served(home, llm_base_url=url, llm_model="slow") as site:
        coach = open_coach(Settings(home=home, engine="offline"))
        id = coach.keeping.begin(coach.start(PLAYED["zh"], seed=7))  # now: a clock that nobody watches stops
        coach.database.close()
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        try:
            page.goto(f"{site.address}/zh/session?id={id}")
            page.wait_for_selector(".pp-turn--customer")
            page.fill("#pp-text textarea", "您以前买贵过哪一台？")
            page.press("#pp-text textarea", "Enter")
            line = page.locator(".pp-turn--customer .pp-bubble", has_text=FIRST)
            line.wait_for()
            shown = line.inner_text().strip()
            assert shown == FIRST, "the model has said no more yet"
            GO_ON.set()
            page.wait_for_function(
                "first => [...document.querySelectorAll('.pp-turn--customer .pp-bubble')]"
                ".some(e => e.innerText.trim().startsWith(first) && e.innerText.trim().length > first.length)",
                arg=FIRST,
            )
        finally:
            GO_ON.set()
            page.close()
