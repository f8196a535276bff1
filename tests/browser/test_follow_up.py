"""After a visit, as a rep does it in the browser: marks, corrections, the form, drafts, files, and home before and after."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.ui.serving import Served

Make = Callable[..., Watched]
SAMPLES = Path(__file__).parents[2] / "knowledge" / "samples" / "visits"


def _opened(one: Watched, file: Path, language: str = "zh") -> str:
    """Upload a transcript and wait for its page; the visit's id."""
    page = one.open(f"/{language}/visits")
    page.set_input_files("input[type=file]", file)
    page.wait_for_url("**/visit?id=*")
    page.wait_for_selector("#pp-record .pp-action")
    return page.url.partition("id=")[2]


def _transcript(tmp_path: Path, name: str, sample: str = "zh-cold-chain.txt") -> Path:
    file = tmp_path / name
    file.write_text((SAMPLES / sample).read_text("utf-8") + f"# {name}\n", "utf-8")
    return file


def test_the_three_classes_are_marked_and_each_can_be_switched_off(watched: Make, tmp_path: Path) -> None:
    one = watched()
    _opened(one, _transcript(tmp_path, "标记.txt"))
    page = one.page
    ground = "getComputedStyle(document.querySelector('.pp-linked--time_points')).backgroundColor"
    marked = page.evaluate(ground)
    page.click(".pp-filter--time_points")
    assert page.evaluate(ground) == "rgba(0, 0, 0, 0)" != marked
    assert page.get_attribute(".pp-filter--time_points", "aria-pressed") == "false"
    page.click(".pp-entry h3 button >> nth=0")
    page.click(".pp-entry[data-lit] [data-act=confirm]")
    page.wait_for_selector("text=已确认")
    assert page.evaluate(ground) == "rgba(0, 0, 0, 0)", "it stays off when the page is drawn anew"
    page.click(".pp-filter--time_points")
    assert page.evaluate(ground) == marked


def test_an_entry_and_a_line_are_put_right(watched: Make, tmp_path: Path) -> None:
    one = watched()
    _opened(one, _transcript(tmp_path, "改正.txt"))
    page = one.page
    page.click(".pp-chip--time_points >> nth=0")
    page.click(".pp-marked[data-lit] [data-act=edit]")
    page.wait_for_selector(".pp-edit [name=date]")
    assert page.evaluate("document.activeElement.name") == "quote", "one can type at once"
    page.fill(".pp-edit [name=date]", "2026-12-24")
    page.click("[data-act=edit-save]")
    page.wait_for_selector("text=→ 12 月 24 日")
    page.hover("#said-1")
    page.click("#said-1 .pp-said-edit")
    page.fill(".pp-edit [name=text]", "方经理您好，上回那批退货<b>后来</b>怎么办的？")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#said-1:has-text('怎么办的')")
    assert page.locator("#said-1 b").count() == 1, "only the speaker's name is bold"
    page.reload()
    page.wait_for_selector("#said-1:has-text('怎么办的')")


def test_a_quote_that_was_not_said_is_refused_and_the_words_typed_stay(watched: Make, tmp_path: Path) -> None:
    one = watched(locale="en-GB")
    _opened(one, _transcript(tmp_path, "refused.txt", "en-gate-access.txt"), "en")
    page = one.page
    page.click(".pp-entry h3 button >> nth=0")
    page.click(".pp-entry[data-lit] [data-act=edit]")
    page.fill(".pp-edit [name=quote]", "They will sign tomorrow")
    page.click("[data-act=edit-save]")
    page.wait_for_selector("#pp-acts .pp-trouble")
    assert page.input_value(".pp-edit [name=quote]") == "They will sign tomorrow"
    page.press(".pp-edit [name=quote]", "Escape")
    page.wait_for_selector(".pp-edit", state="detached")


def test_the_form_is_handed_in_and_home_stops_asking(watched: Make, tmp_path: Path) -> None:
    one = watched()
    id = _opened(one, _transcript(tmp_path, "交表.txt"))
    page = one.open("/zh/")
    page.click(f".pp-waits a[href*='{id}']")
    page.wait_for_selector("[data-form]")
    assert "“赔了客户十一万七”" in page.inner_text(".pp-draft >> nth=0"), (
        "the mail speaks the customer's words"
    )
    for nothing_read in page.locator("[data-form] li textarea").all():
        nothing_read.fill("上回装的没人看，怕这回也一样")
    page.fill("[name=support]", "请质量部一起去")
    page.click("[data-act=hand-in]")
    page.wait_for_selector("text=已提交")
    assert page.input_value("[name=support]") == "请质量部一起去"
    one.open("/zh/")
    assert page.locator(f".pp-waits a[href*='{id}']").count() == 0


@pytest.mark.parametrize("form", ["xlsx", "md", "json", "ics"])
def test_records_are_fetched_as_files(watched: Make, tmp_path: Path, form: str) -> None:
    one = watched()
    _opened(one, _transcript(tmp_path, "导出.txt"))
    page = one.page
    page.click(".pp-menu summary")
    with page.expect_download() as waiting:
        page.click(f".pp-menu a[href*='.{form}']")
    file = tmp_path / f"got.{form}"
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename == f"导出.{form}"
    body = file.read_bytes()
    if form == "json":
        assert json.loads(body)["language"] == "zh"
    starts = {"xlsx": b"PK", "md": "# 导出".encode(), "json": b"{", "ics": b"BEGIN:VCALENDAR"}
    assert body.startswith(starts[form])


def test_strange_files_are_not_found(site: Served) -> None:
    for path in ("visits/nobody.md", "visits/..%2f..%2fcoach.md", "reports/nobody.html", "visits/x.exe"):
        assert site.ask(f"/downloads/{path}").status == 404, path


def test_the_sheet_before_a_meeting_prints_on_one_side(watched: Make, tmp_path: Path) -> None:
    from pypdf import PdfReader

    for language, locale in (("zh", "zh-CN"), ("en", "en-GB")):
        one = watched(locale=locale)
        page = one.open(f"/{language}/deals")
        page.click("[data-act=example]")
        page.wait_for_selector(".pp-case")
        page.click("#pp-top .pp-top__acts a")
        page.wait_for_selector(".pp-sheet")
        file = tmp_path / f"{language}.pdf"
        page.pdf(path=file, format="A4")
        assert len(PdfReader(file).pages) == 1
