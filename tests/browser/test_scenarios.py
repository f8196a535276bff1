"""A trainer's two rooms in a real browser: a scenario is copied, broken, mended, tried and certified; a verdict is voted on."""

from __future__ import annotations

from collections.abc import Callable

from coach.app import open_coach
from coach.settings import Settings
from tests.browser.conftest import Watched
from tests.browser.things import practised

Make = Callable[..., Watched]


def test_a_scenario_is_written_tried_and_handed_to_the_bots(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/scenarios")
    page.click("[data-act=begin] >> nth=0")
    page.wait_for_url("**/scenario?id=*")
    page.wait_for_selector(".pp-code__lines span")
    page.wait_for_selector(".pp-check .pp-chip--good")
    text = page.input_value("#pp-code-text")
    assert page.locator(".pp-code__lines span").count() == text.count("\n") + 1
    broken = text.replace("weight: 20", "weight: viel", 1)
    page.fill("#pp-code-text", broken)
    page.wait_for_selector(".pp-check .pp-chip--bad")
    line = broken[: broken.index("viel")].count("\n") + 1
    assert page.inner_text(".pp-remarks button >> nth=0") == f"第 {line} 行"
    assert page.inner_text(".pp-remarks code >> nth=0") == "key_points.0.weight"
    page.wait_for_selector(".pp-code__bad")
    assert page.inner_text(".pp-code__bad") == str(line)
    assert page.locator("[data-act=certify]").count() == 0
    page.reload()
    page.wait_for_selector(".pp-check .pp-chip--bad")
    assert page.input_value("#pp-code-text") == broken, "faults and all, nothing typed is lost"
    page.fill("#pp-code-text", text.replace("一桶油的账", "两桶油的账 ${x} {{y}} <b>"))
    page.wait_for_selector(".pp-check .pp-chip--good")
    assert "两桶油的账 ${x} {{y}} <b>" in page.inner_text(".pp-top h1")
    page.click("[data-does=view][data-view=form]")
    page.wait_for_function(
        "() => document.querySelector('[data-formed] [name=title]').value === '两桶油的账 ${x} {{y}} <b>'"
    )
    page.fill("[data-formed] [name=title]", "三桶油: 的账")
    page.wait_for_function("() => document.querySelector('.pp-top h1').innerText.includes('三桶油: 的账')")
    page.wait_for_function("() => document.querySelector('#pp-code-text').value.includes('三桶油')")
    page.click("[data-does=view][data-view=text]")
    written = page.input_value("#pp-code-text")
    assert "title: '三桶油: 的账'" in written, "the form's answer stands in the text"
    page.fill("#pp-code-text", written.replace("三桶油: 的账", "四桶油的账"))
    page.wait_for_function(
        "() => document.querySelector('[data-formed] [name=title]').value === '四桶油的账'"
    )
    page.fill("#pp-code-text", written + "\nx: [")
    page.wait_for_function("() => document.querySelector('[data-formed] fieldset').disabled")
    page.fill("#pp-code-text", written)
    page.wait_for_selector(".pp-check .pp-chip--good")
    page.click("[data-act=try]")
    page.fill("#pp-trial-words", "您六台机一个月一共加几桶？")
    page.press("#pp-trial-words", "Enter")
    page.wait_for_selector(".pp-trial .pp-turn--rep .pp-chip--good")
    assert "k-use" in page.inner_text(".pp-trial .pp-turn--rep")
    assert page.input_value("#pp-trial-words") == ""
    page.click("[data-act=certify]")
    page.wait_for_selector(".pp-cert[data-poll]")
    page.click("[data-act=stop]")
    page.wait_for_selector(".pp-cert [data-act=certify]")
    assert page.locator("[data-act=publish]").count() == 0
    kept = open_coach(Settings(home=one.site.home)).practices.newest(200)
    mine = page.url.rpartition("id=")[2]
    assert [one.id for one in kept if one.scenario == mine] == [], "a trial leaves nothing behind"


def test_a_verdict_is_voted_on_and_the_figure_moves(watched: Make) -> None:
    one = watched(390, 844, locale="en-GB")
    practised(open_coach(Settings(home=one.site.home)), "en")
    page = one.open("/en/calibration")
    page.wait_for_selector(".pp-exhibit")
    assert "No figure yet" in page.inner_text(".pp-agree__whole")
    assert one.sideways() <= 0
    what = page.inner_text(".pp-exhibit h2")
    page.fill(".pp-exhibit__vote input", "fair enough")
    page.click(".pp-exhibit__acts [data-act=accept]")
    page.wait_for_selector(".pp-calib__last")
    assert "n = 1 · 100% agree" in page.inner_text(".pp-agree__whole")
    page.click(".pp-calib__last [data-act=show]")
    page.wait_for_selector(".pp-exhibit__mine")
    assert page.inner_text(".pp-exhibit h2") == what
    page.click(".pp-exhibit__acts [data-act=reject]")
    page.wait_for_function(
        "() => document.querySelector('.pp-agree__whole').innerText.includes('· 0% agree')"
    )
    votes = one.site.ask("/downloads/votes/votes.csv")
    assert votes.headers["content-disposition"].startswith('attachment; filename="votes.csv"')
    assert votes.text.count("\n") == 3
    assert "fair enough" in votes.text
