"""Features: what the linear models see of a clause or of a whole reply, as hashed n-grams and named cues.

Character 1-4-grams run over typed text (every figure is 0, a rival's name stays), word 1-2-grams over rjieba's or
Latin words; a neighbour's and the other side's words are hashed apart from the clause's own. Cues and other dense
values follow in fixed order behind the buckets. The same numbers come out in training and at run time.
"""

from __future__ import annotations

import itertools
import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach.reading.meaning import meaning
from coach.reading.offline import cues, kinds, rules
from coach.reading.offline.evidence import Evidence
from coach.vocabulary import Language

BITS: Final = 16
BUCKETS: Final = 1 << BITS
"""Hash buckets of the sparse part; the dense part begins at this index."""
LOUD: Final = 10.0
"""How much an n-gram may say beside a cue. A text has hundreds of n-grams: quieter ones are fined away by the penalty."""
_WEIGHT: Final = {"": 1.0, "around:": 0.6, "other:": 0.5, "answer:": 0.5}
_MEANT: Final = 64
"""So many main axes of each language's meaning are seen."""
_HEARD: Final = 80
"""So many last characters of the other side's turn are seen."""
_NEAR: Final[dict[Language, int]] = {"zh": 14, "en": 44}
"""So many characters before and after a mention stand near it."""
_TYPES: Final = ("number", "money", "percent", "title", "time_day", "time_vague", "time_past", "short")
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
_PIECES: Final = re.compile(r"[,，、。.;；!?！？]+")
_LATIN: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|0|[$€£%?!]")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_PRIMES: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


@dataclass(frozen=True, slots=True)
class Row:
    """One example: indices (ascending within a part, buckets first) and their values."""

    index: NDArray[np.int64]
    value: NDArray[np.float32]


@lru_cache(maxsize=1)
def dense_names() -> tuple[str, ...]:
    """The names of the dense features, in order."""
    own = (*cues.names(), *_TYPES)
    return (
        *own,
        *(f"around:{name}" for name in own),
        *(f"other:{name}" for name in own),
        *(f"answer:{name}" for name in own),
        *(f"rule:{label}" for label in rules.labels()),
        "bias", "overlap", "position", "length", "first", "last", "alone", "chinese", "no_other", "progress", "early", "late",
        "echo", "numbers", "crumbs", "own", "mention_length", "mention_first", "mention_time", "mention_vague",
        *kinds.names(),
        *(f"{whose}:{axis}" for whose in ("meant", "heard") for axis in range(2 * _MEANT)),
    )  # fmt: skip


def width() -> int:
    """How many columns a row may have."""
    return BUCKETS + len(dense_names())


def columns(*beginnings: str) -> NDArray[np.int64]:
    """The columns of the dense features whose names begin so."""
    return np.flatnonzero([name.startswith(beginnings) for name in dense_names()]) + BUCKETS


def clause_row(evidence: Evidence) -> Row:
    """The features of one clause in its place."""
    parts = [
        _hashed(evidence.plain, 1, 1.0, sizes=(1, 2, 3, 4), words=2),
        _hashed(evidence.before, 2, 0.5, sizes=(2, 3), words=1),
        _hashed(evidence.after, 3, 0.4, sizes=(2, 3), words=1),
        _hashed(evidence.other[-_HEARD:], 4, 0.4, sizes=(2,), words=1),
    ]
    opinions = rules.added_up(evidence.cues, evidence.around)
    dense = _dense(
        {
            "": evidence.cues,
            "around:": evidence.around,
            "other:": evidence.other_cues,
            "answer:": evidence.answer_cues,
        },
        opinions,
        {
            "overlap": evidence.overlap,
            "position": evidence.position,
            "length": min(len(evidence.plain), 80) / 80,
            "first": float(not evidence.before),
            "last": float(not evidence.after),
            "alone": float(not evidence.before and not evidence.after),
            "chinese": float(evidence.language == "zh"),
            "no_other": float(not evidence.other),
            "progress": evidence.progress,
            "early": float(evidence.progress < 0.25),
            "late": float(evidence.progress > 0.75),
            "echo": float(evidence.overlap >= 0.5),
            "numbers": min(len(_DIGITS.findall(evidence.plain)), 4) / 4,
        },
    )
    _write_meanings(dense, evidence.plain, evidence.other)
    return _joined(parts, dense)


