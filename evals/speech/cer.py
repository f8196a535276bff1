"""Character error rate: how far what was heard is from what was said, marks and writing habits aside."""

from __future__ import annotations

import unicodedata


def characters(text: str) -> str:
    """What counts for CER: letters, hanzi and digits; simplified, one width, one case; no marks, no blanks."""
    from opencc import OpenCC

    plain = unicodedata.normalize("NFKC", OpenCC("t2s").convert(text)).casefold()
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LN")


def character_error_rate(heard: str, reference: str) -> float:
    """Edits that turn the reference into what was heard, for each character of the reference."""
    from rapidfuzz.distance import Levenshtein

    expected = characters(reference)
    return Levenshtein.distance(characters(heard), expected) / max(1, len(expected))
