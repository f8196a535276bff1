"""People who are told by a rule: addressed as 老张, on a speaker's label, or known because they were named before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from coach.conversation import CUSTOMER_LABELS, REP_LABELS, UNNAMED
from coach.privacy.han import Cut
from coach.privacy.name_words import ALSO_WORDS, COMPOUND, SURNAMES, TITLE
from coach.privacy.spans import Private

_NOT_NAMES: Final = frozenset(
    """Person Company The A An And But Or If So We You He She They It This That These Those Our Your His Her Their My I Yes No Not Now Then Here There What When Why How Who Which
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Christmas Easter
    Sales Customer Finance Accounts Procurement Purchasing Operations Quality Maintenance Legal Security Payroll Board Head Office Please Thanks Sorry Sure Okay Fine Right Well
    Good Great General Chief Vice President Of Marketing Service Support Plant Project Product Account Area Regional District Manager Director Engineer Just Still All Any""".split()
)
_ADDRESSED: Final = re.compile(r"[老小阿]([\u4e00-\u9fff])")
_NOT_ADDRESSED: Final = frozenset(
    "小马 小龙 老龙 小花 小田 老马路 小石 小毛 小雷 小江 小史 小叶 小苗 小钟 老姜 小钱 老陶".split()
)
_ROLE_WORDS: Final = frozenset(word for label in (*REP_LABELS, *CUSTOMER_LABELS) for word in label.split())


def known_people(text: str, known: Iterable[str]) -> Iterator[Private]:
    """Wherever one of the `known` names stands, whole, in part or as a surname before a title."""
    for start, end in _known(text, known):
        yield Private(start, end, "name")


def addressed(cut: Cut) -> Iterator[Private]:
    """Surnames after 老, 小 and 阿, where the cutter sees no other word: 老张, but not 老马路."""
    for match in _ADDRESSED.finditer(cut.text):
        if match[1] not in SURNAMES or match[0] in _NOT_ADDRESSED:
            continue
        word, after = cut.word_at(match.start()), cut.word_at(match.start(1))
        merged = any(one is not None and one.tag == "nr" for one in (word, after))  # 小 + 霍开
        whole = word is not None and (word.end == match.end() or len(word.text) == 1 or word.tag == "nr")
        if whole and (match.end() in cut.ends or merged):
            yield Private(*match.span(1), "name")


def has_surname(name: str) -> bool:
    """Whether a Chinese name begins with what families are called by."""
    return name[0] in SURNAMES or name[0] in ALSO_WORDS or COMPOUND.match(name) is not None


def names_in_labels(labels: Iterable[str]) -> list[str]:
    """What in speakers' labels is a name: no sides (客户, Rep), no unnamed voices, no bare titles."""
    found = []
    for label in labels:
        whole = re.sub(r"[(（][^(（)）]*[)）]", "", label).strip()
        if not whole or whole.casefold() in _ROLE_WORDS or UNNAMED.fullmatch(whole):
            continue
        if TITLE.fullmatch(whole) or (whole.isascii() and not whole[:1].isupper()):
            continue
        found.append(whole)
    return found


def _known(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in known:
        # Once 钱慧敏 is known, 给钱经理 is about her, however the words are cut.
        surname = name[:2] if COMPOUND.match(name) else name[:1]
        if surname in SURNAMES or surname in ALSO_WORDS or (len(surname) == 2 and not surname.isascii()):
            for match in re.finditer(re.escape(surname), text):
                if TITLE.match(text, match.end()):
                    yield match.span()
        for form in _forms(name):
            if form.isascii():
                found = re.finditer(rf"(?<![A-Za-z0-9]){re.escape(form)}(?![A-Za-z0-9])", text)
                yield from (match.span() for match in found)
            else:
                at = text.find(form)
                while at >= 0:
                    yield at, at + len(form)
                    at = text.find(form, at + len(form))


def _forms(name: str) -> Iterator[str]:
    """The ways in which a known name is said: whole, its parts, without its title."""
    whole = name.strip()
    if len(whole) < 2:
        return
    if whole.isascii():
        words = [word.strip(".,'") for word in whole.split()]
        named = [word for word in words if len(word) > 1 and word not in _NOT_NAMES and word[:1].isupper()]
        named = [word for word in named if not re.fullmatch(r"Mr|Mrs|Ms|Miss|Dr|Prof", word)]
        if len(named) > 1:
            yield " ".join(named)
        yield from named
        return
    for at in range(1, len(whole)):
        if (title := TITLE.match(whole, at)) and title.end() == len(whole):
            if at > 1:
                yield whole[:at]
            return  # a surname alone says nothing without its title, and that is found anyway
    if len(whole) >= 2:
        yield whole
    if len(whole) == 3 and whole[0] in SURNAMES + ALSO_WORDS:
        yield whole[1:]
