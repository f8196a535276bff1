"""Handbooks from files onto a team's own shelf: one Markdown file each, older wordings kept beside it.

library/handbooks/zh-visit.md           what is asked
library/handbooks/_zh-visit@1.0.0.md    what it said before; names with an underscore are not read
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from coach.errors import BadContent
from coach.located import FaultyContent
from coach.privacy.masking import private_in
from coach.store.disk import writing
from knowledge.handbook import Handbook, read_handbook
from knowledge.loader import handbook_files

Fate = Literal["new", "changed", "same"]
_PRIVATE: Final = frozenset(("phone", "email", "id", "card", "account"))
_VERSION: Final = re.compile(r"^version:\s*['\"]?([\w.-]+)['\"]?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of one handbook; `private` counts numbers and addresses that somebody should look at."""

    id: str
    title: str
    fate: Fate
    version: str
    sections: int
    private: int


def place(text: str, folder: Path, shelves: Sequence[Path] = (), *, dry_run: bool = False) -> Placed:
    """Put a handbook into `folder`, unless a shelf holds these very words. Raises BadContent when it has no section."""
    book = _read(text, folder)
    if not book.sections:
        raise BadContent(
            ("这本手册里没有能引用的章节", "This handbook has no section that could be cited"),
            ("正文里至少要有一个标题和几句话。", "Give it at least one heading with some words below it."),
        )
    private = sum(one.kind in _PRIVATE for one in private_in(text))
    before = _standing(book.id, (folder.parent, *shelves))
    if before is not None and _said(before.read_text("utf-8-sig")) == _said(text):
        return Placed(book.id, book.title, "same", book.version, len(book.sections), private)
    version = _later(before, book.version)
    if not dry_run:
        _write(folder, book.id, _with_version(text, version))
    fate: Fate = "new" if before is None else "changed"
    return Placed(book.id, book.title, fate, version, len(book.sections), private)


def _read(text: str, folder: Path) -> Handbook:
    """The handbook that the text is; faults name the line."""
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "handbook.md"
        file.write_text(text, encoding="utf-8")
        try:
            book = read_handbook(file)
        except FaultyContent as error:
            first, many = error.faults[0], len(error.faults)
            raise BadContent(
                (
                    f"手册第 {first.line} 行：{first.zh[:200]}" + (f"（共 {many} 处）" if many > 1 else ""),
                    f"The handbook, line {first.line}: {first.en[:200]}"
                    + (f" ({many} faults in all)" if many > 1 else ""),
                ),
                (
                    "改好文件开头两条 --- 之间的几行再导。",
                    "Correct the lines between the two --- at its top.",
                ),
            ) from error
    if not re.fullmatch(r"[\w][\w.-]{0,119}", book.id):
        raise BadContent(
            (f"手册编号不能用：{book.id[:40]}", f"This id cannot be used: {book.id[:40]}"),
            ("编号只用字母、数字、汉字和连字符。", "Use letters, digits and hyphens only."),
        )
    return book


def _standing(book_id: str, shelves: Sequence[Path]) -> Path | None:
    """The file of this id that counts now: a team's own before the shipped one."""
    files = {file.stem: file for file in handbook_files(tuple(shelves))}
    return files.get(book_id)


def _later(before: Path | None, said: str) -> str:
    """The version of the new wording: the one it says, unless that is no other than before."""
    if before is None:
        return said
    match = _VERSION.search(before.read_text("utf-8-sig"))
    old = match.group(1) if match else "1.0.0"
    if said != old:
        return said
    numbers = [int(part) if part.isdigit() else 0 for part in old.split(".")][:3]
    numbers += [0] * (3 - len(numbers))
    return f"{numbers[0]}.{numbers[1] + 1}.0"


def _write(folder: Path, book_id: str, text: str) -> None:
    """The new wording in one step; the old one beside it under its version."""
    file = folder / f"{book_id}.md"
    with writing():
        folder.mkdir(parents=True, exist_ok=True)
        if file.exists():
            older_file(file).write_bytes(file.read_bytes())
        beside = folder / f".{book_id}.{os.getpid()}"
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, file)


def older_file(file: Path) -> Path:
    """Where the wording in `file` goes when another takes its place: beside it, over no other wording."""
    words = file.read_bytes()
    match = _VERSION.search(words.decode("utf-8-sig", "replace"))
    name, number = f"_{file.stem}@{match.group(1) if match else '1.0.0'}", 1
    while True:
        beside = file.with_name(f"{name}{f'-{number}' if number > 1 else ''}.md")
        if not beside.exists() or beside.read_bytes() == words:
            return beside
        number += 1


def _with_version(text: str, version: str) -> str:
    """The text with this version in its head."""
    if _VERSION.search(text.partition("\n---")[0]):
        return _VERSION.sub(f"version: {version}", text, count=1)
    return text.replace("---\n", f"---\nversion: {version}\n", 1)


def _said(text: str) -> str:
    words = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return re.sub(rf"{_VERSION.pattern}\n", "", words, count=1, flags=re.MULTILINE).strip()
