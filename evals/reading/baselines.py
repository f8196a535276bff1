"""What anybody could build in an afternoon, in the same table: a keyword list, and dumping whole turns."""

from __future__ import annotations

import re
from typing import Final

from coach.conversation import Conversation, known_role
from coach.vocabulary import Language
from evals.reading.metrics import Entry

_FIELDS: Final[dict[Language, dict[tuple[str, str | None], str]]] = {
    "zh": {
        ("core_needs", None): "需要|希望|想要|要求|痛点",
        ("solution_points", None): "我们可以|方案|支持|提供",
        ("feedback", "positive"): "不错|可以|满意",
        ("feedback", "negative"): "太贵|不行|不满意",
        ("feedback", "hesitant"): "考虑|再看看|商量",
        ("next_steps", None): "下周|明天|发给|安排",
        ("hidden_concerns", None): "担心|万一|怕",
        ("objections", "price"): "贵|价格|预算",
        ("objections", "technical"): "兼容|稳定|精度",
        ("objections", "decision_chain"): "领导|老板|审批",
        ("objections", "timing"): "明年|以后|不急",
        ("objections", "competitor"): "别家|另一家|竞品",
        ("objections", "trust"): "案例|保证|没听过",
        ("decision_roles", "decision_maker"): "老板|总经理|院长|厂长",
        ("decision_roles", "finance"): "财务",
        ("decision_roles", "gatekeeper"): "采购",
        ("time_points", None): "下周|月底|年底|明天|周[一二三四五]",
    },
    "en": {
        ("core_needs", None): "need|want|looking for|require",
        ("solution_points", None): "we can|we offer|our solution|support",
        ("feedback", "positive"): "sounds good|great|like",
        ("feedback", "negative"): "too expensive|not interested",
        ("feedback", "hesitant"): "think about|maybe|not sure",
        ("next_steps", None): "send|schedule|follow up|next week",
        ("hidden_concerns", None): "worried|what if|afraid",
        ("objections", "price"): "expensive|price|budget",
        ("objections", "technical"): "integrate|compatible|reliable",
        ("objections", "decision_chain"): "boss|approval|committee",
        ("objections", "timing"): "next year|not now|later",
        ("objections", "competitor"): "competitor|other vendor|another quote",
        ("objections", "trust"): "reference|guarantee|never heard",
        ("decision_roles", "decision_maker"): "ceo|owner|director|boss",
        ("decision_roles", "finance"): "cfo|finance",
        ("decision_roles", "gatekeeper"): "procurement|purchasing",
        ("time_points", None): "tomorrow|next week|monday|friday|end of",
    },
}  # fmt: skip
_ACTS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "acknowledge": "理解|明白|确实", "explore": "为什么|什么|怎么", "map_decision": "谁|审批|流程", "restate": "您的意思|对吗",
        "offer_solution": "方案|可以|支持", "quantify": "节省|一年|%", "prove": "案例|报告|测试", "advance": "下周|明天|约",
        "trade": "如果|前提", "concede_price": "打折|优惠|便宜", "overpromise": "保证|绝对|100%", "disparage": "他们不行|垃圾",
        "pressure": "今天签|涨价|最后", "dismiss": "不贵|想多了", "evade": "回头再说|再聊", "small_talk": "天气|吃饭|孩子",
    },
    "en": {
        "acknowledge": "understand|fair|makes sense", "explore": "why|what|how", "map_decision": "who|approval|sign", "restate": "you're saying|right\\?",
        "offer_solution": "we can|option|support", "quantify": "save|per year|%", "prove": "reference|case|trial", "advance": "tomorrow|next week|schedule",
        "trade": "if you|in return", "concede_price": "discount|off", "overpromise": "guarantee|always|100%", "disparage": "junk|terrible",
        "pressure": "today only|last chance", "dismiss": "wrong|not expensive", "evade": "circle back|later", "small_talk": "weather|weekend",
    },
}  # fmt: skip


def keyword_entries(talk: Conversation) -> list[Entry]:
    """Every sentence that holds a keyword of a field."""
    found = []
    for turn in talk.turns:
        for sentence in re.split(r"(?<=[。！？!?.\n])", turn.text):
            for (field, kind), words in _FIELDS[talk.language].items():
                if sentence.strip() and re.search(words, sentence, re.IGNORECASE):
                    found.append(Entry(field, turn.number, sentence.strip(), kind))
    return found


def dump_entries(talk: Conversation, rep: str | None) -> list[Entry]:
    """Every customer turn as a need, an objection and a reaction; every rep turn as a solution point and a next step."""
    found = []
    for turn in talk.turns:
        if turn.speaker == rep or (rep is None and known_role(turn.speaker) == "rep"):
            found += [
                Entry("solution_points", turn.number, turn.text),
                Entry("next_steps", turn.number, turn.text),
            ]
        else:
            found += [
                Entry("core_needs", turn.number, turn.text),
                Entry("objections", turn.number, turn.text, "price"),
                Entry("feedback", turn.number, turn.text, "negative"),
            ]
    return found


def keyword_acts(reply: str, language: Language) -> frozenset[str]:
    """Every act one of whose keywords occurs."""
    return frozenset(act for act, words in _ACTS[language].items() if re.search(words, reply, re.IGNORECASE))
