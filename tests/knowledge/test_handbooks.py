"""Handbooks: sections and parts can be cited, in shipped books and in a team's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.located import FaultyContent
from knowledge.handbook import read_handbook
from knowledge.loader import load_handbooks

OWN = """# 我们组的打法

不归任何一节的话。

## 先问再答

头两句里要有一个真问句。

### 动作标准
- 先接一句。

### 为什么 {#why}
因为他没说完。

### 考核指标
- 每周抽听。

## 先问再答

第二个同名的。

```
## 不是标题
```
"""


def test_a_book_without_head_and_anchors_can_be_cited(tmp_path: Path) -> None:
    file = tmp_path / "ours.md"
    file.write_text(OWN, encoding="utf-8")
    book = read_handbook(file)
    assert (book.id, book.title, book.language) == ("ours", "我们组的打法", "zh")
    assert [section.id for section in book.sections] == [
        "ours#先问再答",
        "ours#先问再答/1",
        "ours#why",
        "ours#先问再答/2",
        "ours#先问再答-2",
    ]
    assert {section.link for section in book.sections} == {"ours#先问再答", "ours#why", "ours#先问再答-2"}
    assert "## 不是标题" in book.sections[-1].text


def test_lines_point_at_the_headings(tmp_path: Path) -> None:
    file = tmp_path / "ours.md"
    file.write_text("---\nid: ours\ntitle: 我们的\nlanguage: zh\n---\n" + OWN, encoding="utf-8")
    lines = file.read_text(encoding="utf-8").splitlines()
    for section in read_handbook(file).sections:
        assert lines[section.line - 1].startswith("##")
        assert (section.heading or section.title) in lines[section.line - 1]


def test_a_bad_head_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.md"
    file.write_text("---\nid: bad\ntitle: 坏\nlanguage: zh\ntier: gold\n---\n## 一\n话。\n", encoding="utf-8")
    with pytest.raises(FaultyContent) as caught:
        read_handbook(file)
    assert [fault.line for fault in caught.value.faults] == [5]


def test_shipped_sections_have_unique_ids_and_words() -> None:
    books = load_handbooks()
    ids = [section.id for book in books for section in book.sections]
    assert len(ids) == len(set(ids)) > 20
    assert all(section.text for book in books for section in book.sections)
    assert {book.language for book in books} == {"zh", "en"}
