"""The trainer's page in a real browser: a visit is handed in as a case, reviewed beside its twin, published, found, retired."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.browser.conftest import Watched

Make = Callable[..., Watched]
SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
STORY = "海水淡化厂的老张嫌膜三年一换太勤，我把两家厂的清洗记录摆在一起，他答应先换一半。电话 13812345678。"


def _write(one: Watched, title: str) -> None:
    page = one.open("/zh/trainer?new=1")
    page.fill("#pp-case-title textarea", title)
    page.check("#pp-case-outcome input >> nth=0", force=True)
    page.fill("#pp-case-happened textarea", STORY)
    page.fill("#pp-case-words textarea", "您先看这两家的清洗记录，再说勤不勤。")
    page.click("#pp-case-go")
    page.wait_for_url("**/trainer?id=*")
    page.wait_for_selector("#pp-draft .pp-story")


def test_a_case_from_words_to_match_and_away(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/trainer?new=1")
    page.click("#pp-case-go")
    page.wait_for_selector("#pp-form-note .pp-advice")
    _write(one, "海水淡化膜嫌换得太勤")
    told = page.inner_text("#pp-draft")
    assert "13812345678" not in told
    assert "老张" not in told
    assert re.search("老[A-Z]", told)
    page.click("#pp-do-send-back")
    page.wait_for_selector("#pp-notice .pp-trouble")
    page.fill("#pp-comment textarea", "结果写得很清楚")
    page.click("#pp-do-approve")
    page.wait_for_selector("#pp-do-retire:visible")
    assert "结果写得很清楚" in page.inner_text("#pp-compare")

    page.goto(f"{one.site.address}/zh/deals")
    page.wait_for_selector("#pp-deal-go")
    page.fill("#pp-deal-text textarea", "海水淡化厂，嫌膜三年一换太勤，要看别家的清洗记录。")
    page.click("#pp-deal-go")
    page.wait_for_selector(".pp-case")
    assert "海水淡化膜嫌换得太勤" in page.inner_text("#pp-results")

    _write(one, "海水淡化膜换得太勤了")
    page.wait_for_selector(".pp-twin")
    page.click(".pp-twin summary")
    assert "清洗记录" in page.inner_text(".pp-twin[open]")
    one.open("/zh/trainer")
    assert page.locator("#pp-waiting .pp-row", has_text="海水淡化膜换得太勤了").count() == 1
    page.fill("#pp-bank-search textarea", "叉车")
    page.wait_for_selector("#pp-published .pp-empty")
    page.fill("#pp-bank-search textarea", "清洗")
    page.wait_for_selector("#pp-published .pp-row")
    one.picture("trainer-zh.png")
    page.click("#pp-published .pp-row")
    page.wait_for_selector("#pp-do-retire:visible")
    page.click("#pp-do-retire")
    page.wait_for_selector("#pp-do-publish:visible")
    one.open("/zh/trainer")
    assert page.locator("#pp-published .pp-row").count() == 0


def test_a_visit_is_handed_in_as_a_case_on_a_phone(watched: Make) -> None:
    one = watched(390, 844, locale="en-GB")
    page = one.open("/en/visits")
    page.set_input_files("input[type=file]", SAMPLES / "en-gate-access.txt")
    page.wait_for_url("**/visit?id=*")
    page.wait_for_selector("#pp-record .pp-action")
    page.click(".pp-acts a[href*='trainer?visit=']")
    page.wait_for_url("**/trainer?visit=*")
    page.wait_for_selector("#pp-taken .pp-story")
    assert one.sideways() <= 0
    page.fill("#pp-case-title textarea", "The gate that let the wrong truck in")
    page.check("#pp-case-outcome input >> nth=2", force=True)
    page.click("#pp-case-go")
    page.wait_for_url("**/trainer?id=*")
    page.wait_for_selector("#pp-draft .pp-story")
    assert "The gate that let the wrong truck in" in page.inner_text("#pp-draft")
    assert one.sideways() <= 0


def test_a_strange_case_says_so(watched: Make) -> None:
    one = watched()
    one.open("/zh/trainer?id=nobody")
    one.page.wait_for_selector(".pp-trouble")
    assert not one.page.locator("#pp-review").is_visible()
