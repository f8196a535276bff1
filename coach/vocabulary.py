"""The field's words, named once: what a rep does, what a customer says, and how both are called in zh and en.

The same labels score a practice, structure a visit and explain why deals are won.
Every id is stable (others script against them); every id has a Chinese and an English name.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Language = Literal["zh", "en"]
Role = Literal["rep", "customer"]

RepAct = Literal[
    "acknowledge",
    "explore",
    "map_decision",
    "restate",
    "offer_solution",
    "quantify",
    "prove",
    "advance",
    "trade",
]
HarmfulAct = Literal["concede_price", "overpromise", "disparage", "pressure", "dismiss"]
Fault = Literal["evade"]
CustomerAct = Literal["need", "objection", "feedback", "concern", "decision_role", "question", "exit"]
SharedAct = Literal["time_point", "commitment", "small_talk"]
Label = Literal[RepAct, HarmfulAct, Fault, CustomerAct, SharedAct]

ObjectionType = Literal["price", "technical", "decision_chain", "timing", "competitor", "trust"]
Polarity = Literal["positive", "negative", "hesitant"]
DecisionRole = Literal["decision_maker", "influencer", "user", "gatekeeper", "finance", "technical"]
Size = Literal["micro", "small", "medium", "large", "enterprise"]
Stage = Literal[
    "prospecting", "discovery", "mapping", "proof", "proposal", "negotiation", "delivery", "growth"
]
Outcome = Literal["won", "lost", "stalled"]
Dimension = Literal["discovery", "objection_handling", "value_evidence", "information", "next_step"]
EndReason = Literal["advanced", "deferred", "walked_away", "time_up", "rep_left", "nothing_left_to_say"]
ObjectionState = Literal["latent", "raised", "acknowledged", "explored", "answered", "resolved", "hardened"]
InformationKind = Literal["people", "money", "time", "risk"]

REP_ACTS: Final[tuple[RepAct, ...]] = get_args(RepAct)
HARMFUL_ACTS: Final[tuple[HarmfulAct, ...]] = get_args(HarmfulAct)
REPLY_ACTS: Final[tuple[str, ...]] = (*REP_ACTS, *HARMFUL_ACTS, "evade", "small_talk")
"""The labels of a rep's reply (annotation guide, "Replies")."""
CUSTOMER_ACTS: Final[tuple[CustomerAct, ...]] = get_args(CustomerAct)
LABELS: Final[tuple[str, ...]] = (*REP_ACTS, *HARMFUL_ACTS, "evade", *CUSTOMER_ACTS, *get_args(SharedAct))
OBJECTION_TYPES: Final[tuple[ObjectionType, ...]] = get_args(ObjectionType)
POLARITIES: Final[tuple[Polarity, ...]] = get_args(Polarity)
DECISION_ROLES: Final[tuple[DecisionRole, ...]] = get_args(DecisionRole)
SIZES: Final[tuple[Size, ...]] = get_args(Size)
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)

TYPES_OF: Final[dict[str, tuple[str, ...]]] = {
    "objection": OBJECTION_TYPES,
    "feedback": POLARITIES,
    "decision_role": DECISION_ROLES,
}
"""Labels that carry a type, and the types each may take."""

