"""A browser, a served coach, and a page that watches what it must never do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.serving import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
TAKING_PICTURES = os.environ.get("COACH_SCREENSHOTS") == "1"
PATIENCE = 90_000
"""Milliseconds: machines that run the tests may be busy."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


SAID = "整车拒收，赔了客户十一万七。"
"""What the microphone hears each time it is opened: a sentence of a shipped sample, which the shipped Whisper knows."""


def _said(file: Path) -> Path:
    """That sentence as a recording of its own, with silence around it."""
    import wave

    import numpy as np

    from coach.speech.decode import decode
    from coach.speech.recording import RATE

    words = decode(SAMPLES / "zh-cold-chain.ogg").samples[int(4.8 * RATE) : int(9.0 * RATE), 0]
    quiet = np.zeros(RATE // 2, np.int16)
    with wave.open(str(file), "wb") as made:
        made.setparams((1, 2, RATE, 0, "NONE", ""))
        made.writeframes(np.concatenate([quiet, words, quiet]).astype("<i2").tobytes())
    return file


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    heard = f"--use-file-for-fake-audio-capture={_said(tmp_path_factory.mktemp('said') / 'said.wav')}%noloop"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, heard])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server with a home of its own for all tests; the demo Whisper listens because it was set by name."""
    with served(tmp_path_factory.mktemp("site"), whisper_model="demo") as site:
        yield site


@dataclass
class Watched:
    """A page of the site, and everything about it that should not happen."""

    page: Page
    site: Served
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path and wait until the page has been drawn."""
        self.page.goto(self.site.address + path)
        self.page.wait_for_selector("#pp-top h1")
        self.page.wait_for_function("() => !document.querySelector('#pp-place [aria-busy]')")
        return self.page

    def sideways(self) -> int:
        """How many pixels the page could be scrolled sideways."""
        width: int = self.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width

    def picture(self, name: str) -> None:
        """Save a screenshot for the README, only when it is asked for."""
        if TAKING_PICTURES:
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.mouse.move(0, 0)
            self.page.wait_for_timeout(400)
            self.page.screenshot(path=PICTURES / name)


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[[str, bool], BrowserContext]]:
    """One context for each language and theme: its cache is what makes the second page fast."""
    made: dict[tuple[str, bool], BrowserContext] = {}

    def context(locale: str, dark: bool) -> BrowserContext:
        if (locale, dark) not in made:
            made[locale, dark] = browser.new_context(
                locale=locale,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                permissions=["microphone"],
            )
            made[locale, dark].set_default_timeout(PATIENCE)
        return made[locale, dark]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def watched(
    contexts: Callable[[str, bool], BrowserContext], site: Served
) -> Iterator[Callable[..., Watched]]:
    """Make a watched page; at the end nothing may have left the machine and nothing may have gone wrong."""
    made: list[Watched] = []

    def make(width: int = 1440, height: int = 900, *, locale: str = "zh-CN", dark: bool = False) -> Watched:
        page = contexts(locale, dark).new_page()
        page.set_viewport_size({"width": width, "height": height})
        one = Watched(page, site)
        here = (site.address, "data:", "blob:")
        page.on("request", lambda request: request.url.startswith(here) or one.outside.append(request.url))
        page.on("console", lambda said: said.type == "error" and one.faults.append(said.text))
        page.on("pageerror", lambda error: one.faults.append(str(error)))
        page.on(
            "response",
            lambda answer: answer.status >= 400 and one.faults.append(f"{answer.status} {answer.url}"),
        )
        made.append(one)
        return one

    yield make
    for one in made:
        if not one.page.is_closed():
            one.page.evaluate("localStorage.clear()")
            one.page.close()
    assert [url for one in made for url in one.outside] == []
    assert [fault for one in made for fault in one.faults] == []
