"""The trainer's rooms of knowledge in a real browser: a sheet is looked at, corrected and taken in; a word; a look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.browser.conftest import Watched

Make = Callable[..., Watched]
SHEET = "名目,结局,背景,异议类型\n闸机放错了车,丢单,道闸把竞争车队放进了货场，主管三天没睡好。,信任\n看不懂的一行,赢单,试了三个月终于签了，验收拖了两周。,风水\n"


def test_a_sheet_from_the_box_to_the_review(watched: Make, tmp_path: Path) -> None:
    file = tmp_path / "我们的单子.csv"
    file.write_text(SHEET, "gbk")
    one = watched(1280, 900)
    page = one.open("/zh/imports")
    page.set_input_files("#pp-main input[type=file]", file)
    page.wait_for_selector(".pp-tray__figures")
    assert page.locator("[data-act=go]").count() == 0, "nothing can be taken in yet"
    page.select_option('select[name="col:名目"]', "title")
    page.click(".pp-tray__acts [data-act=map]")
    page.wait_for_selector("[data-act=go]")
    assert "风水" in page.inner_text(".pp-tray__faults")
    with page.expect_download() as kept:
        page.click(".pp-tray__acts a[download]")
    assert "风水" in Path(kept.value.path()).read_text("utf-8-sig")
    page.reload()
    page.wait_for_selector("[data-act=go]")
    page.click("[data-act=go]")
    page.click('.pp-tray__acts a[href$="/trainer"]')
    page.wait_for_selector("#pp-waiting .pp-row")
    assert "闸机放错了车" in page.inner_text("#pp-waiting")


def in_time(lane: str) -> int:
    """How many of a lane's cases are not late, as the page says it."""
    return int(re.search(r"(\d+) of \d+ not late", lane)[1])  # type: ignore[index]


def test_words_and_looks_on_a_phone_in_english(watched: Make) -> None:
    one = watched(390, 844, locale="en-GB", dark=True)
    page = one.open("/en/glossary")
    page.click("#pp-term [data-act=edit]")
    page.fill("[name=word]", "Zentrix")
    page.fill("[name=aliases]", "ZX")
    page.press("[name=aliases]", "Enter")
    page.wait_for_selector(".pp-gloss__add")
    assert "Zentrix" in page.inner_text("#pp-terms .pp-gloss >> nth=0")
    assert one.sideways() <= 0
    page.click("#pp-terms [data-act=remove] >> nth=0")
    page.wait_for_selector("#pp-terms .pp-empty")
    page = one.open("/en/coverage")
    before = in_time(page.inner_text("#pp-lanes .pp-lane >> nth=0"))
    page.click(".pp-look summary >> nth=0")
    page.fill(".pp-look[open] [name=owner]", "Morgan")
    page.click(".pp-look[open] [data-act=looked]")
    page.wait_for_selector("#pp-notice [role=status]", state="attached")
    assert in_time(page.inner_text("#pp-lanes .pp-lane >> nth=0")) == before + 1
    assert one.sideways() <= 0
