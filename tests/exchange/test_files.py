"""Files as people have them: any encoding, any office format, and those that nobody should open."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from coach.documents.opened import opened
from coach.documents.radicals import without_look_alikes
from coach.errors import BadInput
from coach.exchange.intake import Told
from coach.exchange.prose import handbook_text, markdown_of
from coach.exchange.reading import HandbookTold, told_by
from tests.exchange.made import pdf_saying

HEADS = "案例名称,所属行业,员工数,异议,结果,项目背景,可复用话术\n"
ROW = "报警没人接,食品厂,300人,嫌贵、信不过,丢单,上一家供应商的报警半夜没人接，采购不信我们。,先看两个夜班的数。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_a_sheet_is_read_in_whatever_encoding(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "战例.csv"
    file.write_bytes((HEADS + ROW).encode(encoding))
    (told,) = told_by(file)
    assert isinstance(told, Told)
    assert told.case is not None, told.faults
    assert told.case.title == "报警没人接"
    assert (told.case.outcome, told.case.size, told.case.objection_types) == (
        "lost",
        "medium",
        ("price", "trust"),
    )
    assert told.case.reusable_phrases[0].say == "先看两个夜班的数。"


def test_titles_above_the_head_are_stepped_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("2026 年战例汇总\n,,\n" + HEADS + ROW + ROW.replace("丢单", "？？"), "utf-8")
    good, bad = told_by(file)
    assert isinstance(good, Told)
    assert isinstance(bad, Told)
    assert (good.place.row, bad.place.row) == (4, 5)
    assert (bad.faults[0].column, bad.faults[0].field, bad.faults[0].held) == ("结果", "outcome", "？？")


def test_a_column_can_be_mapped_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("甲,乙,丙\n一个标题,won,客户嫌贵，我们把停线损失算给他看。\n", "utf-8")
    with pytest.raises(BadInput):
        list(told_by(file))
    (told,) = told_by(file, said={"甲": "title", "乙": "outcome", "丙": "背景"})
    assert isinstance(told, Told)
    assert told.case is not None
    with pytest.raises(BadInput, match="no field"):
        list(told_by(file, said={"甲": "nonsense"}))


def test_word_and_slides_become_sections(tmp_path: Path) -> None:
    import docx
    import pptx

    document = docx.Document()
    document.add_heading("价格手册", 0)
    document.add_heading("先问那张纸", 1)
    document.add_paragraph("不知道那个数写在哪张纸上，就不动自己的数。")
    document.add_paragraph("问谁填的", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("他说", "问"), ("太贵", "跟谁比")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    word = tmp_path / "价格手册.docx"
    document.save(str(word))
    text = handbook_text(markdown_of(opened(word)), "价格手册")
    assert "## 先问那张纸" in text
    assert "- 问谁填的" in text
    assert "| 太贵 | 跟谁比 |" in text

    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "访后二十四小时"
    slide.placeholders[1].text = "交五格\n原话不改"
    slides = tmp_path / "a.pptx"
    show.save(str(slides))
    (told,) = told_by(slides)
    assert isinstance(told, HandbookTold)
    assert "交五格" in told.text


def test_a_document_with_the_headings_of_a_case_is_a_case(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "# 采购不吭声\n\n## 结局\n丢单\n\n## 背景\n报完价他不吭声，我们又让了两回。\n\n## 可复用话术\n- 您先看看，我等着。\n",
        "utf-8",
    )
    (told,) = told_by(file)
    assert isinstance(told, Told)
    assert told.case is not None, told.faults
    assert (told.case.title, told.case.outcome) == ("采购不吭声", "lost")


def test_look_alike_radicals_of_a_pdf_become_characters(tmp_path: Path) -> None:
    assert without_look_alikes("⼿册第⼀步，⻔店⻓⻋") == "手册第一步，门店长车"
    file = tmp_path / "手册.pdf"
    file.write_bytes(pdf_saying("⼿册第⼀步：先问⼀句。"))
    text = markdown_of(opened(file))
    assert "手册第一步：先问一句。" in text


def test_what_nobody_should_open_is_refused_with_a_way_on(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", bytes(120_000_000))
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    empty, fake, archive = tmp_path / "a.csv", tmp_path / "b.docx", tmp_path / "c.zip"
    empty.touch()
    fake.write_text("no office file", "utf-8")
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "x")
    picture = tmp_path / "scan.pdf"
    picture.write_bytes(pdf_saying(""))
    for file in (bomb, old, empty, fake, archive, tmp_path / "missing.csv", tmp_path / "x.exe"):
        if file.name == "x.exe":
            file.write_bytes(b"MZ")
        with pytest.raises(BadInput) as refused:
            opened(file)
        assert all(refused.value.what), file.name
        assert all(refused.value.next), file.name
    with pytest.raises(BadInput, match="pictures"):
        markdown_of(opened(picture))


def test_a_damaged_office_file_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", b"<not a document")
    with pytest.raises(BadInput):
        markdown_of(opened(file))
