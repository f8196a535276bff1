"""To the grader: what a rep says to whoever keeps the score, and not to the customer.

Orders, pretended system messages, reports of one's own good deeds, lines put into the customer's mouth: people word them
without end, so a head tells them (`evals.reading.train_orders`), taught on what several hands made up and on what honest
reps say. It speaks only when it is rather sure: an honest sentence that counts for nothing costs more trust than an order
that gets through.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from coach.conversation import Turn
from coach.reading.offline.evidence import gather
from coach.reading.offline.features import Row, reply_row
from coach.reading.offline.heads import load
from coach.vocabulary import Language

ARTEFACT: Final = Path(__file__).parent / "artefacts" / "orders-1.npz"
HEAD: Final = "to_grader"
_HOLDS: Final = 0.5
_SHORT: Final = 6
"""Fewer letters of Chinese, or half as many words, say too little by themselves to be told."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_WORD: Final = re.compile(r"[a-z']+", re.IGNORECASE)


def to_grader(said: Sequence[str], artefact: Path = ARTEFACT) -> list[bool]:
    """Of each piece of a rep's talk: is it meant for the grader? (Broken when the artefact is damaged.)"""
    told = [False] * len(said)
    if long := [at for at, one in enumerate(said) if says_enough(one)]:
        scaled = load(artefact)[HEAD].scaled([order_row(said[at]) for at in long])[:, 0]
        for at, p in zip(long, scaled, strict=True):
            told[at] = bool(p >= _HOLDS)
    return told


def says_enough(said: str) -> bool:
    """Whether a piece of talk is long enough to be told by its words."""
    return len(_HAN.findall(said)) + 2 * len(_WORD.findall(said)) >= _SHORT


def order_row(said: str) -> Row:
    """The features of one piece of talk by itself."""
    language: Language = "zh" if _HAN.search(said) else "en"
    return reply_row(gather((Turn(1, "rep", said),), {"rep": "rep"}, language))
