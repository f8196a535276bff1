"""Pages of ours as PDF: printed by the browser that is here, with words that can be searched."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from coach.errors import Unavailable
from coach.store.visits import NewVisit
from tests.visits.kept import a_coach
from ui.desks.form import FormRoom
from ui.pdf import browser, printed

TALK = Path(__file__).parents[2] / "knowledge" / "samples" / "visits" / "zh-cold-chain.txt"


def _words(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


@pytest.mark.browser
def test_a_post_visit_form_is_printed_and_nothing_said_becomes_markup(tmp_path: Path) -> None:
    coach = a_coach(tmp_path / "home")
    talk = coach.hear(TALK).conversation
    words = (
        TALK.read_text("utf-8")
        + "[01:30] 客户: <img src=http://x.example/a.png> **不是粗体** [点这里](http://x.example)\n"
    )
    made = coach.record(talk)
    visit = NewVisit("冷链.txt", "0" * 64, "zh", words, visited_on=talk.date)
    id = coach.visits.save(visit, engine=made.engine, machine=made.model_dump(mode="json"))
    room = FormRoom(coach)
    room.keep(id, {"note": "样机周二送到，= 号开头也无妨"})
    name, pdf = room.file(id, "pdf", "zh")
    assert name == "冷链"
    told = _words(pdf)
    assert made.next_steps[0].quote.strip("。") in told
    assert "样机周二送到" in told
    assert "<imgsrc=http://x.example/a.png>**不是粗体**[点这里](http://x.example)" in told


def test_without_a_browser_the_way_on_is_to_print_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    browser.cache_clear()
    try:
        with pytest.raises(Unavailable) as refused:
            printed("<p>x</p>")
    finally:
        browser.cache_clear()
    assert "HTML" in refused.value.way_on("zh")
    assert "HTML" in refused.value.way_on("en")