def mention_row(evidence: Evidence, start: int, end: int, *, own: bool = False, sort: str = "") -> Row:
    """The features of a mention (a person, a time) at start..end of its clause's plain words."""
    plain = evidence.plain
    near = _NEAR[evidence.language]
    mention, after = plain[start:end], plain[end : end + near]
    parts = [
        _hashed(plain, 1, 0.6, sizes=(1, 2, 3), words=2),
        _hashed(mention, 6, 0.9, sizes=(1, 2, 3), words=1),
        _hashed(after, 7, 0.7, sizes=(1, 2, 3), words=1),
        _hashed(plain[max(0, start - near) : start], 8, 0.7, sizes=(1, 2, 3), words=1),
    ]
    values = {
        "overlap": evidence.overlap,
        "length": min(len(plain), 80) / 80,
        "chinese": float(evidence.language == "zh"),
        "progress": evidence.progress,
        "late": float(evidence.progress > 0.75),
        "own": float(own),
        "mention_length": min(end - start, 20) / 20,
        "mention_first": float(start == 0),
        "mention_time": float(sort == "day"),
        "mention_vague": float(sort == "vague"),
        "first": float(evidence.role == "rep"),
        **dict.fromkeys(kinds.hints(mention, plain, after), 1.0),
    }
    seen = {
        "": evidence.cues,
        "around:": evidence.around,
        "other:": evidence.other_cues,
        "answer:": evidence.answer_cues,
    }
    dense = _dense(seen, rules.added_up(evidence.cues, evidence.around), values)
    _write_meanings(dense, mention, after)
    return _joined(parts, dense)


def reply_row(clauses: Sequence[Evidence]) -> Row:
    """The features of a whole reply: its clauses together, with the strongest opinion about any of them."""
    text = " ".join(clause.plain for clause in clauses)
    other = clauses[0].other if clauses else ""
    parts = [
        _hashed(text, 1, 1.2, sizes=(1, 2, 3, 4), words=2),
        _hashed(other[-_HEARD:], 4, 0.5, sizes=(2,), words=1),
    ]
    each = [rules.added_up(clause.cues, clause.around) for clause in clauses]
    best = [max(column) for column in zip(*each, strict=True)]
    everywhere: frozenset[str] = frozenset().union(*(clause.cues for clause in clauses))
    ends = clauses[-1].cues if clauses else frozenset()
    total = sum(len(clause.plain) for clause in clauses) or 1
    values = {
        "overlap": sum(clause.overlap * len(clause.plain) for clause in clauses) / total,
        "length": min(total, 160) / 160,
        "alone": float(len(clauses) == 1),
        "first": min(len(clauses), 8) / 8,
        "chinese": float(bool(clauses) and clauses[0].language == "zh"),
        "no_other": float(not other),
        "echo": float(sum(clause.overlap >= 0.5 for clause in clauses) * 2 >= len(clauses) > 0),
        "numbers": min(len(_DIGITS.findall(text)), 6) / 6,
        "crumbs": _crumbs(clauses),
    }
    seen = {"": everywhere, "around:": ends, "other:": clauses[0].other_cues if clauses else frozenset()}
    dense = _dense(seen, best, values)
    _write_meanings(dense, text, other)
    return _joined(parts, dense)


def _dense(
    seen: Mapping[str, frozenset[str]], opinions: Sequence[float], values: Mapping[str, float]
) -> NDArray[np.float32]:
    """The dense part: cues of the words themselves, of their turn, of the other side before and after."""
    place = _places()
    row = np.zeros(len(place), dtype=np.float32)
    row[place["bias"]] = 1.0
    for prefix, found in seen.items():
        row[_cue_places(found) + place[prefix + cues.names()[0]]] = _WEIGHT[prefix]
    first = place[f"rule:{rules.labels()[0]}"]
    row[first : first + len(opinions)] = np.clip(np.asarray(opinions, dtype=np.float32) / 3, -1.5, 1.5)
    for name, value in values.items():
        row[place[name]] = value
    return row


