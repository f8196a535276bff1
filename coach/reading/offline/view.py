"""A plain view of spoken text: lower case, half width, simplified; every character knows where it came from.

The readers look at the view and answer in the original: `View.span` turns a hit back into exact offsets.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_KEEP: Final = "。、《》“”‘’…—"
_STRAIGHT: Final = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "\u00a0": " ", "\u3000": " "}


@dataclass(frozen=True, slots=True)
class View:
    """`plain` is what patterns see; `origin[i]` is the index in `text` that plain character i stands for."""

    text: str
    plain: str
    origin: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in `text` of the plain characters start..end (end exclusive)."""
        if end <= start:
            at = self.origin[start] if start < len(self.origin) else len(self.text)
            return at, at
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=4096)
def view(text: str) -> View:
    """The view of `text`: one plain character for one original wherever width and case allow it."""
    folded = text.translate(_simplified())
    if len(folded) == len(text) and folded.isascii():
        return View(text, folded.lower(), range(len(text)))
    plain: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(folded):
        if char in _STRAIGHT:
            piece = _STRAIGHT[char]
        elif char in _KEEP or "\u4e00" <= char <= "\u9fff":
            piece = char
        else:
            piece = unicodedata.normalize("NFKC", char).lower()
        plain.append(piece)
        origin.extend([index] * len(piece))
    return View(text, "".join(plain), tuple(origin))


def dense(text: str) -> View:
    """The view without any white space, for phrases whose spacing nobody agrees on (8 万 8 / 8万8)."""
    whole = view(text)
    kept = [i for i, char in enumerate(whole.plain) if not char.isspace()]
    return View(text, "".join(whole.plain[i] for i in kept), tuple(whole.origin[i] for i in kept))


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional characters to simplified ones, one for one, so that offsets hold."""
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(old): new for old, new in zip(characters, simple, strict=True) if old != new and len(new) == 1
    }
