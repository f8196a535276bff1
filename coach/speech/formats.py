"""Tell sound from text by the first bytes of a file; its name proves nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

HEAD: Final = 4096
SOUND_NAMES: Final = frozenset(
    "." + name
    for name in (
        *("wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "webm", "mp4", "mov"),
        *("flac", "wma", "aiff", "aif", "caf", "amr", "3gp", "mkv"),
    )
)

_STARTS: Final = (
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"#!AMR", "amr"),
    (b"caff", "caf"),
    (b"0&\xb2u\x8ef\xcf\x11", "wma"),
)


def sound_format(head: bytes) -> str | None:
    """The container that these first bytes announce, None when they announce no sound that we read.

    Playlists and other files that point elsewhere are not among them: nothing outside the file is opened.
    """
    for start, name in _STARTS:
        if head.startswith(start):
            return name
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free") and b"\x00" in head[:4]:
        return "mp4"
    # Raw MPEG audio has no header but a sync word: eleven bits set, and no reserved layer or rate behind
    # them.
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        if head[1] & 0xF6 == 0xF0:
            return "aac"
        if head[1] & 0x06 in (0x02, 0x04) and head[1] & 0x18 != 0x08 and head[2] & 0xF0 != 0xF0:
            return "mp3"
    return None


def past_id3(head: bytes) -> int:
    """Where the sound begins behind an ID3v2 tag, 0 without one; a cover picture makes it long."""
    if len(head) < 10 or not head.startswith(b"ID3") or any(byte & 0x80 for byte in head[6:10]):
        return 0
    one, two, three, four = head[6:10]
    return 10 + (one << 21 | two << 14 | three << 7 | four)


def named_like_sound(path: Path) -> bool:
    """Whether the name promises a recording; used only to word an error."""
    return path.suffix.lower() in SOUND_NAMES


def text_of(raw: bytes) -> str | None:
    """The text of a file in UTF-8, UTF-16 (with a mark) or GB18030; None when it is no text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in raw:
        return None
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _reads_like_text(text) else None
    return None


def _reads_like_text(text: str) -> bool:
    control = sum(1 for character in text[:HEAD] if ord(character) < 32 and character not in "\t\n\r\f")
    return control <= len(text[:HEAD]) // 100