def _write_meanings(dense: NDArray[np.float32], own: str, other: str) -> None:
    """Write into the dense part what the words are about, and what the other side's were."""
    for whose, text, weight in (("meant", own, 2.0), ("heard", other[-_HEARD:], 1.0)):
        begin = _places()[f"{whose}:0"]
        dense[begin : begin + 2 * _MEANT] = weight * meaning(text)[:, :_MEANT].ravel()


@lru_cache(maxsize=8192)
def _cue_places(found: frozenset[str]) -> NDArray[np.int64]:
    """Where cues and types stand inside a block of the dense part."""
    place = _places()
    return np.array(sorted(place[name] for name in found), dtype=np.int64) - place[cues.names()[0]]


def _crumbs(clauses: Sequence[Evidence]) -> float:
    """How much a reply is a list of bare words: the share of its pieces between commas that are a word or two."""
    text = ",".join(clause.plain for clause in clauses)
    pieces = [piece for piece in _PIECES.split(text) if piece.strip()]
    if len(pieces) < 5:
        return 0.0
    small = sum(len(_HAN.findall(piece)) + 2 * len(_LATIN.findall(piece)) <= 5 for piece in pieces)
    return small / len(pieces)


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    return {name: i for i, name in enumerate(dense_names())}


def _joined(parts: Sequence[Row], dense: NDArray[np.float32]) -> Row:
    nonzero = np.flatnonzero(dense)
    return Row(
        np.concatenate([*(part.index for part in parts), nonzero + BUCKETS]),
        np.concatenate([*(part.value for part in parts), dense[nonzero]]),
    )


@lru_cache(maxsize=16384)
def _hashed(plain: str, field: int, weight: float, *, sizes: tuple[int, ...], words: int) -> Row:
    """Hashed n-grams of one piece of text: every distinct one once, the whole scaled to length `LOUD * weight`."""
    grams, found = _codes(plain)
    codes = np.concatenate([*(grams[size - 1] for size in sizes), *found[:words]])
    index = np.unique((codes ^ (np.uint64(field) * _PRIMES[2])) * _PRIMES[1] >> np.uint64(64 - BITS)).astype(
        np.int64
    )
    share = LOUD * weight / math.sqrt(len(index)) if len(index) else 0.0
    value = np.full(len(index), share, dtype=np.float32)
    return Row(index, value)


@lru_cache(maxsize=16384)
def _codes(plain: str) -> tuple[tuple[NDArray[np.uint64], ...], tuple[NDArray[np.uint64], ...]]:
    """Codes of a text's character runs, by size (a Latin run is one longer), and of its words and word pairs."""
    typed = _DIGITS.sub("0", plain)
    chinese = bool(_HAN.search(typed))
    points = np.frombuffer(typed.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    runs = []
    codes = np.zeros(len(points), dtype=np.uint64)
    for size in range(1, 5 if chinese else 6):
        count = len(points) - size + 1
        if count <= 0:
            runs.append(np.empty(0, dtype=np.uint64))
            continue
        codes = (codes[:count] ^ points[size - 1 :]) * _PRIMES[0]
        codes ^= codes >> np.uint64(29)
        runs.append(codes + np.uint64(size))
    found = words_of(typed) if chinese else tuple(_LATIN.findall(typed))
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(found)]
    words = tuple(
        np.array([zlib.crc32(f"w{gram}".encode()) for gram in grams], dtype=np.uint64) * _PRIMES[0]
        for grams in (found, pairs)
    )
    return tuple(runs if chinese else runs[1:]), words


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Chinese words of a plain text, without blanks."""
    import rjieba

    return tuple(word for word in rjieba.cut(text) if word.strip())
