"""The trainer's rooms of knowledge on a real coach: import, glossary, handbooks, the freshness board."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest

from coach.app import Coach, open_coach
from coach.conversation import conversation
from coach.curation.drafts import ShortWords, from_words
from coach.deals.match import NewDeal
from coach.errors import BadInput, NotFound
from coach.library.ask import ask
from coach.settings import Settings
from coach.speech.hearing import Hearing
from ui.desks.coverage import CoverageRoom
from ui.desks.glossary import GlossaryRoom
from ui.desks.imports import ImportRoom
from ui.desks.shelf import ShelfRoom
from ui.parts.imports import tray
from ui.views.imports import ImportView

HEADS = "名目,结局,背景,异议类型\n"
GOOD = "报警没人接,丢单,上一家的报警半夜没人接，张经理手机 13812345678 也没响。,信任\n"
BAD = "看不懂的异议,赢单,试了三个月终于签了，验收拖了两周。,风水\n"
BOOK = "---\nid: zh-own-tender\nlanguage: zh\ntitle: 投标手册\n---\n# 投标手册\n\n## 先看资格栏 {#gate}\n资格栏里每一条，开标前一周都要有人签字。\n"
AGO = dt.date.today() - dt.timedelta(400)


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Coach:
    """A coach whose team changes what everybody sees, so nobody else shares it."""
    return open_coach(Settings(home=tmp_path_factory.mktemp("knowledge"), engine="offline"))


def _done(desk: ImportRoom, id: str) -> ImportView:
    """The tray once nobody works on it any more."""
    for _ in range(600):
        if (it := desk.seen(id, "zh")).phase not in ("looking", "importing"):
            return it
        time.sleep(0.05)
    raise AssertionError("the work does not end")


def test_files_are_looked_at_corrected_and_taken_in_once(coach: Coach, tmp_path: Path) -> None:
    desk = ImportRoom(coach)

    def put() -> str:
        sheet, book = tmp_path / "up1", tmp_path / "up2"
        sheet.write_text(HEADS + GOOD + BAD, "gbk")
        book.write_text(BOOK, "utf-8")
        return desk.put_in([(sheet, "../<q>表.csv"), (book, "投标.md")])

    it = _done(desk, id := put())
    assert it.phase == "looked"
    assert [many for _, many in it.figures] == [1, 0, 0, 2]  # the handbook; 名目 is no head that is known
    assert coach.curation.all() == []
    assert "<q>表" not in tray(it, "zh")
    desk.look_again(
        id, {"col:名目": "title", "col:结局": "outcome", "col:背景": "background", "as": "", "state": ""}
    )
    it = _done(desk, id)
    assert [many for _, many in it.figures] == [2, 0, 0, 2 - 1]
    assert "风水" in it.faults[0].what
    assert "13812345678" not in desk.faults(id, "zh")[1].decode("utf-8-sig")
    assert "风水" in desk.faults(id, "en")[1].decode("utf-8-sig")
    fields = {f"col:{head}": field for head, field in it.sheets[0].columns}
    desk.take_in(id, fields)
    assert _done(desk, id).phase == "imported"
    assert [one.state for one in coach.curation.pending()] == ["in_review"]
    assert not any(coach.settings.home.glob("trays/*/*/files"))
    again = put()
    _done(desk, again)
    desk.take_in(again, fields)
    assert [many for _, many in _done(desk, again).figures] == [0, 0, 2, 1]
    assert len(coach.curation.all()) == 1
    desk.throw_away(again)
    for strange in (again, "../../coach.db", ""):
        with pytest.raises(NotFound):
            desk.seen(strange, "zh")


def test_a_word_of_the_team_counts_at_once(coach: Coach, tmp_path: Path) -> None:
    desk = GlossaryRoom(coach)
    talk = conversation([("客户", "飞凌上周也来演示了，老板看着挺好。"), ("销售", "飞凌那个就是贴牌货。")])
    told = ShortWords("青禾制药嫌换膜勤", "won", "青禾制药的设备科嫌换膜太勤，看了两家记录才签。")
    listening = coach.settings.model_copy(update={"transcribe_base_url": "http://127.0.0.1:9"})
    sound = Hearing(tmp_path / "x.wav", listening)

    def heard() -> set[str | None]:
        return {one.type for one in coach.engine.read(talk).items if one.label == "objection"}

    assert "competitor" not in heard()
    assert "competitor" not in coach.matcher.trouble(NewDeal(text="飞凌也在跟这家，怎么打")).obstacles
    desk.save("", {"word": "飞凌", "kind": "rival", "language": "zh", "aliases": "老飞", "note": ""})
    desk.save(
        "", {"word": "青禾制药", "kind": "customer", "language": "zh", "aliases": "青禾", "note": "常跑"}
    )
    readings = coach.engine.read(talk)
    assert all(talk.turn(one.turn).text[one.start : one.end] == one.quote for one in readings.items)
    assert "competitor" in heard()
    assert "competitor" in coach.matcher.trouble(NewDeal(text="飞凌也在跟这家，怎么打")).obstacles
    draft = from_words(told, "zh", customers=coach.glossary.customers)
    assert "青禾" not in str(draft.as_json())
    assert "青禾制药" in sound._hotwords("zh")
    for word, aliases in (("飞凌", ""), ("别家", "老飞"), ("飞", "")):
        with pytest.raises(BadInput):
            desk.save("", {"word": word, "kind": "rival", "language": "zh", "aliases": aliases, "note": ""})
    form = desk.form("zh|飞凌", "zh")
    desk.save(form.key, {"word": "飞凌仪表", "kind": "rival", "language": "zh", "aliases": "", "note": ""})
    desk.remove("zh|飞凌仪表")
    assert [row.word for row in desk.glossary("zh").own] == ["青禾制药"]
    assert "competitor" not in heard()


def test_a_handbook_is_checked_put_replaced_and_put_back(coach: Coach) -> None:
    desk = ShelfRoom(coach)
    broken = BOOK.replace("每一条", "[每一条](#nowhere)")
    assert not desk.check(broken, "zh").may_keep
    with pytest.raises(BadInput):
        desk.keep(broken)
    first = BOOK.replace("zh-own-tender", "zh-objections").replace("---\n# ", "version: 9.0.0\n---\n# ")
    seen = desk.check(first, "zh")
    assert "#price" in seen.lost
    assert seen.may_keep
    assert desk.keep(first) == "zh-objections"
    assert {row.id for row in desk.books("zh") if row.own} >= {"zh-objections"}
    desk.keep(first.replace("一周", "两周"))
    page = desk.book("zh-objections", "zh")
    assert [one.version for one in page.wordings] == ["9.1.0", "9.0.0", "shipped"]
    assert "两周" in page.text
    desk.put_back("zh-objections", "9.0.0")
    assert "一周" in desk.book("zh-objections", "zh").text
    desk.put_back("zh-objections", "shipped")
    assert not desk.book("zh-objections", "zh").own
    with pytest.raises(NotFound):
        desk.put_back("zh-objections", "../../x")
    with pytest.raises(NotFound):
        desk.take_off("zh-price")


def test_what_is_set_aside_is_not_matched_until_somebody_looked(coach: Coach) -> None:
    folder = coach.settings.home / "library"
    (folder / "cases" / "zh").mkdir(parents=True, exist_ok=True)
    (folder / "cases" / "zh" / "zh-own-membrane.yaml").write_text(
        f"title: 海水淡化膜嫌换得太勤\noutcome: won\nlanguage: zh\none_line: 海水淡化厂嫌膜三年一换太勤\n"
        f"pain_keywords: [海水淡化膜, 换膜太勤]\nreviewed_on: {AGO}\n",
        "utf-8",
    )
    (folder / "handbooks" / "zh-own-cycle.md").write_text(
        f"---\nlanguage: zh\ntitle: 海水淡化手册\nreviewed_on: {AGO}\n---\n## 换膜周期怎么谈 {{#cycle}}\n海水淡化膜的换膜周期看清洗记录，不看年头。\n",
        "utf-8",
    )
    desk, deal = CoverageRoom(coach), NewDeal(text="海水淡化厂嫌膜换得太勤")

    def matched() -> bool:
        return "zh-own-membrane" in {one.case_id for one in coach.match(deal).cases}

    def answered() -> bool:
        links = {one.link for one in ask(coach.library, "海水淡化膜的换膜周期看什么", "zh").passages}
        return "zh-own-cycle#cycle" in links

    assert "zh-own-membrane" in coach.library.case_ids()
    assert not matched()
    assert not answered()
    with pytest.raises(BadInput):
        desk.looked("zh-own-membrane", "老周", str(AGO), "zh")
    with pytest.raises(NotFound):
        desk.looked("nothing", "", "", "zh")
    desk.looked("zh-own-membrane", "老周", "", "zh")
    assert matched()
    desk.looked("zh-own-cycle", "", str(dt.date.today() + dt.timedelta(20)), "zh")
    assert answered()
    rows = {row.id: row for lane in desk.lanes("zh") for row in lane.rows}
    assert rows["zh-own-membrane"].owner == "老周"
    assert rows["zh-own-membrane"].tone == "good"
