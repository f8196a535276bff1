"""Keeps a customer's line from giving away what is locked, from selling, from agreeing to what was not decided, and
from stepping out of the scene.

Every line passes here before it is said, authored or worded by a model, sentence by sentence with what was said
before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from coach.reading.engine import Move
from coach.reading.figures import figures
from coach.vocabulary import Language
from scenarios.wording import borrowed, length, says

Fault = Literal[
    "empty", "leak", "inversion", "out_of_scene", "agreed", "figure", "length", "language", "untold"
]

LONGEST: Final = 90
"""Weight of the longest line a model may word (an authored one is shorter still)."""

_SELLING: Final = re.compile(
    r"给[您你](?:打[一二三四五六七八九\d.]+折|打个折|便宜|让利|返点|推荐|做个?方案|报个?价)|我们的(?:产品|方案|设备|系统|服务)(?:特点|优势|是|能|可以|非常)|我是(?:一名|一个)?(?:销售|业务员|客户经理|顾问)|"
    r"\bi(?:'m| am) (?:the|a|your) (?:sales ?\w*|account (?:rep|manager|executive)|seller|vendor)\b|\bi can (?:give|offer) you (?:a )?(?:discount|\d+ ?%|special)|\bwhat would it take to (?:get|earn) your business\b|"
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
_AGREED: Final = re.compile(
    r"(?:我|咱们?)(?:们)?(?:现在|今天|这就|马上|可以|愿意|同意|决定)?(?:就)?(?:签(?:了|吧|字|合同|单|约)|下单|买了|要了|付款|打款|成交)|成交[!！。]|合同(?:拿来|发来|给我)|"
    r"(?:我|我们)同意(?:签|买|采购|购买|付)|就(?:选|定)(?:你|您)们?(?:家|了)|"
    r"\b(?:i(?:'ll| will|'m ready to| agree to)|we(?:'ll| will| agree to)|let'?s) (?:sign|buy|order|take it|go ahead and sign|close)\b|"
    r"\b(?:it'?s|you have|we have) a deal\b|\bdeal!|\bsend (?:me |us |over )?the contract\b|\bwhere do i sign\b",
    re.IGNORECASE,
)
_TOLD: Final = 0.3
"""Share of an authored line that tells a fact which a wording of it must hold."""
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
    if move.line.startswith(line.strip()):
        return None  # an author may well let a customer mock a seller; only leaks are out of the question
    if _SELLING.search(line):
        return "inversion"
    if _OUT_OF_SCENE.search(line):
        return "out_of_scene"
    if _AGREED.search(line) and not _AGREED.search(move.line):
        return "agreed"
    if (language == "zh") != bool(_HAN.search(line)):
        return "language"
    if length(line) > max(LONGEST, 2 * length(move.line)):
        return "length"
    known = frozenset().union(*(figures(text) for text in (move.line, *move.tells, *heard)))
    return "figure" if figures(line) - known else None


def untold(line: str, move: Move) -> bool:
    """Whether a wording of a move that tells something leaves out figures or most of what the author tells."""
    return bool(figures(move.line) - figures(line)) or borrowed(move.line, line) < _TOLD


def leaks(line: str, secrets: Iterable[str]) -> str | None:
    """The first locked word that the line gives away."""
    return next((word for word in secrets if says(line, word)), None)
