"""What a text is about: the sum of its words' meanings, from a small table of word vectors in both languages.

Nearness here is nearness of topic (便宜 and 廉价, "worried" and "concerned"), whatever the words share in letters.
The table was reduced from freely licensed word vectors (`evals/reading/word_vectors.py` says which).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.errors import Broken

TABLE: Final = Path(__file__).with_name("meanings-1.npz")
DIMENSIONS: Final = 96
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LONGEST: Final = 12

Vector = NDArray[np.float32]


@lru_cache(maxsize=16384)
def meaning(plain: str) -> Vector:
    """(2, 96): the Chinese and the English meaning of a plain (lower-case, half-width) text, about length 1 each.

    A text without any known word is all zeros. Do not write into the result: it is remembered.
    """
    result = np.zeros((2, DIMENSIONS), dtype=np.float32)
    for at, (language, found) in enumerate((("zh", _chinese(plain)), ("en", _english(plain)))):
        if found:
            rows = _table(language)[1]
            result[at] = rows[found].sum(axis=0, dtype=np.float32) * _UNIT / np.sqrt(len(found))
    return result


_UNIT: Final = np.float32(1 / 400)
"""Rows are bytes; this makes an average word about as long as one."""


def _chinese(plain: str) -> list[int]:
    """Row numbers of the Chinese words; a word the table lacks is looked up in the longest pieces it has."""
    if not _HAN.search(plain):
        return []
    import rjieba

    places, _ = _table("zh")
    found: list[int] = []
    for word in rjieba.cut(plain):
        at = places.get(word)
        if at is not None:
            found.append(at)
        elif len(word) > 2:
            found.extend(_pieces(word, places))
    return found


def _english(plain: str) -> list[int]:
    """Row numbers of the English words, in their longest pieces."""
    places, _ = _table("en")
    found: list[int] = []
    for word in _LATIN.findall(plain):
        found.extend(_pieces(f"▁{word}", places))
    return found


def _pieces(word: str, places: dict[str, int]) -> list[int]:
    found = []
    begin = 0
    while begin < len(word):
        for end in range(min(len(word), begin + _LONGEST), begin, -1):
            at = places.get(word[begin:end])
            if at is not None:
                found.append(at)
                begin = end
                break
        else:
            begin += 1
    return found


@lru_cache(maxsize=2)
def _table(language: str) -> tuple[dict[str, int], NDArray[np.int8]]:
    """Word -> row number, and the rows (words, 96) of one language."""
    try:
        with np.load(TABLE, allow_pickle=False) as stored:
            words = stored[f"{language}_words"].tobytes().decode().split("\n")
            return {word: at for at, word in enumerate(words)}, stored[f"{language}_rows"]
    except (OSError, KeyError, ValueError) as error:
        raise Broken(
            ("词义表坏了或不见了。", "The table of word meanings is damaged or missing."),
            ("重新安装陪跑。", "Install the coach again."),
        ) from error
