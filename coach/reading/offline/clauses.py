"""Clauses: the units that are read. A turn is cut at its punctuation, or where speech without any turns a corner."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Final

from coach.reading.offline.view import View, view

LONG_ZH: Final = 16
"""Chinese characters without punctuation after which a spoken corner (然后, 但是 …) is taken as a cut."""
LONG_EN: Final = 60
"""The same for English, in characters."""

_HARD: Final = re.compile(r"[。！!?？;；\n…]+[”\"'’)）]*|\.(?=\s|$)[\"')]*|(?<=\s)-+(?=\s)|—+|-{2,}")
_SOFT: Final = re.compile(r"[,，:：](?!\d)|(?<!\d)[,，:：]")
_PAUSE: Final = re.compile(r"[、…~]+")
_ABBREVIATION: Final = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|st|vs|no|inc|ltd|co|approx|dept|e\.g|i\.e|a\.m|p\.m)$"
)
_CORNER_ZH: Final = re.compile(
    r"(?:然后|但是|不过|可是|所以|因为|而且|还有就是|还有|另外|如果|要是|就是说|那么|其实|反正|结果|"
    r"那我们|那我|那你|那您|这样吧|我跟你说|我们|我这边|你们|您这边|您看|到时候|只要|万一|主要是|关键是|最好|行吧|对吧)"
)
_CORNER_EN: Final = re.compile(
    r"\s(?:and then|but|so|because|cause|although|though|whereas|otherwise|anyway|i mean|also|plus|if|unless|"
    r"and (?:i|we|you|they|he|she|it|that|the|my|our)|which means|what i|what we|let's|i'll|we'll|can you|could you)\s"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a turn: `text` is exactly the turn's text from `start` to `end`, outer blanks left out."""

    turn: int
    start: int
    end: int
    text: str

    @property
    def view(self) -> View:
        """The plain view of the clause's words."""
        return view(self.text)


def clauses(turn: int, text: str) -> list[Clause]:
    """The clauses of one turn, in order; punctuation belongs to the clause it ends. An empty turn has none."""
    whole = view(text)
    cuts = _cuts(whole.plain)
    bounds = sorted({0, *(whole.span(cut, cut)[0] for cut in cuts), len(text)})
    found = []
    for start, end in itertools.pairwise(bounds):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start and any(char.isalnum() for char in text[start:end]):
            found.append(Clause(turn, start, end, text[start:end]))
    return found


def pieces(text: str) -> list[Clause]:
    """The smallest stretches between two marks of punctuation, crumbs too; the punctuation belongs to the piece it ends."""
    whole = view(text)
    ends = sorted({match.end() for mark in (_HARD, _SOFT, _PAUSE) for match in mark.finditer(whole.plain)})
    bounds = [0, *(whole.span(end, end)[0] for end in ends), len(text)]
    found = []
    for start, end in itertools.pairwise(bounds):
        words = text[start:end].strip()
        if any(char.isalnum() for char in words):
            begin = text.index(words, start)
            found.append(Clause(0, begin, begin + len(words), words))
    return found


def _cuts(plain: str) -> list[int]:
    """Offsets in the plain view where a clause ends."""
    hard = [m.end() for m in _HARD.finditer(plain) if not _ABBREVIATION.search(plain[: m.start()])]
    cuts: list[int] = []
    begin = 0
    for end in [*hard, len(plain)]:
        if end > begin:
            cuts.extend(_soft_cuts(plain, begin, end))
            cuts.append(end)
            begin = end
    return cuts


def _soft_cuts(plain: str, begin: int, end: int) -> list[int]:
    """Commas inside one sentence, where neither side would be a mere crumb; then corners of long unbroken speech."""
    cuts = []
    last = begin
    for match in _SOFT.finditer(plain, begin, end):
        if _weight(plain[last : match.start()]) >= 4 and _weight(plain[match.end() : end]) >= 4:
            cuts.append(match.end())
            last = match.end()
    pieces = [begin, *cuts, end]
    for start, stop in itertools.pairwise(pieces):
        cuts.extend(_corners(plain, start, stop))
    return sorted(cuts)


def _corners(plain: str, start: int, stop: int) -> list[int]:
    piece = plain[start:stop]
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in piece) * 2 > len(piece.replace(" ", ""))
    pattern, long = (_CORNER_ZH, LONG_ZH) if chinese else (_CORNER_EN, LONG_EN)
    if len(piece) <= long:
        return []
    cuts = []
    last = 0
    for match in pattern.finditer(piece):
        at = match.start() + (0 if chinese else 1)
        if at - last >= long // 2 and len(piece) - at >= long // 3:
            cuts.append(start + at)
            last = at
    return cuts


def _weight(words: str) -> float:
    """Length in Chinese characters; four Latin letters weigh one."""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in words)
    return chinese + sum(char.isascii() and char.isalnum() for char in words) / 4
