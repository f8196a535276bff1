"""Visits in a real browser: a transcript, a recording, words that light up, corrections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.speech.models import DEMO_FOLDER, faults
from tests.browser.conftest import Watched

Make = Callable[..., Watched]
SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"
no_demo = pytest.mark.skipif(bool(faults(DEMO_FOLDER)), reason="the demo Whisper is not in this checkout")


def _arrived(one: Watched) -> None:
    one.page.wait_for_url("**/visit?id=*")
    one.page.wait_for_selector("#pp-record .pp-action")


def test_an_uploaded_transcript_becomes_a_record_with_links(watched: Make, tmp_path: Path) -> None:
    file = tmp_path / "到访 冷库.txt"
    attack = "${window.hit=1} {{value}} <img src=/evil onerror='window.hit=2'>"
    words = (SAMPLES / "zh-cold-chain.txt").read_text("utf-8")
    file.write_text(f"{words}[01:40] 客户: {attack}\n", "utf-8")
    one = watched()
    page = one.open("/zh/visits")
    page.set_input_files("input[type=file]", file)
    _arrived(one)
    assert page.inner_text("#pp-top h1") == "到访 冷库"
    page.click(".pp-entry h3 button >> nth=0")
    lit = page.locator(".pp-linked[data-lit]").all_inner_texts()
    quote = page.locator(".pp-entry[data-lit]").inner_text()
    assert "".join(lit) in quote
    assert attack in page.inner_text("#pp-said")
    assert page.evaluate("window.hit") is None
    assert page.locator("#pp-said img").count() == 0


def test_entries_can_be_confirmed_and_taken_out(watched: Make, tmp_path: Path) -> None:
    file = tmp_path / "again.txt"
    file.write_text((SAMPLES / "zh-bakery-chain.txt").read_text("utf-8"), "utf-8")
    one = watched()
    page = one.open("/zh/visits")
    page.set_input_files("input[type=file]", file)
    _arrived(one)
    many = page.locator(".pp-entry").count()
    assert many
    page.click(".pp-entry h3 button >> nth=0")
    page.click(".pp-entry[data-lit] [data-act=confirm]")
    page.wait_for_selector("text=已确认")
    page.click(".pp-entry h3 button >> nth=-1")
    page.click(".pp-entry[data-lit] [data-act=remove]")
    page.wait_for_selector(".pp-removed")
    assert page.locator(".pp-entry").count() == many - 1
    page.reload()
    page.wait_for_selector(".pp-removed")
    page.click("[data-act=restore]")
    page.wait_for_function("n => document.querySelectorAll('.pp-entry').length === n", arg=many)


def test_a_recording_without_consent_is_turned_back_with_the_way_on(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/visits")
    page.fill("input[name=consent]", "")  # who agreed the last time may stand there
    page.set_input_files("input[type=file]", SAMPLES / "zh-food-packing.ogg")
    page.wait_for_selector(".pp-trouble")
    assert page.locator("[data-drop]").is_visible(), "the box stays, so that the file can be chosen again"


@no_demo
def test_the_sample_recording_is_heard_and_played(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/visits")
    page.click("[data-act=sample]")
    _arrived(one)
    page.click(".pp-entry h3 button >> nth=0")
    lit = page.locator(".pp-said-row[data-lit]").first
    at = float(lit.get_attribute("data-at") or 0)
    page.wait_for_function("at => document.querySelector('audio').currentTime > at + 0.3", arg=at)
    one.picture("visit-zh.png")
    assert page.locator(".pp-said-row[data-playing]").count() <= 1
    page.click("[data-does=play]")
    page.wait_for_function("() => document.querySelector('audio').paused")
    at = float(page.locator("button.pp-said-at").nth(3).get_attribute("data-at") or 0)
    page.locator("button.pp-said-at").nth(3).click()
    page.wait_for_function("at => document.querySelector('audio').currentTime >= at", arg=at)


@no_demo
def test_an_uploaded_recording_is_heard(watched: Make) -> None:
    one = watched(locale="en-GB")
    page = one.open("/en/visits")
    page.fill("input[name=consent]", "both sides, on the phone")
    page.set_input_files("input[type=file]", SAMPLES / "en-lift-rental.ogg")
    _arrived(one)
    assert page.locator(".pp-said-row").count() > 5


def test_what_was_agreed_to_is_asked_shown_and_put_right(watched: Make, tmp_path: Path) -> None:
    file = tmp_path / "consent.txt"
    file.write_text((SAMPLES / "en-lift-rental.txt").read_text("utf-8") + "Customer: Bye.\n", "utf-8")
    one = watched(locale="en-GB")
    page = one.open("/en/visits")
    page.fill("input[name=consent]", "the site manager")
    page.select_option("select[name=how]", "written")
    page.select_option("select[name=scope]", "record")
    page.set_input_files("input[type=file]", file)
    _arrived(one)
    entry = page.locator(".pp-consent")
    assert (
        "the site manager · agreed in writing (message, mail, contract) · only for the record"
        in entry.inner_text()
    )
    page.click("#pp-acts [data-act=drill]")
    page.wait_for_selector(".pp-trouble")
    assert "--scope coaching" in page.inner_text(".pp-trouble")
    entry.locator("[data-act=consent]").click()
    entry.locator("select[name=scope]").select_option("coaching")
    entry.locator("[data-act=consent-save]").click()
    page.wait_for_function(
        "() => document.querySelector('.pp-consent p')?.innerText.includes('also for coaching')"
    )
    page.click("#pp-acts [data-act=drill]")
    page.wait_for_url("**/practice?scenario=*")


def test_the_sample_transcript_on_a_phone(watched: Make) -> None:
    one = watched(390, 844)
    page = one.open("/zh/visits")
    assert one.sideways() <= 0
    page.click("[data-act=sample-text]")
    _arrived(one)
    assert one.sideways() <= 0
    record, said = page.locator("#pp-record").bounding_box(), page.locator("#pp-said").bounding_box()
    assert record
    assert said
    assert record["y"] < said["y"], "the record comes first on a phone"


def test_the_foot_of_a_visit_leads_to_practice(watched: Make, tmp_path: Path) -> None:
    file = tmp_path / "dear.txt"
    file.write_text(
        "# date: 2026-11-18\n销售: 您看方案怎么样？\n客户: 你们报价太贵了，比另一家高了八万。\n", "utf-8"
    )
    one = watched()
    page = one.open("/zh/visits")
    page.set_input_files("input[type=file]", file)
    _arrived(one)
    page.click(".pp-acts .pp-btn")
    page.wait_for_url("**/zh/practice*")
    page.wait_for_selector("[data-act=start], .pp-scene")


def test_a_strange_visit_says_so(watched: Make) -> None:
    one = watched()
    one.open("/zh/visit?id=nobody")
    one.page.wait_for_selector(".pp-trouble")
    assert not one.page.locator("#pp-visit").is_visible()


def test_the_open_objection_becomes_a_practice(watched: Make, tmp_path: Path) -> None:
    file = tmp_path / "drill.txt"
    file.write_text((SAMPLES / "zh-bakery-chain.txt").read_text("utf-8") + "# to be practised\n", "utf-8")
    one = watched()
    page = one.open("/zh/visits")
    page.set_input_files("input[type=file]", file)
    _arrived(one)
    page.click("[data-act=drill]")
    page.wait_for_url("**/practice?scenario=visit-timing-*")
    opening = page.inner_text(".pp-before .pp-scene__teaser").strip("“”。")
    page.click("[data-act=start]")
    page.wait_for_url("**/session?id=*")
    page.wait_for_selector(".pp-turn--customer")
    assert opening in page.inner_text("#pp-log"), "the customer opens with the words of the visit"
