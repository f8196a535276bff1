"""The second question about a clause: which objection, which polarity, which buying role."""

from __future__ import annotations

import re
from typing import Final

from coach.reading.offline.evidence import Evidence
from coach.vocabulary import DecisionRole, ObjectionType, Polarity

_OBJECTION: Final[dict[ObjectionType, dict[str, float]]] = {
    "price": {"price_word": 1.4, "money": 0.8, "percent": 0.4, "number": 0.2},
    "technical": {"doubt_fit": 1.5, "need_pain": 0.2},
    "decision_chain": {"powerless": 1.8, "title": 0.7, "power": 0.4},
    "timing": {"not_now": 1.8, "time_vague": 0.4, "time_day": 0.3},
    "competitor": {"incumbent": 1.4, "rival": 0.7},
    "trust": {"distrust": 1.6, "worry_if": 0.4, "time_past": 0.3},
}
_POLARITY: Final[dict[Polarity, dict[str, float]]] = {
    "positive": {"positive": 1.5, "agree": 0.6, "negative": -0.5},
    "negative": {"negative": 1.6, "refuse": 0.4, "leaving": 0.6, "negation": 0.2, "distrust": 0.4},
    "hesitant": {"hesitant": 1.7, "brush_off": 0.5, "not_now": 0.4, "powerless": 0.2},
}
_ROLE_WORDS: Final[tuple[tuple[DecisionRole, re.Pattern[str]], ...]] = (
    ("finance", re.compile(r"财务|会计|出纳|审计|成本部|cfo|financ|controller|comptroller|account|treasur|bookkeep")),
    (
        "technical",
        re.compile(
            r"工程师|总工|技术|设备|信息|质量|品控|品管|质检|检验|设计院|[\u4e00-\u9fff]工$|\bit\b|it部|cio|cto|ciso|engineer|quality|architect|technic|security"
        ),
    ),
    (
        "gatekeeper",
        re.compile(r"采购|招采|招标|秘书|前台|助理|行政|法务|办公室|院办|procure|purchas|buyer|legal|counsel|secretary|assistant|admin"),
    ),
    (
        "decision_maker",
        re.compile(
            r"老板|董|总经理|总裁|副总|总$|[\u4e00-\u9fff]总|厂长|院长|校长|局长|处长|行长|一把手|委员会|班子|集团|总部|股东|合伙|"
            r"领导|上面|上头|ceo|coo|owner|president|\bgm\b|general manager|board|committee|boss|partner|vp|director|principal|corporate|headquarters"
        ),
    ),
    (
        "user",
        re.compile(r"师傅|班组|班长|组长|老师|护士|医生|大夫|店长|队长|司机|工人|车间|生产|foreman|supervisor|operator|nurse|teacher|driver|crew|floor|user"),
    ),
)


def objection_type(clause: Evidence) -> ObjectionType:
    """The type of an objection, by what it talks about."""
    scores = {kind: sum(w for cue, w in weights.items() if cue in clause.cues) for kind, weights in _OBJECTION.items()}
    return max(scores, key=lambda kind: scores[kind])


def polarity(clause: Evidence) -> Polarity:
    """Whether a reaction is positive, negative or hesitant."""
    scores = {kind: sum(w for cue, w in weights.items() if cue in clause.cues) for kind, weights in _POLARITY.items()}
    return max(scores, key=lambda kind: scores[kind])


def decision_role(clause: Evidence, mention: str) -> DecisionRole:
    """The buying role of a person or body, by title; by what the clause says of their power when the title is mute."""
    if "power" in clause.cues and re.search(r"拍板|说了算|final|签|定|sign|decid", clause.plain):
        if not re.search(r"财务|finance|cfo", mention):
            return "decision_maker"
    for role, pattern in _ROLE_WORDS:
        if pattern.search(mention):
            return role
    return "influencer"
