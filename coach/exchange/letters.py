"""Bytes as text, whatever wrote them: UTF-8 with or without its mark, UTF-16, GBK and GB18030."""

from __future__ import annotations

import codecs
from typing import Final

from coach.errors import BadInput

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding it was in. Raises BadInput when it is no text in any of them."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name), encoding
    for encoding in (*_unmarked(data[:4000]), "utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    return _guessed(data, name)


def _unmarked(start: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark: every second byte of plain letters is zero."""
    if len(start) < 4 or not start.count(0):
        return ()
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return ("utf-16-le",) if odd > even else ("utf-16-be",)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name) from error


def _guessed(data: bytes, name: str) -> tuple[str, str]:
    """What is in none of the usual encodings: Big5, Latin and others, when the guess is sure."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None or best.chaos > 0.1:
        raise _no_text(name)
    return _decoded(data, best.encoding, name), best.encoding


def _no_text(name: str) -> BadInput:
    return BadInput(
        (f"{name} 的文字编码认不出来", f"The encoding of {name} is not recognised"),
        ("另存为 UTF-8 再导（Excel：CSV UTF-8）。", "Save it as UTF-8 and import again (Excel: CSV UTF-8)."),
    )
