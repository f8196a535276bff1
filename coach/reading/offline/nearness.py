"""Nearness of two sentences: shared character runs and words, rare ones weighing more. 1.0 is the same sentence.

How common a piece is comes from a table counted over the project's own texts (`artefacts/common-1.tsv`, piece and
weight); a piece that is not in it is rare and weighs one.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.reading.offline.view import dense, view

TABLE: Final = Path(__file__).parent / "artefacts" / "common-1.tsv"
_RUN: Final = re.compile(r"[\u4e00-\u9fff\d.%]+")
_LATIN: Final = re.compile(r"[a-z0-9][a-z0-9.'%$-]*")


def pieces(text: str) -> Counter[str]:
    """The pieces of a sentence: Chinese characters, pairs and triples; Latin words, word pairs and stems."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(dense(text).plain):
        for size in (1, 2, 3):
            found.update(run[i : i + size] for i in range(len(run) - size + 1))
    words = [word.strip(".'-") for word in _LATIN.findall(view(text).plain)]
    found.update(words)
    found.update(f"{a} {b}" for a, b in itertools.pairwise(words))
    found.update(f"{word[:5]}~" for word in words if len(word) > 5)
    return found


@lru_cache(maxsize=1)
def _common() -> dict[str, float]:
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {piece: float(weight) for piece, weight in rows}


@lru_cache(maxsize=8192)
def grams(text: str) -> tuple[tuple[str, float], ...]:
    """The pieces with their weights, the whole scaled to length one."""
    common = _common()
    weighted = {
        piece: (1 + math.log(count)) * common.get(piece, 1.0) * (1.0 if len(piece) > 1 else 0.5)
        for piece, count in pieces(text).items()
    }
    norm = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
    return tuple(sorted((piece, weight / norm) for piece, weight in weighted.items()))


@lru_cache(maxsize=8192)
def _weights(text: str) -> dict[str, float]:
    """The pieces' weights by piece."""
    return dict(grams(text))


def contained(one: str, other: str) -> float:
    """The share of `other`'s weight that stands in `one`: a long passage may hold a short statement whole."""
    mine = _weights(one)
    return sum(weight * weight for piece, weight in grams(other) if piece in mine)


@lru_cache(maxsize=8192)
def nearest(text: str, others: tuple[str, ...]) -> float:
    """Nearness to the nearest of several sentences, the cosine of weighted pieces; 0 when there are none.

    Pieces are summed in one order, so that it is the same every time.
    """
    found = [0.0] * len(others)
    held = _holding(others)
    for piece, mine in grams(text):
        for at, theirs in held.get(piece, ()):
            found[at] += theirs * mine
    return max(found, default=0.0)


@lru_cache(maxsize=1024)
def _holding(sentences: tuple[str, ...]) -> dict[str, list[tuple[int, float]]]:
    """By piece which of the sentences hold it, and with what weight."""
    held: dict[str, list[tuple[int, float]]] = {}
    for at, sentence in enumerate(sentences):
        for piece, weight in grams(sentence):
            held.setdefault(piece, []).append((at, weight))
    return held
