"""Practice in a real browser: from the shelf to the report, with the keyboard, at three widths."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from playwright.sync_api import Route

from tests.browser.conftest import SAID, TAKING_PICTURES, Watched
from tests.browser.playing import PLAYED, let_time_pass, over, say, start

Make = Callable[..., Watched]


def test_a_session_from_the_shelf_to_its_report(watched: Make) -> None:
    one = watched()
    page = one.page
    lines = start(one, "zh")
    assert page.inner_text("[role=timer]").count(":") == 1
    talk(one, lines[:5])
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA", "the focus stays where people type"
    log = page.locator(".pp-log").first
    assert log.evaluate("e => e.scrollHeight - e.scrollTop - e.clientHeight") < 4, "the chat follows its end"
    if page.locator("button[data-act=hint]").count():
        page.click("button[data-act=hint]")
        page.wait_for_selector(".pp-rung--used")
    one.picture("practice-zh.png")
    before = page.inner_text("#pp-log")
    page.reload()
    page.wait_for_selector(".pp-turn--rep")
    assert page.inner_text("#pp-log") == before, "a reload goes on where it was"
    if TAKING_PICTURES:
        talk(one, lines[5:])
    page.click(".pp-over a" if over(one) else ".pp-end-wide")
    page.wait_for_url("**/report?id=*")
    page.wait_for_selector(".pp-verdict")
    assert page.locator(".pp-radar").count() == 1
    assert page.locator(".pp-timeline--wide").is_visible()
    one.picture("report-zh.png")
    page.click("[data-does=table]")
    assert page.locator(".pp-table").is_visible()
    page.click(".pp-verdict [data-does=turn] >> nth=0")
    assert page.locator(".pp-turn.pp-lit").count() == 1
    page.click("[data-act=again]")
    page.wait_for_url("**/session?id=*")


def talk(one: Watched, lines: Sequence[str]) -> None:
    """Say the lines; for a picture at the pace of people, so that clock and curve look as they do in use."""
    for number, words in enumerate(lines):
        if over(one):
            return
        if TAKING_PICTURES:
            let_time_pass(one, 14 + 9 * (number % 3))
        say(one, words)


def test_when_time_is_up_the_session_ends_by_itself(watched: Make) -> None:
    one = watched()
    lines = start(one, "zh")
    say(one, lines[0])
    left = one.page.inner_text("[role=timer]").split(":")
    let_time_pass(one, 60 * int(left[0]) + int(left[1]) - 4)
    one.page.wait_for_selector(".pp-over")
    one.page.click(".pp-over a")
    one.page.wait_for_selector(".pp-verdict")


def test_shift_enter_breaks_the_line_and_input_methods_do_not_send(watched: Make) -> None:
    one = watched()
    start(one, "zh")
    page = one.page
    page.fill("#pp-text textarea", "第一行")
    page.press("#pp-text textarea", "Shift+Enter")
    page.type("#pp-text textarea", "第二行")
    assert page.input_value("#pp-text textarea") == "第一行\n第二行"
    page.dispatch_event("#pp-text textarea", "keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    page.wait_for_timeout(300)
    assert page.locator(".pp-turn--rep").count() == 0


def test_pausing_stops_the_clock(watched: Make) -> None:
    one = watched()
    start(one, "zh")
    page = one.page
    page.click("[data-act=pause]")
    page.wait_for_selector("[data-act=go_on]")
    shown = page.inner_text("[role=timer]")
    page.wait_for_timeout(2500)
    assert page.inner_text("[role=timer]") == shown
    page.click("[data-act=go_on]")
    page.wait_for_selector("#pp-text textarea:visible")


def test_a_line_sent_while_the_customer_still_answers_is_not_lost(watched: Make) -> None:
    one = watched()
    lines = start(one, "zh")
    page = one.page
    page.fill("#pp-text textarea", lines[0])
    page.press("#pp-text textarea", "Enter")
    page.wait_for_selector(".pp-turn--rep")
    page.fill("#pp-text textarea", lines[1])
    page.press("#pp-text textarea", "Enter")
    page.wait_for_function("() => document.querySelectorAll('.pp-turn--rep').length === 2")
    page.wait_for_function("() => !document.querySelector('.pp-turn--wait')")
    assert lines[1] in page.inner_text("#pp-log")
    assert page.input_value("#pp-text textarea") == ""


def test_strange_words_stay_words(watched: Make) -> None:
    one = watched()
    start(one, "zh")
    page = one.page
    attack = '<img src=/evil onerror="window.hit=1"> ${window.hit=2} {{value}} 您怎么看？'
    say(one, attack)
    assert page.evaluate("window.hit") is None
    assert attack in page.inner_text("#pp-log")
    assert page.locator("#pp-log img").count() == 0


def test_english_practice(watched: Make) -> None:
    one = watched(locale="en-GB")
    talk(one, start(one, "en")[:4])
    assert one.page.evaluate("document.documentElement.lang") == "en"
    one.picture("practice-en.png")


def test_a_phone_sees_everything_without_scrolling_sideways(watched: Make) -> None:
    one = watched(390, 844)
    page = one.page
    talk(one, start(one, "zh")[:3])
    assert one.sideways() <= 0
    assert not page.locator("#pp-brief").is_visible()
    one.picture("practice-390.png")
    page.click("[data-does=sheet]")
    assert page.locator("#pp-brief .pp-side").is_visible()
    assert page.locator("#pp-live .pp-ladder").is_visible()
    page.click("[data-does=sheet]")
    page.click(".pp-over a" if over(one) else ".pp-end-short")
    page.wait_for_url("**/report?id=*")
    page.wait_for_selector(".pp-verdict")
    assert one.sideways() <= 0
    assert page.locator(".pp-timeline--narrow").is_visible()


def test_between_the_brief_is_a_strip_that_opens(watched: Make) -> None:
    one = watched(1024, 768)
    start(one, "zh")
    page = one.page
    assert not page.locator(".pp-side__brief").is_visible()
    page.click("[data-does=brief]")
    assert page.locator(".pp-side__brief").is_visible()
    assert one.sideways() <= 0


def test_what_is_said_into_the_microphone_stands_in_the_text_box(watched: Make) -> None:
    one = watched()
    start(one, "zh")
    page = one.page
    page.focus("[data-talk]")
    page.keyboard.press("Space")
    page.wait_for_selector("[data-talk][aria-pressed=true]")
    page.wait_for_timeout(5_500)
    page.keyboard.press("Space")
    page.wait_for_function(
        "() => document.querySelector('[data-talk]').getAttribute('aria-pressed') === 'false'"
    )
    page.wait_for_function("() => document.querySelector('#pp-text textarea').value.length > 0")
    assert page.input_value("#pp-text textarea") == SAID


def test_the_customer_is_read_aloud_by_a_voice_of_this_machine_alone(watched: Make) -> None:
    one = watched(locale="en-GB")
    # This Chromium has no voices: one of its own and one from the network are put in its place.
    one.page.add_init_script("""
      window.read = [];
      window.SpeechSynthesisUtterance = function (text) { this.text = text; };
      const voices = [{localService: false, lang: 'en-US', name: 'far'}];
      const synth = {getVoices: () => voices, cancel() { read.push('hush'); },
        speak(words) { words.onstart?.(); read.push(`${words.voice.name}: ${words.text}`); }};
      Object.defineProperty(window, 'speechSynthesis', {value: synth});
      window.near = () => voices.push({localService: true, lang: 'en-GB', name: 'near'});
    """)
    lines = start(one, "en")
    page = one.page
    page.wait_for_selector("[data-does=voice][aria-disabled=true]")
    page.focus("[data-does=voice]")
    page.keyboard.press("Enter")
    assert "no English voice of its own" in page.inner_text("#pp-under")
    page.evaluate("near()")
    page.wait_for_selector("[data-does=voice]:not([aria-disabled])")
    assert page.evaluate("read") == [], "nobody asked for it yet"
    page.click("[data-does=voice]")
    page.wait_for_selector(".pp-turn--saying")
    opening = page.locator(".pp-turn--customer").count()
    say(one, lines[0])
    page.wait_for_function("() => read.length >= 2")
    answers = page.locator(".pp-turn--customer .pp-bubble").all_inner_texts()[opening - 1 :]
    assert page.evaluate("read") == [f"near: {words}" for words in answers], (
        "each line once, as it stands there"
    )
    page.click("[data-does=voice]")
    assert page.evaluate("read.at(-1)") == "hush"


def test_a_strange_session_says_so(watched: Make) -> None:
    one = watched()
    one.open("/zh/session?id=nobody")
    one.page.wait_for_selector(".pp-trouble")
    assert not one.page.locator("#pp-session").is_visible()


def test_a_line_is_redone_and_both_ways_stand_side_by_side(watched: Make) -> None:
    one = watched()
    page = one.page
    talk(one, start(one, "zh")[:3])
    page.click(".pp-end-wide")
    page.wait_for_url("**/report?id=*")
    page.wait_for_selector(".pp-redo")
    assert page.locator(".pp-redo").count() == 3, "every line of the rep's can be redone"
    page.click(".pp-redo >> nth=1")
    page.wait_for_url("**/session?id=*")
    page.wait_for_selector(".pp-turn--rep")
    assert page.locator(".pp-turn--rep").count() == 1, "it stands just before the second line"
    say(one, "嗯，好的。")
    page.click(".pp-over a" if over(one) else ".pp-end-wide")
    page.wait_for_url("**/report?id=*")
    page.click("a[href*='/compare?id=']")
    page.wait_for_selector(".pp-forkside--new")
    assert "嗯，好的。" in page.inner_text(".pp-forkside--new")
    assert "嗯，好的。" not in page.inner_text(".pp-forkside--old")
    assert page.locator(".pp-changes li").count() > 0
    page.set_viewport_size({"width": 390, "height": 844})
    assert one.sideways() <= 0


def test_an_exam_has_no_hints_no_pause_and_the_first_counts(watched: Make) -> None:
    one = watched(locale="en-GB")
    page = one.page
    one.open(f"/en/practice?scenario={PLAYED['en']}")
    page.click("[data-act=exam]")
    page.wait_for_url("**/session?id=*")
    page.wait_for_selector(".pp-turn--customer")
    assert "Exam, it counts" in page.inner_text("#pp-top")
    assert page.locator("[data-act=hint], [data-act=pause]").count() == 0
    say(one, "Help me see it the way you do: what is that compared with?")
    running = page.url
    one.open(f"/en/practice?scenario={PLAYED['en']}")
    page.click(f"a[href*='{running.partition('id=')[2]}']")
    page.wait_for_selector(".pp-turn--rep")
    page.click(".pp-over a" if over(one) else ".pp-end-wide")
    page.wait_for_url("**/report?id=*")
    page.wait_for_selector(".pp-verdict")
    assert "Exam, it counts" in page.inner_text(".pp-hero")


def test_a_colleague_takes_the_customers_seat_in_another_window(watched: Make) -> None:
    rep, customer = watched(), watched()
    rep.open(f"/zh/practice?scenario={PLAYED['zh']}")
    rep.page.click("[data-act=colleague]")
    rep.page.wait_for_url("**/colleague?id=*")
    rep.page.wait_for_selector(".pp-seats")
    customer.open(rep.page.url.partition(rep.site.address)[2].replace("seat=rep", "seat=customer"))
    customer.page.wait_for_selector("#pp-live .pp-side__part")
    parts = [one.page.locator("#pp-live h2").all_inner_texts() for one in (rep, customer)]
    assert "你演谁" in parts[1], "the card is the customer's"
    assert "你演谁" not in parts[0]
    customer.page.fill("#pp-text textarea", "太贵了，旁人比你便宜。")
    customer.page.press("#pp-text textarea", "Enter")
    rep.page.wait_for_selector(".pp-turn--customer")
    rep.page.fill("#pp-text textarea", "该问。您说便宜的那份，里头都包了什么？")
    rep.page.press("#pp-text textarea", "Enter")
    customer.page.wait_for_selector(".pp-turn--customer")
    rep.page.wait_for_selector("#pp-live .pp-score")
    customer.page.click("[data-act=agree]")
    rep.page.wait_for_function("() => !document.querySelector('#pp-text textarea')?.offsetParent")


def test_what_is_pressed_while_another_answer_is_under_way_is_asked_once(watched: Make) -> None:
    one = watched()
    page = one.open("/zh/practice")
    page.wait_for_selector(".pp-scene")
    asked: list[Route] = []
    page.route(lambda url: "/run/" in url, lambda route: asked.append(route))
    page.dblclick("[data-act=pick][data-id='type=price']")
    page.click("[data-act=pick][data-id='type=trust']")
    page.wait_for_timeout(300)
    assert len(asked) == 2, "the second of a double click is dropped, the press on something else is not"
    for route in asked:
        route.continue_()
    page.wait_for_selector("[data-act=pick][aria-pressed=true][data-id='']")