_NAMES: Final[dict[str, tuple[str, str]]] = {
    # rep acts
    "acknowledge": ("认同", "Acknowledge"),
    "explore": ("探询", "Explore"),
    "map_decision": ("摸清决策链", "Map the decision"),
    "restate": ("复述确认", "Restate"),
    "offer_solution": ("方案回应", "Offer a solution"),
    "quantify": ("量化价值", "Quantify"),
    "prove": ("举证", "Prove"),
    "advance": ("推进下一步", "Advance"),
    "trade": ("条件交换", "Trade"),
    # harmful acts and the fault
    "concede_price": ("无条件让价", "Unpaid discount"),
    "overpromise": ("过度承诺", "Overpromise"),
    "disparage": ("贬低竞品", "Disparage a rival"),
    "pressure": ("逼单", "Pressure"),
    "dismiss": ("否定客户", "Dismiss"),
    "evade": ("回避", "Evade"),
    # customer acts
    "need": ("核心诉求", "Need"),
    "objection": ("异议点", "Objection"),
    "feedback": ("当场反馈", "Feedback"),
    "concern": ("隐性顾虑", "Hidden concern"),
    "decision_role": ("决策链角色", "Decision role"),
    "question": ("提问", "Question"),
    "exit": ("要走", "Leaving"),
    # both sides
    "time_point": ("时间节点", "Time point"),
    "commitment": ("承诺的动作", "Commitment"),
    "small_talk": ("寒暄", "Small talk"),
    # objection types
    "price": ("价格", "Price"),
    "technical": ("技术", "Technical"),
    "decision_chain": ("决策链", "Decision chain"),
    "timing": ("时机", "Timing"),
    "competitor": ("竞品", "Competitor"),
    "trust": ("信任", "Trust"),
    # polarities
    "positive": ("正面", "Positive"),
    "negative": ("负面", "Negative"),
    "hesitant": ("犹豫", "Hesitant"),
    # buying roles ("technical" is above: the word is the same)
    "decision_maker": ("拍板人", "Decision maker"),
    "influencer": ("影响者", "Influencer"),
    "user": ("使用方", "User"),
    "gatekeeper": ("把关人", "Gatekeeper"),
    "finance": ("财务", "Finance"),
    # sides
    "rep": ("销售", "Rep"),
    "customer": ("客户", "Customer"),
    # sizes
    "micro": ("20 人以内", "under 20"),
    "small": ("20–99 人", "20–99"),
    "medium": ("100–999 人", "100–999"),
    "large": ("1000–4999 人", "1,000–4,999"),
    "enterprise": ("5000 人以上", "5,000 and more"),
    # stages
    "prospecting": ("初步接触", "Prospecting"),
    "discovery": ("需求挖掘", "Discovery"),
    "mapping": ("摸决策链", "Mapping"),
    "proof": ("试用验证", "Proof"),
    "proposal": ("方案报价", "Proposal"),
    "negotiation": ("商务谈判", "Negotiation"),
    "delivery": ("交付", "Delivery"),
    "growth": ("深耕", "Growth"),
    # outcomes of deals
    "won": ("赢单", "Won"),
    "lost": ("丢单", "Lost"),
    "stalled": ("停滞", "Stalled"),
    # score dimensions
    "objection_handling": ("异议处理", "Objection handling"),
    "value_evidence": ("价值与举证", "Value and evidence"),
    "information": ("关键信息", "Key information"),
    "next_step": ("下一步", "Next step"),
    # end reasons
    "advanced": ("谈成下一步", "Advanced"),
    "deferred": ("改天再谈", "Deferred"),
    "walked_away": ("客户走了", "Customer left"),
    "time_up": ("到时间了", "Time is up"),
    "rep_left": ("你先离开了", "You left"),
    "nothing_left_to_say": ("客户没话说了", "Nothing left to say"),
    # states of an objection
    "latent": ("还没提", "Not raised"),
    "raised": ("提出来了", "Raised"),
    "acknowledged": ("被接住了", "Acknowledged"),
    "explored": ("被问清了", "Explored"),
    "answered": ("被回应了", "Answered"),
    "resolved": ("化解了", "Resolved"),
    "hardened": ("变硬了", "Hardened"),
    # kinds of information a customer holds back
    "people": ("人", "People"),
    "money": ("钱", "Money"),
    "time": ("时间", "Time"),
    "risk": ("风险", "Risk"),
    # verdicts and outcomes of a practice
    "yes": ("做到了", "Done"),
    "no": ("没做到", "Not done"),
    "not_scored": ("未评", "Not scored"),
    "pass": ("通过", "Passed"),
    "fail": ("没通过", "Not passed"),
    # the record's fields
    "core_needs": ("核心诉求", "Core needs"),
    "solution_points": ("响应方案点", "Solution points"),
    "next_steps": ("下一步动作", "Next steps"),
    "hidden_concerns": ("隐性顾虑", "Hidden concerns"),
    "objections": ("异议点", "Objections"),
    "decision_roles": ("决策链角色", "Decision roles"),
    "time_points": ("时间节点", "Time points"),
    "observed": ("原话", "Said"),
    "inferred": ("推断", "Inferred"),
}


def name(term: str, language: Language) -> str:
    """What people call `term` in `language`; an id without a name is a programming error (KeyError)."""
    zh, en = _NAMES[term]
    return zh if language == "zh" else en


def size_of(people: int) -> Size:
    """The size band of a company with this many people: micro < 20, small < 100, medium < 1,000, large < 5,000."""
    bounds: tuple[tuple[int, Size], ...] = ((20, "micro"), (100, "small"), (1000, "medium"), (5000, "large"))
    for below, size in bounds:
        if people < below:
            return size
    return "enterprise"
