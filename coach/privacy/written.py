"""What has a fixed written form: e-mail addresses, chat handles, number plates, and sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from coach.privacy.spans import Private, PrivateKind

_LETTER_OR_FIGURE: Final = re.compile(r"[A-Za-z\d]")
_ENDING: Final = r"(?:com|cn|net|org|edu|gov|io|co|uk|de|fr|jp|hk|tw|info|biz)"
_FORMS: Final[tuple[tuple[PrivateKind, re.Pattern[str]], ...]] = (
    ("email", re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")),
    ("email", re.compile(rf"(?<![A-Za-z0-9._])[A-Za-z0-9._]{{1,40}}\s?(?:艾特|圈\s?[aA])\s?[A-Za-z0-9]{{1,30}}\s?(?:点|\.)\s?{_ENDING}(?![A-Za-z])")),
    ("email", re.compile(rf"\b[a-z0-9]{{1,30}}(?: (?:dot|underscore|dash) [a-z0-9]{{1,30}}){{0,3}} at [a-z0-9-]{{1,40}}(?: dot [a-z]{{2,12}}){{0,2}} dot {_ENDING}\b", re.IGNORECASE)),
    ("plate", re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-NP-Za-hj-np-z][·• .-]?(?:[DFdf](?=[0-9A-Za-z]{5}(?![0-9A-Za-z])))?(?=[A-Za-z]{0,4}\d)[0-9A-HJ-NP-Za-hj-np-z]{4,5}[0-9A-HJ-NP-Za-hj-np-z挂学警港澳](?![0-9A-Za-z])")),
    ("plate", re.compile(r"\b[A-Z]{2}[0-9]{2} [A-Z]{3}\b")),
)  # fmt: skip
_NAMED: Final[tuple[tuple[PrivateKind, re.Pattern[str]], ...]] = (
    ("account", re.compile(r"(?:微信号?|WeChat(?: id)?|wechat)(?:是|叫|:|：|\s|,|，){0,3}([A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_-])")),
    ("account", re.compile(r"(?:QQ|qq|扣扣)(?:群|号)?(?:是|:|：|\s){0,3}([1-9]\d{4,11})(?!\d)")),
    ("id", re.compile(r"(?:护照|passport)(?: number| no\.?|号码?)?(?: is|是|:|：|\s){0,3}([A-Z]{0,2}\d{7,9})(?!\d)", re.IGNORECASE)),
    ("id", re.compile(r"(?:driver'?s? licen[cs]e|tax id|ein)(?: number| no\.?)?(?: is|:|\s){0,3}([A-Z0-9][A-Z0-9-]{6,14})\b", re.IGNORECASE)),
    ("plate", re.compile(r"(?:[Ll]icen[cs]e plate|[Nn]umber plate|[Pp]late|[Rr]egistration|[Rr]eg)(?: number| no\.?)?(?: is|:|\s){1,3}((?=[A-Z0-9 -]{0,7}\d)[A-Z0-9]{2,4}[ -]?[A-Z0-9]{2,4})\b")),
)  # fmt: skip

_FIGURE: Final = r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,6})?"
_HAN_FIGURE: Final = r"[零〇一二两三四五六七八九十百千万亿几]{1,14}(?:点[零〇一二三四五六七八九]{1,6})?"
_AMOUNTS: Final = (
    re.compile(rf"(?:[¥￥$€£]|\b(?:USD|RMB|CNY|EUR|GBP)\b)\s?{_FIGURE}(?:\s?(?:万|亿|千|百万|[kKmM]\b|million\b|thousand\b|bn\b))?(?:元|块)?"),
    re.compile(rf"(?<![\d.]){_FIGURE}\s?(?:万|亿|千|百|百万|千万)?(?:多|来)?(?:元|块钱?|人民币|美元|美金|欧元|港币|毛钱|角)"),
    re.compile(rf"(?<![\d.]){_FIGURE}\s?(?:万|亿)(?!\s?[A-Za-z]|[条个件台吨人次平米公里米步卡字张份瓶箱套只根颗粒辆亩户家度立方小时兆])"),
    re.compile(rf"(?<![零〇一二两三四五六七八九十百千万亿第]){_HAN_FIGURE}(?:多|来)?(?:元|块钱?|毛钱|角钱|美元|美金|欧元)(?![素])"),
    re.compile(r"(?<![零〇一二两三四五六七八九十百千万亿第几])[零〇一二两三四五六七八九十百千]{1,10}(?:点[零〇一二三四五六七八九]{1,4})?(?:万|亿)(?:[一二三四五六七八九](?:千)?)?(?=[，。、；,.!?！？\s]|$|[的了吧啊吗呢])"),
    re.compile(rf"(?<![\d.])\b{_FIGURE}\s?(?:k|K|million|thousand|grand)?\s?(?:dollars|bucks|pounds|euros|quid|cents|pence|USD|RMB|EUR|GBP|grand)\b"),
    re.compile(r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|and)[ -]){1,8}(?:dollars|bucks|pounds|euros|quid|grand|cents)\b", re.IGNORECASE),
)  # fmt: skip


def written_forms(plain: str) -> Iterator[Private]:
    """E-mail addresses, handles, passports and plates: none is without a letter or a figure."""
    if not _LETTER_OR_FIGURE.search(plain):
        return
    for kind, pattern in _FORMS:
        for match in pattern.finditer(plain):
            yield Private(match.start(), match.end(), kind)
    for kind, pattern in _NAMED:
        for match in pattern.finditer(plain):
            yield Private(match.start(1), match.end(1), kind)


def sums_of_money(plain: str) -> Iterator[Private]:
    """Sums of money; shares, counts and dates are none."""
    for pattern in _AMOUNTS:
        for match in pattern.finditer(plain):
            yield Private(match.start(), match.end(), "amount")
