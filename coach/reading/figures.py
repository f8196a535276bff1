"""Figures in a line of talk, however they are spoken: 3,000, 30 万, 三十万, 八折, thirty thousand, half a million.

Each comes as one value, so that the same figure spoken another way is the same figure.
"""

from __future__ import annotations

import re
from typing import Final

from scenarios.wording import plain

_TIMES: Final = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8, "k": 1e3, "m": 1e6}
_ZH: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_WRITTEN: Final = re.compile(r"(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万|千|百|亿|k\b|m\b)?")
_NUMERAL: Final = "零〇一二两俩三四五六七八九十百千万亿半"
_SPOKEN: Final = re.compile(
    rf"(?<!第)(?:百分之)?([{_NUMERAL}]+)(?:点([零〇一二三四五六七八九]+))?(块|元|折|毛|成|个点|％|%|台|套|年|天|个月|吨|人|家|次|美元)?"
)
_NO_FIGURE: Final = re.compile(
    r"万一|千万(?=[别不要得记]|，)|十分(?!之|钟)|一{2}|三三两两|七[上零]八[下落]|百分百|五花八门|乱七八糟|一二|三四(?=[个次])|半(?=天|信|路|夜)|千方百计|九牛一毛|万万|十有八九"
)
_EN: Final = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
} | {
    word: 10.0 * n
    for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_EN_TIMES: Final = {"hundred": 100.0, "thousand": 1e3, "grand": 1e3, "million": 1e6}
_EN_RUN: Final = re.compile(
    rf"\b(?:{'|'.join((*_EN, *_EN_TIMES, 'half a'))})(?:[\s-]+(?:and[\s-]+)?(?:{'|'.join((*_EN, *_EN_TIMES))}))*\b"
)


def figures(text: str) -> frozenset[float]:
    """Every figure of a text as a value; small counting words (一个, two of us) are none."""
    words = _NO_FIGURE.sub(" ", plain(text))
    return frozenset([*_written(words), *_chinese(words), *_english(words)])


def _written(words: str) -> list[float]:
    return [
        round(float(number.replace(",", "")) * _TIMES.get(unit, 1.0), 4)
        for number, unit in _WRITTEN.findall(words)
    ]


def _chinese(words: str) -> list[float]:
    """Numerals of more than one sign, or with a unit behind them; of one sign and without, they only count."""
    found = []
    for numeral, decimals, unit in _SPOKEN.findall(words):
        if numeral == "半" or (
            len(numeral) == 1 and unit in ("", "个", "次", "家", "人", "天", "年", "台", "套")
        ):
            continue
        if all(char in "百千万亿" for char in numeral):
            continue  # 几百万, 上千: nobody's figure
        whole = _numeral(numeral)
        found.append(
            round(whole + (float(f"0.{''.join(str(_ZH[c]) for c in decimals)}") if decimals else 0), 4)
        )
    return found


def _numeral(signs: str) -> float:
    """The value of a Chinese numeral; the colloquial 三万五 is 35,000."""
    if all(char in _ZH for char in signs):
        return float("".join(str(_ZH[char]) for char in signs))
    total = part = digit = 0.0
    last = 1.0
    for char in signs:
        if char == "半":
            digit = 0.0
            part += last / 2
        elif char in _ZH:
            digit = float(_ZH[char])
        elif _TIMES[char] >= 1e4:
            total = (total + part + digit) * _TIMES[char]
            part, digit, last = 0.0, 0.0, _TIMES[char]
        else:
            part += (digit or 1.0) * _TIMES[char]
            digit, last = 0.0, _TIMES[char]
    if digit and last > 10 and signs[-2] not in "零〇":
        digit *= last / 10
    return total + part + digit


def _english(words: str) -> list[float]:
    found = []
    for match in _EN_RUN.finditer(words):
        total = part = 0.0
        run = re.split(r"[\s-]+", match.group().replace("half a", "half"))
        for word in run:
            if word == "half":
                part = 0.5
            elif word in _EN:
                part += _EN[word]
            elif word in _EN_TIMES:
                part = (part or 1.0) * _EN_TIMES[word]
                if _EN_TIMES[word] >= 1e3:
                    total, part = total + part, 0.0
        value = total + part
        if value > 12 or len(run) > 1:
            found.append(round(value, 4))
    return found
