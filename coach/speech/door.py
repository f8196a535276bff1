"""The one door for what was said elsewhere: a recording or a transcript, told apart by content.

A Word document, as meeting tools write them, is taken apart in a bounded process of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Day
from pathlib import Path
from typing import Final

from coach.conversation import Conversation
from coach.documents.opened import OFFICE, opened
from coach.errors import BadInput, BadRecording, BadTranscript, NotFound
from coach.settings import Settings
from coach.speech.formats import HEAD, named_like_sound, sound_format, text_of
from coach.speech.hearing import Hearing
from coach.speech.recording import Heard, Progress
from coach.speech.transcripts import read_transcript, unnamed
from coach.vocabulary import Language

MAX_TEXT_MB: Final = 20
_CLOCK_ENDS: Final = 100 * 3600.0
_HEADING: Final = re.compile(r"^#{1,6} ")
"""Some tools style the name of a speaker as a heading."""


def open_conversation(
    path: Path,
    *,
    settings: Settings,
    language: Language | None = None,
    date: Day | None = None,
    hotwords: str = "",
    on_progress: Progress | None = None,
) -> Heard:
    """The conversation in a file. `date` goes before the file's own date line or tag.

    Raises NotFound, BadRecording, BadTranscript, ModelMissing or EngineDown. `on_progress` hears of a recording's
    seconds; `hotwords` are words that Whisper should expect beside those of the settings and the glossary.
    """
    if not path.is_file():
        raise NotFound((f"找不到文件 {path.name}。", f"There is no file {path.name}."))
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise BadRecording(("文件是空的。", "The file is empty."), ("请重新导出。", "Export it again."))
    if sound_format(head):
        heard = Hearing(path, settings, language=language, own_words=hotwords).whole(on_progress=on_progress)
    else:
        heard = Heard(_read(path, language))
    talk = heard.conversation.with_date(date)
    return replace(heard, conversation=talk)


def _storable(talk: Conversation) -> Conversation:
    """The talk so that the store's own form gives it back: whoever has no label gets one, a clock ends at 99:59:59."""
    turns = talk.turns
    if any((turn.start or 0.0) >= _CLOCK_ENDS for turn in turns):
        turns = tuple(replace(turn, start=None, end=None) for turn in turns)
    nobody = unnamed(1, talk.language)
    return replace(
        talk, turns=tuple(replace(one, speaker=nobody) if one.speaker == "?" else one for one in turns)
    )


def _read(path: Path, language: Language | None) -> Conversation:
    """A transcript; a file named like a recording that holds no transcript is called a bad recording."""
    if path.stat().st_size > MAX_TEXT_MB << 20:
        raise BadTranscript(
            (f"文字稿超过 {MAX_TEXT_MB} MB。", f"The transcript is larger than {MAX_TEXT_MB} MB."),
            ("请拆成几个文件。", "Split it into several files."),
        )
    raw = path.read_bytes()
    text = _words_of_office(path) if raw.startswith(OFFICE) else text_of(raw)
    try:
        if text is None:
            raise BadTranscript(
                (
                    "这既不是认得的录音，也不是文字稿。",
                    "This is neither a recording that we know nor a transcript.",
                ),
                (
                    "录音用 wav、mp3、m4a、opus；文字稿用 docx 或 UTF-8 的文本；PDF 请另存为纯文本。",
                    "Use wav, mp3, m4a or opus; or a transcript as docx or text in UTF-8; save a PDF as plain text first.",
                ),
            )
        return _storable(read_transcript(text, source=path.name, language=language))
    except BadTranscript:
        if named_like_sound(path):
            raise BadRecording(
                (f"{path.name} 里面不是声音。", f"What is inside {path.name} is not sound."),
                ("请从录音设备重新导出。", "Export it again from the recorder."),
            ) from None
        raise


def _words_of_office(path: Path) -> str | None:
    """The words of a Word document, a line for every paragraph; None for another office file.

    Raises BadTranscript for a damaged one or a bomb.
    """
    from coach.documents.apart import text_apart

    try:
        file = opened(path)
        if file.kind != "docx":
            return None
        lines = text_apart(file).splitlines()
        return "\n".join(_HEADING.sub("", line) for line in lines if line.strip())
    except BadInput as error:
        raise BadTranscript(
            (
                "这份文档打不开：可能坏了，或者加了密码。",
                "This document cannot be opened: it may be damaged or have a password.",
            ),
            (
                "用 Word 或 WPS 打开，另存为 docx 或纯文本再传。",
                "Open it, and save it as docx or plain text.",
            ),
        ) from error
