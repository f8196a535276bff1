"""Masking: private words out of a text, stand-ins in, and a list of what was taken.

The same person or firm gets the same stand-in throughout one `Masker`, so that a story can still be followed. What
is masked once stays as it is when it is masked again. Numbers that belong to nobody (quantities, dates, part numbers)
are left alone; sums of money go only when asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from coach.conversation import language_of
from coach.privacy.digits import numbers
from coach.privacy.han import Cut
from coach.privacy.people import addressed, has_surname, known_people
from coach.privacy.places import addresses, companies
from coach.privacy.spans import Private, PrivateKind, kind_name, settled
from coach.privacy.tagger import tagged, tagged_all
from coach.privacy.written import sums_of_money, written_forms
from coach.vocabulary import Language

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，：；！？（）"}
_HAN: Final = re.compile("[\u4e00-\u9fff]+")
_TOGETHER: Final = 40_000
"""About so many characters are weighed at once."""
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_ENDING_ZH: Final = re.compile(
    r"公司|集团|厂|医院|大学|学院|中学|小学|幼儿园|银行|酒店|研究院|研究所|设计院|超市$"
)
_HONORED: Final = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Sister|Father|Captain|Nurse|Manager|Director)\.? $"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that was masked: code points of the text as it was, its kind, and what stands there now."""

    start: int
    end: int
    kind: PrivateKind
    stand_in: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that can be shown to others, and what was taken out of it."""

    text: str
    taken: tuple[Taken, ...]

    @property
    def kinds(self) -> dict[PrivateKind, int]:
        """How many of each kind."""
        return dict(Counter(one.kind for one in self.taken))


class Masker:
    """Masks several texts of one story alike."""

    def __init__(
        self,
        *,
        known: Iterable[str] = (),
        companies: Iterable[str] = (),
        amounts: bool = False,
        language: Language | None = None,
    ) -> None:
        """`known` people and `companies` are private wherever they stand; `language` is that of the stand-ins."""
        self._known = tuple(dict.fromkeys(name.strip() for name in known if name.strip()))
        self._companies = tuple(dict.fromkeys(name.strip() for name in companies if len(name.strip()) > 1))
        self._amounts = amounts
        self._language = language
        self._stand_ins: dict[tuple[str, str], str] = {}

    def mask(self, text: str) -> Masked:
        """The text without what is private. It takes time in proportion to the text's length."""
        language = self._language or language_of([text])
        pieces: list[str] = []
        taken: list[Taken] = []
        at = 0
        for one in private_in(text, self._known, self._companies, amounts=self._amounts):
            stand_in = self._stand_in(text, one, language)
            pieces += [text[at : one.start], stand_in]
            taken.append(Taken(one.start, one.end, one.kind, stand_in))
            at = one.end
        return Masked("".join([*pieces, text[at:]]), tuple(taken))

    def _stand_in(self, text: str, one: Private, language: Language) -> str:
        words = text[one.start : one.end]
        zh = language == "zh"
        match one.kind:
            case "name":
                letter = self._same(
                    "name", words[0] if "\u4e00" <= words[0] <= "\u9fff" else words.split()[-1], _LETTERS
                )
                honoured = zh or _HONORED.search(text[max(0, one.start - 12) : one.start])
                return letter if honoured else f"Person {letter}"
            case "company":
                if not zh:
                    return f"Company {self._same('company', words, _LETTERS)}"
                endings = _ENDING_ZH.findall(words)
                ending = "公司" if not endings or endings[-1] == "集团" else endings[-1]
                return f"{self._same('company', words, _STEMS)}{ending}"
            case _:
                name = kind_name(one.kind, language)
                return f"【{name}】" if zh else f"[{name}]"

    def _same(self, kind: str, who: str, row: str) -> str:
        """The stand-in of somebody, the same every time; past the end of the row they are numbered."""
        key = (kind, who)
        if key not in self._stand_ins:
            turn, place = divmod(sum(known == kind for known, _ in self._stand_ins), len(row))
            self._stand_ins[key] = row[place] + (str(turn + 1) if turn else "")
        return self._stand_ins[key]


def mask(
    text: str,
    *,
    known: Iterable[str] = (),
    companies: Iterable[str] = (),
    amounts: bool = False,
    language: Language | None = None,
) -> Masked:
    """One text without what is private; several of one story go through one `Masker`."""
    return Masker(known=known, companies=companies, amounts=amounts, language=language).mask(text)


def names_in(texts: Iterable[str]) -> list[str]:
    """The names of people in texts of one story: what is told in one place is known in all of them."""
    texts = list(texts)
    return known_throughout(
        text[one.start : one.end]
        for text, looked in zip(texts, looked_through(texts), strict=True)
        for one in looked.private
        if one.kind == "name"
    )


def known_throughout(names: Iterable[str]) -> list[str]:
    """Those names of a story that may be looked for in all its texts.

    Chinese ones without a surname are left out: should one be none, it would be taken out everywhere.
    """
    return [name for name in dict.fromkeys(names) if not _HAN.fullmatch(name) or has_surname(name)]


def private_in(
    text: str, known: Iterable[str] = (), known_companies: Iterable[str] = (), *, amounts: bool = False
) -> list[Private]:
    """What is private in a text, in reading order, without overlaps."""
    cut = Cut(text.translate(_WIDE))
    return _private_in(cut, tagged(cut), known, known_companies, amounts=amounts)


@dataclass(frozen=True, slots=True)
class Looked:
    """A text that was looked through, and what in it is private by its words alone."""

    private: Sequence[Private]
    _plain: str
    _likely: Sequence[Private]

    def about(self, known: Iterable[str], known_companies: Iterable[str]) -> Sequence[Private]:
        """What is private once somebody is known."""
        return _private_in(Cut(self._plain), self._likely, known, known_companies)


def looked_through(texts: Sequence[str]) -> list[Looked]:
    """Many texts, which takes much less time than one by one."""
    looked: list[Looked] = []
    for part in _parts(texts):
        cuts = [Cut(text.translate(_WIDE)) for text in part]
        for cut, likely in zip(cuts, tagged_all(cuts), strict=True):
            looked.append(Looked(tuple(_private_in(cut, likely)), cut.text, tuple(likely)))
    return looked


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in order, as many together as are weighed fastest."""
    part: list[str] = []
    long = 0
    for text in texts:
        part.append(text)
        long += len(text)
        if long > _TOGETHER:
            yield part
            part, long = [], 0
    if part:
        yield part


def _private_in(
    cut: Cut,
    likely: Sequence[Private],
    known: Iterable[str] = (),
    known_companies: Iterable[str] = (),
    *,
    amounts: bool = False,
) -> list[Private]:
    plain = cut.text
    found = [
        *numbers(plain),
        *written_forms(plain),
        *addresses(cut),
        *companies(cut),
    ]
    people = [*known_people(plain, known), *addressed(cut)]
    taken = {place for one in people for place in range(one.start, one.end)}
    found += people
    found += (one for one in likely if taken.isdisjoint(range(one.start, one.end)))
    for name in known_companies:
        found += [Private(m.start(), m.end(), "company") for m in re.finditer(re.escape(name), plain)]
    if amounts:
        found += sums_of_money(plain)
    return settled(found) if found else []
