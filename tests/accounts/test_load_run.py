"""The browser without a screen of the load run walks the pages of a real server."""

from __future__ import annotations

from evals.bench.browsing import Browser, linked, read_pages
from tests.accounts.house import PASSWORD, House


def test_it_signs_in_practises_and_looks_for_cases(house: House) -> None:
    took: list[str] = []
    browser = Browser(f"http://127.0.0.1:{house.port}", lambda what, _: took.append(what))
    browser.sign_in("rep", PASSWORD)
    assert "shelf" in browser.open("practice")
    (id,) = linked(browser.press("pp-main", act="start", id="zh-autoparts-quench-oil-tea"), "session")[:1]
    drawn = browser.open("session", id=id)
    assert "coach models pull small" in drawn, "with the demo alone nobody is told that they can talk"
    assert "data-why" in drawn
    assert "pp-turn--customer" in browser.send("pp-send", "您好，上次的样品您那边试得怎么样？")
    browser.press("pp-top", act="end")
    browser.open("report", id=id)
    browser.open("visits")
    browser.sign_out()
    browser.close()
    assert took[0] == "sign in"
    assert took[-3:] == ["open report", "open visits", "sign out"]


def test_every_page_that_it_walks_can_be_found(house: House) -> None:
    import json

    pages = read_pages(json.loads(house.ask("/zh/config", "rep").body))
    walked = {"", "practice", "session", "report", "visits", "visit", "deals", "coverage"}
    assert walked <= set(pages.opening)
    buttons = {
        ("practice", "pp-main"),
        ("session", "pp-send"),
        ("deals", "pp-deal-go"),
        ("visits", "pp-main"),
    }
    assert buttons <= set(pages.clicks)
