"""Roughly how wide words are drawn: an SVG cannot ask, and must not cut its own labels off."""

from __future__ import annotations


def width(words: str, size: float) -> float:
    """Pixels at this font size: a Chinese character is one em, a Latin one a little over half."""
    return sum(size if ord(character) > 0x2E80 else size * 0.57 for character in words)


def lines(words: str, size: float, most: float) -> list[str]:
    """The words on lines of at most `most` pixels, broken at spaces only; a word that is longer stays whole."""
    broken: list[str] = []
    for word in words.split(" "):
        longer = f"{broken[-1]} {word}" if broken else word
        if broken and width(longer, size) <= most:
            broken[-1] = longer
        else:
            broken.append(word)
    return broken
