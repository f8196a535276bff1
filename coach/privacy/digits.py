"""Phone numbers, identity numbers and bank cards, written or spoken digit by digit, in Chinese and English.

Only runs whose length, beginning or neighbourhood say whose number it is are taken: quantities, dates, part and
order numbers stay. Every pattern is bounded, so that a text costs time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coach.privacy.spans import Private, PrivateKind

_NEAR: Final = 24
"""So many characters before a bare number may say what it is."""
_PHONE_WORDS: Final = re.compile(
    r"电话|手机|座机|号码|热线|打给|拨|致电|短信|联系方式|分机|传真|微信同号|加我|回我|"
    r"\b(?:phone|cell|mobile|call|tel|text|fax|reach|ring|number(?:'s| is)|landline|extension|whatsapp)\b",
    re.IGNORECASE,
)
_CARD_WORDS: Final = re.compile(
    r"卡号|账号|帐号|账户|银行卡|开户|打到|汇到|\b(?:card|account|acct|iban|sort code)\b", re.IGNORECASE
)
_ID_WORDS: Final = re.compile(
    r"身份证|证件号|护照|社保|驾驶证|\b(?:ssn|social security|passport|licen[cs]e|national id|tax id|ein|id number)\b",
    re.IGNORECASE,
)
_UNIT_AFTER: Final = re.compile(
    r"\s?(?:元|块|万|亿|台|件|个|吨|度|千瓦|公里|人|套|箱|米|kwh|kg|km|pcs|units)", re.IGNORECASE
)
_THING_BEFORE: Final = re.compile(
    r"(?:编号|型号|图号|单号|货号|批号|料号|件号|合同号|序列号|版本|流水号|快递|运单|\b(?:part|model|order|serial|invoice|lot|batch|item|sku|drawing|po|ticket|tracking)(?: number| no\.?| #)?)(?:是|为|:|：|#|\s){0,3}$",
    re.IGNORECASE,
)

_FIGURE: Final = re.compile(r"\d")
_LATIN: Final = re.compile(r"[A-Za-z]")
_DATE: Final = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_A_DATE: Final = re.compile(r"(?:19|20)\d\d[- ]?(?:0?[1-9]|1[0-2])[- ]?(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_EDGE: Final = r"(?<![0-9A-Za-z.])"
_END: Final = r"(?![0-9A-Za-z])"
_MOBILE: Final = (
    r"(?:1[3-9]\d{9}|1[3-9]\d[-. ·]\d{4}[-. ·]\d{4}|1[3-9]\d[，、,]\d{4}[，、,]\d{4}|1[3-9]\d[- ]\d{3}[- ]\d{5}"
    r"|1[3-9]\d{2}[- ]\d{3}[- ]\d{4}|1[3-9]\d[*＊xX]{4}\d{4})"
)
_PLAIN: Final[tuple[tuple[PrivateKind, re.Pattern[str]], ...]] = (
    ("id", re.compile(rf"{_EDGE}[1-9]\d{{5}}[ -]?{_DATE}[ -]?\d{{3}}[\dXx]{_END}")),
    ("id", re.compile(rf"{_EDGE}[0-9A-Z]{{2}}\d{{6}}(?=[0-9A-Z]{{0,9}}[A-Z])[0-9A-Z]{{10}}{_END}")),
    ("id", re.compile(rf"{_EDGE}(?!000|666|9)\d{{3}}-\d{{2}}-\d{{4}}{_END}(?!-)")),
    ("id", re.compile(rf"{_EDGE}[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{{2}} ?\d{{2}} ?\d{{2}} ?[A-D]{_END}")),
    ("card", re.compile(rf"{_EDGE}[A-Z]{{2}}\d{{2}} ?[A-Z]{{4}}(?: ?\d{{4}}){{3,4}}(?: ?\d{{1,2}})?{_END}")),
    ("card", re.compile(rf"{_EDGE}DE\d{{2}}(?: ?\d{{4}}){{4}} ?\d{{2}}{_END}")),
    ("phone", re.compile(rf"(?<![0-9A-Za-z.])(?:\(?(?:\+|00)?86\)?[- ]?)?{_MOBILE}(?![0-9])")),
    ("phone", re.compile(r"(?<![0-9A-Za-z])\+\d{1,3}(?:[-. ]?\(\d{1,4}\))?(?:[-. ]?\d){7,12}(?!\d)")),
    ("phone", re.compile(r"(?<![0-9.])[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)")),
    ("phone", re.compile(r"(?<![0-9.-])(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-. ]\d{4}(?![0-9-])")),
    ("phone", re.compile(r"(?<![0-9.-])555[- ]\d{4}(?![0-9-])")),
)  # fmt: skip
_ZERO_LED: Final = re.compile(r"(?<![0-9A-Za-z.,:/-])\(?0[1-9]\d{0,3}\)?(?:[- ]?\d){6,9}(?![0-9.])")
_EXTENSION: Final = re.compile(r"(?:\s?(?:转|分机|ext\.?|x)\s?|-)\d{1,5}(?!\d)", re.IGNORECASE)
_LONG: Final = re.compile(r"(?<![0-9A-Za-z.,-])\d(?:[ -]?\d){6,22}(?![0-9A-Za-z]|[.,]\d)")

_SPOKEN: Final = {c: d for d, cs in enumerate(("零〇○洞", "一幺", "二两", "三", "四", "五", "六", "七拐", "八", "九勾")) for c in cs}  # fmt: skip
_ONE_ZH: Final = rf"(?:[二两三四五]个[{''.join(_SPOKEN)}0-9]|[{''.join(_SPOKEN)}0-9])"
_BETWEEN: Final = r"(?:[\s,，、—-]{0,2}|[\s,，]?(?:然后是?|后面是?|后头是?|接着是?|再|嗯|呃|杠|空格)[\s,，]?)"
"""What people say between the digits of one number."""
_RUN_ZH: Final = re.compile(rf"(?<![十百千万亿点第]){_ONE_ZH}(?:{_BETWEEN}{_ONE_ZH}){{5,}}(?![十百千万亿点])")
_WORDS_EN: Final = {w: str(d) for d, ws in enumerate(("zero oh o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")) for w in ws.split()}  # fmt: skip
_ONE_EN: Final = rf"(?:(?:double|triple) )?(?:{'|'.join(_WORDS_EN)}|\d)"
_RUN_EN: Final = re.compile(rf"\b{_ONE_EN}\b(?:[ ,.-]{{1,2}}{_ONE_EN}\b){{4,}}", re.IGNORECASE)


def numbers(plain: str) -> Iterator[Private]:
    """The private numbers of a text whose full-width characters have been made plain."""
    if _FIGURE.search(plain):
        yield from _written(plain)
    yield from _spoken_chinese(plain)
    if _LATIN.search(plain):
        yield from _spoken_english(plain)


def _written(plain: str) -> Iterator[Private]:
    for kind, pattern in _PLAIN:
        for match in pattern.finditer(plain):
            if not _of_a_thing(plain, match):
                yield Private(match.start(), _with_extension(plain, match.end(), kind), kind)
    for match in _ZERO_LED.finditer(plain):
        last = re.split(r"[- ]", match[0])[-1]
        if 10 <= sum(c.isdigit() for c in match[0]) <= 12 and len(last) > 2 and not _of_a_thing(plain, match):
            yield Private(match.start(), _with_extension(plain, match.end(), "phone"), "phone")
    for match in _LONG.finditer(plain):
        if kind_ := _by_length(plain, match):
            yield Private(match.start(), match.end(), kind_)


def _of_a_thing(plain: str, match: re.Match[str]) -> bool:
    """Whether a unit follows, or the words right before say that an order or a part has this number."""
    before = plain[max(0, match.start() - 14) : match.start()]
    return bool(_UNIT_AFTER.match(plain, match.end()) or _THING_BEFORE.search(before))


def _with_extension(plain: str, end: int, kind: PrivateKind) -> int:
    found = _EXTENSION.match(plain, end) if kind == "phone" else None
    return found.end() if found else end


def _by_length(plain: str, match: re.Match[str]) -> PrivateKind | None:
    """What a bare run of digits is, by its length, its check digit, and the words before it."""
    digits = re.sub(r"\D", "", match[0])
    groups = re.split(r"[ -]", match[0])
    before = plain[max(0, match.start() - _NEAR) : match.start()]
    if _of_a_thing(plain, match) or _A_DATE.match(match[0]):
        return None
    if _CARD_WORDS.search(before) and len(digits) >= 8:
        return "card"
    if _ID_WORDS.search(before) and len(digits) >= 8:
        return "id"
    whole = len(groups) == 1
    if 13 <= len(digits) <= 19 and (whole or all(len(group) in (3, 4, 5, 6) for group in groups)):
        known = digits[0] in "3456" and (_luhn(digits) or (digits.startswith("62") and len(digits) >= 16))
        if known:
            return "card"
    if _PHONE_WORDS.search(before) and 7 <= len(digits) <= 13:
        return "phone"
    return None


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _spoken_chinese(plain: str) -> Iterator[Private]:
    for match in _RUN_ZH.finditer(plain):
        if all(c.isascii() for c in match[0] if c not in "，、—"):
            continue  # written in digits: judged above
        places = [(at, digit) for at, digit in _spoken_digits(match)]
        digits = "".join(digit for _, digit in places)
        before = plain[max(0, match.start() - _NEAR) : match.start()]
        if (found := _spoken_kind(digits, before)) is not None:
            kind, first, last = found
            end = places[last][0] + 1 if last + 1 < len(places) else match.end()
            yield Private(places[first][0], end, kind)


def _spoken_digits(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """(place, digit) for every digit of a run; 三个八 is three of them at one place."""
    for one in re.finditer(_ONE_ZH, match[0]):
        times, digit = (1, one[0]) if len(one[0]) == 1 else (_value(one[0][0]), one[0][-1])
        for _ in range(times):
            yield match.start() + one.end() - 1, str(_value(digit))


def _value(character: str) -> int:
    return _SPOKEN[character] if character in _SPOKEN else int(character)


def _spoken_kind(digits: str, before: str) -> tuple[PrivateKind, int, int] | None:
    """Kind, first and last digit of the number inside a spoken run."""
    if found := re.fullmatch(rf"[1-9]\d{{5}}{_DATE}\d{{4}}", digits):
        return "id", found.start(), found.end() - 1
    if 16 <= len(digits) <= 19 and (digits.startswith("62") or _CARD_WORDS.search(before)):
        return "card", 0, len(digits) - 1
    mobile = re.match(r"(?:86)?1[3-9]\d{9}$", digits) or re.search(r"1[3-9]\d{9}$", digits)
    if mobile and len(digits) <= 14:
        return "phone", mobile.start(), mobile.end() - 1
    if re.fullmatch(r"0[1-9]\d{8,10}|[48]00\d{7}", digits):
        return "phone", 0, len(digits) - 1
    if 7 <= len(digits) <= 12 and _PHONE_WORDS.search(before):
        return "phone", 0, len(digits) - 1
    return None


def _spoken_english(plain: str) -> Iterator[Private]:
    for match in _RUN_EN.finditer(plain):
        words = re.findall(r"[a-z]+|\d", match[0].lower())
        many, times = 0, 1
        for word in words:
            if word in ("double", "triple"):
                times = 2 if word == "double" else 3
            else:
                many, times = many + times, 1
        if not any(word in _WORDS_EN for word in words):
            continue
        before = plain[max(0, match.start() - _NEAR) : match.start()]
        if _ID_WORDS.search(before) and many >= 8:
            yield Private(match.start(), match.end(), "id")
        elif 14 <= many <= 19 or (_CARD_WORDS.search(before) and many >= 8):
            yield Private(match.start(), match.end(), "card")
        elif 10 <= many <= 13 or (many >= 7 and _PHONE_WORDS.search(before)):
            yield Private(match.start(), match.end(), "phone")
