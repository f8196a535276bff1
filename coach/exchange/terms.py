"""What people write into a cell for a term of the vocabulary: 成交 is won, 嫌贵 is price, 300 人 is medium."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from coach.vocabulary import OBJECTION_TYPES, SIZES, STAGES, Language, name, size_of

_OUTCOMES: Final = {
    "won": "赢单 赢 成交 已成交 签约 已签约 中标 成功 成了 是 yes win closedwon success won",
    "lost": "丢单 丢 输单 输 未成交 失败 流失 落标 没成 否 no loss closedlost lost failed",
    "stalled": "停滞 搁置 暂停 停 进行中 悬而未决 待定 跟进中 stalled onhold pending open paused stuck",
}
_OBJECTIONS: Final = {
    "price": "价格 嫌贵 太贵 预算 费用 成本 price budget cost expensive",
    "technical": "技术 质量 功能 性能 产品 技术质疑 technical technology quality feature performance",
    "decision_chain": "决策链 决策 谁拍板 拍板 权限 决策链模糊 decisionchain authority decision decisionmaker",
    "timing": "时机 时间 不急 再等等 维持现状 timing notnow urgency time",
    "competitor": "竞品 竞争 对手 竞争对手 比较 competitor competition rival",
    "trust": "信任 不信任 信不过 服务 交付 trust credibility delivery risk",
}
_SIZES: Final = {
    "micro": "微型 小微 微型企业 micro",
    "small": "小型 小 小企业 小型企业 small",
    "medium": "中型 中 中型企业 medium mid midmarket",
    "large": "大型 大 大型企业 large",
    "enterprise": "特大 超大 集团 特大型 enterprise",
}
_STAGES: Final = {
    "prospecting": "初步接触 接触 线索 破冰 情报与准入 prospecting lead",
    "discovery": "需求挖掘 需求 挖需求 需求确认 discovery qualification",
    "mapping": "摸决策链 决策链 mapping",
    "proof": "试用验证 试点 测试 验证 poc proof pilot trial",
    "proposal": "方案报价 方案 报价 投标 proposal quote bid",
    "negotiation": "商务谈判 谈判 签约 合同 negotiation closing contract",
    "delivery": "交付 实施 上线 delivery implementation onboarding",
    "growth": "深耕 续约 增购 复购 growth renewal expansion upsell",
}
_TABLES: Final = {
    "outcome": _OUTCOMES,
    "objection_types": _OBJECTIONS,
    "customer.size": _SIZES,
    "stage": _STAGES,
}
_TAILS: Final = ("异议", "问题", "阶段", "类", "objection", "stage")


@lru_cache(maxsize=4096)
def term(path: str, words: str) -> str | None:
    """The term of the vocabulary that `words` stand for in the field `path`; None when they stand for none."""
    flat = _flat(words)
    table = _table(path)
    if flat in table:
        return table[flat]
    for tail in _TAILS:
        if flat.endswith(tail) and flat.removesuffix(tail) in table:
            return table[flat.removesuffix(tail)]
    if path == "customer.size":
        return _people(words)
    return None


def choices(path: str, language: Language) -> str:
    """What the field takes, as people call it, for an error that says what to write."""
    return ("、" if language == "zh" else ", ").join(name(term, language) for term in _TABLES[path])


def _people(words: str) -> str | None:
    """`300`, `300 人`, `100-499人`, `1,200 employees`: of a range the middle counts."""
    flat = unicodedata.normalize("NFKC", words).replace(",", "")
    counts = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", flat)]
    if not counts or len(counts) > 2:
        return None
    factor = 10_000 if "万" in flat else 1
    return size_of(int(sum(counts) / len(counts) * factor))


@cache
def _table(path: str) -> dict[str, str]:
    named = {"outcome": (), "objection_types": OBJECTION_TYPES, "customer.size": SIZES, "stage": STAGES}[path]
    found = {_flat(word): term for term, words in _TABLES[path].items() for word in (term, *words.split())}
    for one in named:
        found[_flat(name(one, "zh"))] = found[_flat(name(one, "en"))] = one
    return found


def _flat(words: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())
