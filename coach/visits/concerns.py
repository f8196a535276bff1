"""Hidden concerns (隐性顾虑): what the customer implied, put into a sentence of ours beside their words."""

from __future__ import annotations

import re
from typing import Final

from coach.reading.offline.view import view
from coach.vocabulary import Language

_THEMES: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = (
    (
        re.compile(
            r"背锅|挨|担责|交代|饭碗|位[子置]|面子|奖金|考核|签字的是我|责任|怪我|找我|我站|骂|blame|on the hook|my (?:neck|name|job|head|bonus|career)|answer for|explain|fired|look bad|yelled"
        ),
        "怕出了问题由自己担责任、不好交代",
        "afraid of carrying the blame if it goes wrong",
    ),
    (
        re.compile(
            r"上(?:次|回|一家)|以前|之前|去年|前年|那(?:次|回)|又|再(?:来|折腾|出)|last (?:time|vendor|year|one)|again|before|burned|previous"
        ),
        "以前吃过亏，怕再来一次",
        "was burned before and fears a repeat",
    ),
    (
        re.compile(
            r"工人|师傅|下面|底下|老师|护士|司机|店员|员工|没人|不会用|不愿|抵触|走了|辞|crew|guys|team|drivers|nurses|operators|nobody|won't use|quit"
        ),
        "担心下面的人不愿用、用不起来",
        "doubts that the people on the floor will take to it",
    ),
    (
        re.compile(r"钱|现金|账|回款|亏|窟窿|押|贷款|资金|cash|money|afford|payroll|loan|margin"),
        "手头的钱紧，怕投进去收不回来",
        "cash is tight and the money may not come back",
    ),
    (
        re.compile(
            r"领导|老板|上面|总部|集团|人事|换人|竞聘|退休|接班|boss|corporate|owner|retir|leav|successor|reorg|board"
        ),
        "上面或人事有变数，怕定了不算数",
        "changes above or around them may undo the decision",
    ),
    (
        re.compile(r"售后|找不到|跑路|倒闭|没人管|断|停|坏|来不|support|show up|service|go under|around in"),
        "怕买了以后没人管、耽误生产",
        "fears being left alone after the purchase",
    ),
)


def summary(quote: str, language: Language) -> str:
    """One short sentence of ours for the worry behind a quote."""
    plain = view(quote).plain
    for pattern, zh, en in _THEMES:
        if pattern.search(plain):
            return zh if language == "zh" else en
    return "话里有顾虑，没有明说" if language == "zh" else "a worry that was not spoken out"
