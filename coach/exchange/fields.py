"""The columns of a case: every field with its place in the schema, what people call it, and how a cell writes it.

The same list reads a spreadsheet of a stranger, a Word document with headings, and what was exported here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from coach.vocabulary import Language

Form = Literal["line", "text", "lines", "terms", "things", "flag"]
"""One line · words as they stand · a list of sayings · a list of vocabulary terms · nested YAML · yes or no."""


@dataclass(frozen=True, slots=True)
class Field:
    """`path` in the schema (`customer.size`), names in both languages (the first ones are written on export)."""

    path: str
    form: Form
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def name(self, language: Language) -> str:
        """What it is called as a column head or a heading."""
        return self.zh[0] if language == "zh" else self.en[0]

    @property
    def place(self) -> tuple[str, ...]:
        """The keys that lead to it."""
        return tuple(self.path.split("."))


def _field(path: str, form: Form, zh: str, en: str) -> Field:
    return Field(path, form, tuple(zh.split("/")), tuple(en.split("/")))


FIELDS: Final[tuple[Field, ...]] = (
    _field("id", "line", "编号/战例编号/案例编号/ID/序号编号", "id/case id/number/ref"),
    _field("language", "line", "语言", "language/lang"),
    _field(
        "title",
        "line",
        "标题/战例标题/案例标题/案例名称/战例名称/名称/题目",
        "title/case title/name/case/headline",
    ),
    _field(
        "outcome",
        "line",
        "结局/成交结果/赢丢/输赢/成败/单子结果/是否成交/最终状态/商机结果",
        "outcome/won or lost/win loss/win/status of deal/deal outcome/closed as",
    ),
    _field("version", "line", "版本", "version"),
    _field("status", "line", "状态/发布状态", "status"),
    _field("sample", "flag", "样例", "sample"),
    _field(
        "one_line",
        "text",
        "一句话梗概/一句话/梗概/摘要/概述/简介/案例概述",
        "one line/summary/abstract/synopsis/in one line",
    ),
    _field(
        "principle",
        "text",
        "道理/原则/启示/经验/核心启示/经验总结",
        "principle/lesson/lessons/takeaway/lesson learned/lessons learned",
    ),
    _field("asked_as", "lines", "怎么问/问法/相似问法", "asked as/ways of asking"),
    _field("industry", "line", "行业/行业属性/所属行业/客户行业", "industry/sector/trade/vertical"),
    _field("segment", "line", "细分/细分行业/细分市场/场景", "segment/sub-industry/niche/scene"),
    _field(
        "product_category",
        "line",
        "产品类别/产品/产品线/方案",
        "product category/product/product line/solution",
    ),
    _field(
        "customer.anonymised_as",
        "line",
        "客户代称/客户/客户名称/客户简称",
        "customer/customer called/account/client/company",
    ),
    _field("customer.type", "line", "客户类型/企业性质", "customer type/account type/client type"),
    _field(
        "customer.size",
        "line",
        "客户规模/规模/人数/员工数/企业规模",
        "customer size/size/headcount/employees/company size",
    ),
    _field(
        "customer.profile",
        "text",
        "客户情况/客户画像/客户背景",
        "customer profile/profile/about the customer",
    ),
    _field("stage", "line", "阶段/销售阶段/商机阶段", "stage/sales stage/deal stage"),
    _field(
        "objection_types",
        "terms",
        "异议类型/异议/卡点/卡在哪",
        "objection types/objection/objections/objection type/obstacle",
    ),
    _field(
        "pain_points",
        "lines",
        "痛点/客户痛点/需求痛点/核心诉求",
        "pain points/pains/pain/customer pains/needs",
    ),
    _field("pain_keywords", "lines", "痛点词/痛点关键词/关键词/标签", "pain keywords/keywords/tags"),
    _field(
        "decision_roles",
        "things",
        "决策链/决策角色/关键人",
        "decision roles/buying roles/stakeholders/decision chain",
    ),
    _field(
        "background",
        "text",
        "背景/来龙去脉/案例背景/项目背景/客户背景情况/经过/过程",
        "background/context/story/situation/what was going on",
    ),
    _field(
        "core_conflict",
        "text",
        "核心冲突/矛盾/真正的矛盾/核心矛盾/挑战/难点",
        "core conflict/conflict/challenge/the real conflict/problem",
    ),
    _field("timeline", "things", "时间线/时间轴", "timeline"),
    _field(
        "actions",
        "things",
        "动作/行动/做法/我们做了什么/关键动作/措施/应对",
        "actions/action/what we did/approach/steps taken",
    ),
    _field(
        "turning_point.what",
        "text",
        "转折点/转折/关键转折",
        "turning point/turning point what/what turned it",
    ),
    _field("turning_point.quote", "text", "转折点原话", "turning point quote"),
    _field("turning_point.source", "text", "转折点出处", "turning point source"),
    _field(
        "breakthrough", "text", "破局点/突破口/我方破局点/破局", "breakthrough/break point/what broke it open"
    ),
    _field("attribution", "things", "归因/丢单归因", "attribution"),
    _field(
        "result.summary", "text", "结果/成果/最终结果/成效/效果", "result/result summary/results/how it ended"
    ),
    _field("result.numbers", "things", "结果数字/数据", "result numbers/figures/numbers"),
    _field(
        "result.still_open", "lines", "还没解决的/遗留问题/遗留", "still open/open issues/result still open"
    ),
    _field("restart", "things", "重启条件/重启", "restart"),
    _field(
        "why",
        "lines",
        "为什么/原因/成因/原因分析/为什么是这个结果",
        "why/reasons/reason/why it worked/why it failed/analysis",
    ),
    _field(
        "transfers_when",
        "lines",
        "什么情况能照搬/适用条件/适用场景/适用",
        "transfers when/applies when/when it carries over/use when",
    ),
    _field(
        "does_not_transfer",
        "lines",
        "什么情况别照搬/不适用/不适用条件/局限",
        "does not transfer/does not apply/when it does not/limits",
    ),
    _field(
        "reusable_phrases",
        "things",
        "可以直接借的话/可复用话术/可复用话术片段/话术/金句/话术片段",
        "reusable phrases/phrases/scripts/script/talk track/words to borrow",
    ),
    _field("avoid", "things", "别这么做/避免/忌讳/雷区", "avoid/what to avoid/do not/don'ts"),
    _field(
        "first_15_minutes", "lines", "头十五分钟/见面头十五分钟", "first 15 minutes/first fifteen minutes"
    ),
    _field("checklist", "things", "检查项/检查清单", "checklist"),
    _field("evidence", "things", "证据/原话/客户原话", "evidence/quotes/quote"),
    _field("masked", "lines", "脱敏", "masked"),
    _field("owner.role", "line", "作者岗位/提交人岗位", "owner role/author role"),
    _field("owner.author", "line", "作者/提交人/贡献人", "owner author/author/contributor/submitted by"),
    _field("contributed_on", "line", "提交日期/贡献日期/日期", "contributed on/date/submitted on"),
    _field("reviewed_by", "line", "复核人/审核人", "reviewed by/reviewer"),
    _field("reviewed_on", "line", "复核日期/审核日期", "reviewed on"),
    _field("freshness.tier", "line", "级别/知识级别/弹药级别", "tier/freshness tier"),
    _field("freshness.review_due", "line", "下次复核/到期日", "review due/freshness review due/due"),
    _field("links.handbooks", "lines", "相关手册", "links handbooks/handbooks"),
    _field("links.scenarios", "lines", "相关场景", "links scenarios/scenarios"),
    _field("links.similar", "lines", "相近战例", "links similar/similar cases"),
)
BY_PATH: Final = {field.path: field for field in FIELDS}

_SAYS: Final = {
    "reusable_phrases": "say",
    "actions": "did",
    "avoid": "do_not",
    "timeline": "what",
    "evidence": "quote",
}


def plain_key(path: str) -> str | None:
    """The key under which a plain line of a nested list goes (`actions` → `did`); None where lines make no sense."""
    return _SAYS.get(path)


_LONGEST_HEAD = 200
"""Nobody calls a column by a page of words; what is in brackets behind a name may be a sentence."""


def field_called(name: str) -> Field | None:
    """The field that people call `name`: its path, or one of its names in either language, signs and case aside."""
    return _names().get(_flat(name)) if len(name) <= _LONGEST_HEAD else None


@cache
def _names() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field in FIELDS:
        for name in (field.path, *field.zh, *field.en):
            found.setdefault(_flat(name), field)
    return found


def _flat(name: str) -> str:
    """A head without case, blanks, marks, and what stands in brackets behind it (`标题（必填）`)."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    wide = re.sub(r"[(\[{【<].*?[)\]}】>]", "", wide)
    return re.sub(r"[\W_]+", "", wide)
