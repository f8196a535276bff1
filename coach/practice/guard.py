"""Keeps a customer's line from giving away what is locked, from selling, and from stepping out of the scene.

Every line passes here before it is said, authored or worded by a model; a model's line that fails is
replaced by the authored one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from coach.reading.engine import Move
from coach.vocabulary import Language
from scenarios.wording import length, plain, says

Fault = Literal["empty", "leak", "inversion", "out_of_scene", "figure", "length", "language"]

LONGEST: Final = 90
"""Weight of the longest line a model may word (an authored one is shorter still)."""

_SELLING: Final = re.compile(
    r"我们(?:公司|产品|方案|设备|系统)(?:可以|能|会)(?:给|为|帮)您|给您(?:打折|优惠|便宜|报价|介绍)|请问您(?:的|对|有)|您的需求|"
    r"感谢您(?:的|选择|关注)|欢迎(?:选购|咨询)|为您(?:服务|提供|介绍)|作为(?:一名|一个)?销售|"
    r"\b(?:our (?:product|solution|platform|offer)|i can offer you|let me (?:walk you through|show you) our|"
    r"thank you for (?:your interest|choosing)|how can i help you|"
    r"as (?:your|a) (?:sales|account) (?:rep|manager|executive))\b",
    re.IGNORECASE,
)
_OUT_OF_SCENE: Final = re.compile(
    r"作为(?:一个)?(?:AI|人工智能|语言模型)|我是(?:一个)?(?:AI|人工智能|语言模型)|(?:得分|评分|打分|满分|扣分|检查项|剧本|角色扮演|提示词)|"
    r"\b(?:as an? (?:ai|language model)|i(?:'m| am) an? (?:ai|language model)|role.?play|your score|"
    r"full marks|system prompt|rubric)\b",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def fault(line: str, move: Move, language: Language, heard: Iterable[str] = ()) -> Fault | None:
    """What is wrong with a worded line; None when it may be said.

    `heard` is everything both sides know already (brief and talk): figures may come from there or from
    the authored line, from nowhere else.
    """
    if not line.strip():
        return "empty"
    if leaks(line, move.secrets):
        return "leak"
    if line == move.line:
        return None  # an author may well let a customer mock a seller; only leaks are out of the question
    if _SELLING.search(line):
        return "inversion"
    if _OUT_OF_SCENE.search(line):
        return "out_of_scene"
    if (language == "zh") != bool(_HAN.search(line)):
        return "language"
    if length(line) > max(LONGEST, 2 * length(move.line)):
        return "length"
    known = {figure for text in (move.line, *move.tells, *heard) for figure in _FIGURE.findall(plain(text))}
    if set(_FIGURE.findall(plain(line))) - known:
        return "figure"
    return None


def leaks(line: str, secrets: Iterable[str]) -> str | None:
    """The first locked word that the line gives away."""
    return next((word for word in secrets if says(line, word)), None)
