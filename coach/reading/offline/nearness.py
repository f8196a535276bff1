"""Nearness of two sentences: shared character pairs and words, rare ones weighing more. 1.0 is the same sentence."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import Final

from coach.reading.offline.view import dense, view

_LATIN: Final = re.compile(r"[a-z0-9][a-z0-9.'%$-]*")
_COMMON: Final = frozenset(
    "的 了 是 我 您 你 们 这 那 个 在 有 就 也 都 吗 呢 吧 啊 不 一 到 和 要 会 能 可 以 说 把 给 来 去 还 得 上 下 么 什 咱 他 她 它 这个 那个 我们 您的 你们 咱们 就是 什么 一个 可以 "
    "the a an to of and in it is that i you we for on at be this with your our my have has do does are was were will would can could if so as but or not it's i'll we'll don't there what".split()
)


@lru_cache(maxsize=8192)
def grams(text: str) -> tuple[tuple[str, float], ...]:
    """The weighted pieces of a sentence: Chinese characters, pairs and triples; Latin words, pairs and stems."""
    plain = view(text).plain
    pieces: Counter[str] = Counter()
    for run in re.findall(r"[\u4e00-\u9fff\d.%]+", dense(plain).plain):
        for size in (1, 2, 3):
            pieces.update(run[i : i + size] for i in range(len(run) - size + 1))
    words = [word.strip(".'-") for word in _LATIN.findall(plain)]
    pieces.update(words)
    pieces.update(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    pieces.update(f"{word[:5]}~" for word in words if len(word) > 5)
    weighted = {
        piece: (1 + math.log(count)) * (0.25 if piece in _COMMON else 1.0 if len(piece) > 1 else 0.5)
        for piece, count in pieces.items()
    }
    norm = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
    return tuple(sorted((piece, weight / norm) for piece, weight in weighted.items()))


def nearness(one: str, other: str) -> float:
    """Cosine of the two sentences' weighted pieces, 0..1."""
    mine = dict(grams(one))
    return sum(weight * mine.get(piece, 0.0) for piece, weight in grams(other))


def nearest(text: str, others: tuple[str, ...]) -> float:
    """Nearness to the nearest of several sentences; 0 when there are none."""
    return max((nearness(text, other) for other in others), default=0.0)
