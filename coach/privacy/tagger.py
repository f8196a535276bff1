"""The tagger: names, firms and addresses as they fall in talk, with no title and no Ltd to give them away.

A conditional random field weighs the clues of every token of a sentence and its neighbours; it was taught on sentences
with what is private marked (`python -m evals.privacy.train_tagger`). A name goes long before it is more likely one than
not: to leave it standing is worse than to take a word too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import Broken
from coach.privacy.han import Cut
from coach.privacy.line import Line, laid
from coach.privacy.people import has_surname
from coach.privacy.spans import Private, PrivateKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coach.privacy.field import Field

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


def tagged(cut: Cut, artefact: Path = ARTEFACT) -> list[Private]:
    """What in a text is part of a name, a firm or an address, in reading order."""
    return tagged_all([cut], artefact)[0]


def tagged_all(cuts: Sequence[Cut], artefact: Path = ARTEFACT) -> list[list[Private]]:
    """The same for many texts, which takes much less time than one by one."""
    field = _loaded(artefact)
    line = laid(cuts, _SENTENCE)
    found: list[list[Private]] = [[] for _ in cuts]
    if line.texts:
        for text, one in _spans(line, field.likely(cuts, line), field.labels):
            found[text].append(one)
    return [list(_kept(cut, spans)) for cut, spans in zip(cuts, found, strict=True)]


def _kept(cut: Cut, spans: list[Private]) -> Iterator[Private]:
    """Those that are not put aside by what everybody can see: a stand-in, talk, half a given name."""
    for one in spans:
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


def _spans(line: Line, likely: NDArray[np.float64], labels: Sequence[str]) -> Iterator[tuple[int, Private]]:
    """What is private, in order, each with the number of its text."""
    import numpy as np

    begins, goes_on = (
        np.stack([_chance(likely, labels, f"{part}-{kind}") for kind in TAUGHT]) for part in "BI"
    )
    kinds = (begins + goes_on).argmax(axis=0)
    places = np.arange(len(kinds))
    begins, goes_on = begins[kinds, places], goes_on[kinds, places]
    limits = np.array([PRIVATE[kind] for kind in TAUGHT])[kinds]
    sentences = np.searchsorted(line.first, places, side="right") - 1
    last: tuple[int, Private] | None = None
    for at in np.flatnonzero(begins + goes_on >= limits).tolist():
        sentence, kind = int(sentences[at]), TAUGHT[kinds[at]]
        start, end = int(line.starts[at]), int(line.ends[at])
        if last:
            before = last[1]
            joined = last[0] == sentence and before.kind == kind and start - before.end <= 1
            if joined and begins[at] <= goes_on[at]:
                last = sentence, Private(before.start, end, kind)
                continue
            yield line.texts[last[0]], before
        last = sentence, Private(start, end, kind)
    if last:
        yield line.texts[last[0]], last[1]


def _chance(likely: NDArray[np.float64], labels: Sequence[str], label: str) -> NDArray[np.float64]:
    """How likely a label is of each token; one that was never taught is not."""
    import numpy as np

    return likely[:, labels.index(label)] if label in labels else np.zeros(len(likely))


@lru_cache(maxsize=2)
def _loaded(artefact: Path) -> Field:
    import pycrfsuite

    from coach.privacy.field import Field

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
    return Field(crf)
