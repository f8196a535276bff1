"""The tagger: names, firms and addresses as they fall in talk, with no title and no Ltd to give them away.

A conditional random field weighs the clues of every token of a sentence and its neighbours; it was taught on sentences
with what is private marked (`python -m evals.privacy.train_tagger`). A name goes long before it is more likely one than
not: to leave it standing is worse than to take a word too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from coach.errors import Broken
from coach.privacy.clues import Token, clues, tokens
from coach.privacy.han import Cut
from coach.privacy.people import has_surname
from coach.privacy.spans import Private, PrivateKind

if TYPE_CHECKING:
    from pycrfsuite import Tagger as Crf

ARTEFACT: Final = Path(__file__).parent / "artefacts" / "private-1.crf"
PRIVATE: Final[Mapping[PrivateKind, float]] = {"name": 0.3, "company": 0.5, "address": 0.3}
"""From this probability on a token is part of something private of a kind. Firms are often called like things."""
TAUGHT: Final = tuple(PRIVATE)
"""Kinds that the tagger tells; what has a written form (numbers, e-mail) is told by its form."""
LONGEST: Final = 300
"""Code points after which a stretch without any mark is cut, so that no line takes long."""
_SENTENCE: Final = re.compile(rf"[^。！？!?\n]{{1,{LONGEST}}}[。！？!?\n]?|[。！？!?\n]")
_STAND_IN: Final = re.compile(
    r"(?:Person |Company )?[A-Z]\d{0,2}[\u4e00-\u9fff]{0,4}"
    r"|[甲乙丙丁戊己庚辛壬癸]\d{0,2}(?:公司|厂|医院|大学|学院|中学|小学|幼儿园|银行|酒店|研究院|研究所|设计院|超市)?"
)
"""What masking has put there already."""
_POSSESSIVE: Final = re.compile(r"[’']s$")
_TALK: Final = frozenset("d r rr rz u uj ul ud ug uv uz p c y e".split())
"""The cutter's tags of adverbs, pronouns, particles, prepositions and conjunctions."""


def tagged(cut: Cut, artefact: Path = ARTEFACT) -> Iterator[Private]:
    """What in a text is part of a name, a firm or an address, in reading order."""
    for match in _SENTENCE.finditer(cut.text):
        row = tokens(cut.text, match.start(), match.end())
        if not row:
            continue
        for one in _spans(row, _probabilities(artefact, cut, row)):
            words = cut.text[one.start : one.end]
            if tail := _POSSESSIVE.search(words):
                one = Private(one.start, one.end - len(tail[0]), one.kind)
            if _STAND_IN.fullmatch(cut.text[one.start : one.end]):
                continue
            if not (one.kind == "company" and _talks(cut, one)) and not _no_surname(cut.text, one):
                yield one


def _talks(cut: Cut, one: Private) -> bool:
    """Whether there are words among these that no firm is called by: adverbs, pronouns, particles."""
    return any(
        one.start <= word.start and word.end <= one.end and word.tag in _TALK
        for word in cut.words[cut.number_over(one.start) or 0 :][: one.end - one.start]
    )


def _no_surname(text: str, one: Private) -> bool:
    """Whether this is one Chinese character that no family is called by: nobody is named by half a given name."""
    words = text[one.start : one.end]
    return one.kind == "name" and len(words) == 1 and "\u4e00" <= words <= "\u9fff" and not has_surname(words)


def _probabilities(
    artefact: Path, cut: Cut, row: list[Token]
) -> list[dict[PrivateKind, tuple[float, float]]]:
    """For every token and kind how likely it begins one, and how likely it goes on in one."""
    crf, seen = _loaded(artefact), clues(cut, row)
    with _LOCK:
        crf.set(seen)
        labels = set(crf.labels())
        return [
            {
                kind: (
                    crf.marginal(f"B-{kind}", at) if f"B-{kind}" in labels else 0.0,
                    crf.marginal(f"I-{kind}", at) if f"I-{kind}" in labels else 0.0,
                )
                for kind in TAUGHT
            }
            for at in range(len(row))
        ]


def _spans(row: list[Token], likely: list[dict[PrivateKind, tuple[float, float]]]) -> list[Private]:
    found: list[Private] = []
    for token, kinds in zip(row, likely, strict=True):
        kind = max(kinds, key=lambda one: sum(kinds[one]))
        begins, goes_on = kinds[kind]
        if begins + goes_on < PRIVATE[kind]:
            continue
        last = found[-1] if found else None
        if last and last.kind == kind and token.start - last.end <= 1 and begins <= goes_on:
            found[-1] = Private(last.start, token.end, kind)
        else:
            found.append(Private(token.start, token.end, kind))
    return found


_LOCK: Final = Lock()
"""The field keeps the sentence that it was given: one at a time."""


@lru_cache(maxsize=2)
def _loaded(artefact: Path) -> Crf:
    import pycrfsuite

    crf = pycrfsuite.Tagger()
    try:
        crf.open(str(artefact))
    except (OSError, ValueError) as error:
        raise Broken(
            (
                "找人名的模型文件坏了或不见了。",
                "The file of the model that finds names is damaged or missing.",
            ),
            ("重新安装陪跑。", "Install the coach again."),
        ) from error
    return crf
