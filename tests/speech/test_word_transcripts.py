"""Transcripts in Word documents, as meeting tools hand them out: read as their text would be, refused in a sentence."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from coach.conversation import Conversation
from coach.errors import BadTranscript
from coach.settings import Settings
from coach.speech.door import open_conversation

TIMED = (
    "张伟(00:00:03):",
    "王姐好，我是卖收银系统的。",
    "王敏(00:00:09):",
    "机子老是死机，",
    "一停就是半天。",
)


def word(path: Path, paragraphs: Sequence[str], heading: str = "", names: str = "") -> Path:
    """A document with a title and these paragraphs; those that end in a colon get the style `names`."""
    document = docx.Document()
    if heading:
        document.add_heading(heading, 0)
    for words in paragraphs:
        document.add_paragraph(words, style=names if names and words.endswith(":") else None)
    document.save(str(path))
    return path


def read(path: Path, home: Path) -> Conversation:
    """The conversation in a file."""
    return open_conversation(path, settings=Settings(home=home, engine="offline")).conversation


@pytest.mark.parametrize("names", ["", "Heading 3"])
def test_a_meeting_tools_document_gives_names_times_and_words(names: str, tmp_path: Path) -> None:
    talk = read(word(tmp_path / "周会.docx", TIMED, heading="华东区拜访 文字记录", names=names), tmp_path)
    assert [(turn.speaker, turn.start, turn.text) for turn in talk.turns] == [
        ("张伟", 3, "王姐好，我是卖收银系统的。"),
        ("王敏", 9, "机子老是死机，一停就是半天。"),
    ]


def test_lines_with_labels_are_turns_whatever_the_file_is_called(tmp_path: Path) -> None:
    lines = ["Rep: Thanks for the time.", "Customer: The belts keep snapping.", "Rep: How often?"]
    talk = read(word(tmp_path / "call.m4a", lines, heading="Call with Karen"), tmp_path)
    assert [turn.speaker for turn in talk.turns] == ["Rep", "Customer", "Rep"]
    assert talk.language == "en"


def test_a_damaged_document_a_bomb_and_a_sheet_are_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = word(tmp_path / "whole.docx", TIMED).read_bytes()
    damaged, bomb, sheet = tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "c.xlsx"
    damaged.write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 200_000_000)
    with zipfile.ZipFile(sheet, "w") as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
    for file in (damaged, bomb, sheet):
        with pytest.raises(BadTranscript) as refused:
            read(file, tmp_path)
        assert "Traceback" not in refused.value.message("zh")
        assert refused.value.way_on("zh")
        assert refused.value.way_on("en")


def test_a_document_of_prose_is_no_transcript(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript):
        read(word(tmp_path / "prose.docx", ["今年的目标是把华东做到第一。", "大家辛苦了。"]), tmp_path)
