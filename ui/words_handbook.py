"""The words of the handbook, the coverage map and the freshness board; part of the one table in `ui.words`."""

from __future__ import annotations

from typing import Final

HANDBOOK: Final[dict[str, tuple[str, str]]] = {
    "handbook": ("手册", "Handbook"),
    "book_ask": ("问手册", "Ask the handbooks"),
    "book_ask_hint": ("比如：一场谈判能动几次价", "Say: who picks the samples in a trial"),
    "book_go": ("问", "Ask"),
    "book_written": (
        "模型按下面几节写的，数字是出处",
        "Written by the model from the sections below; the number is the source",
    ),
    "book_answers": ("手册里这么说", "The handbooks say"),
    "book_own_words": (
        "都是手册原话，点章节看全文。",
        "In their own words",
    ),
    "book_none": ("手册里没有答这个的。", "The handbooks do not answer this."),
    "book_none_more": (
        "换个说法再问，或在下面翻一翻；真没有，就请培训师补一节。",
        "Ask in other words or browse below. If it is missing, ask a trainer for a section.",
    ),
    "book_nearest": ("也许沾边的章节", "Sections that may be near"),
    "book_need_words": ("先写一句想问的。", "Write a question first."),
    "book_open": ("看这一节", "Open the section"),
    "book_in": ("出自《{title}》", "From “{title}”"),
    "book_shelf": ("全部手册", "All handbooks"),
    "book_sections": ("{n} 节", "Sections: {n}"),
    "book_whole": ("在手册里看", "Read it in the handbook"),
    "book_contents": ("目录", "Contents"),
    "book_shelf_none": (
        "还没有手册。用 coach library import 把你们的文档放进来。",
        "No handbooks yet. Bring your documents in with coach library import.",
    ),
    "book_try": ("试着问", "Try"),
    "book_try_1": (
        "客户老说再看看，走之前怎么要到一个日子",
        "They sighed when I named the price. Should I come down a bit?",
    ),
    "book_try_2": ("免费试用要不要答应", "A rival is giving it away for free on trial, should we match?"),
    "book_try_3": (
        "丢单复盘那五个问题是哪五个",
        "The customer has a change freeze before launch, how do I plan delivery?",
    ),
    "book_reviewed": ("{day} 看过", "Looked at on {day}"),
    # the coverage map and the freshness board
    "coverage": ("覆盖与新鲜度", "Coverage and freshness"),
    "map_head": ("战例覆盖图", "Coverage map"),
    "map_lede": (
        "{n} 条战例，{places} 格里有 {filled} 格不空。点一格看有哪些；空格就是要写的。",
        "{n} cases; {filled} of {places} places are filled. Pick a place to see its cases; an empty one is work.",
    ),
    "map_stage": ("阶段", "Stage"),
    "map_all": ("全部阶段", "All stages"),
    "map_trade": ("行业", "Trade"),
    "map_other": ("其他", "Other"),
    "map_sum": ("合计", "Total"),
    "map_cell": ("{sector}，{kind}：{n} 条", "{sector}, {kind}: {n} cases"),
    "map_empty": ("{sector}，{kind}：空着，去写", "{sector}, {kind}: empty, write one"),
    "map_write": ("写一条", "Write one"),
    "map_write_text": (
        "这一格还没有战例。谁打过这样的单，请他写：客户说了什么，你做了什么，结果怎样。",
        "No case here yet. Ask whoever had such a deal: what they said, what you did, how it ended.",
    ),
    "map_near": ("先看别的行业怎么接的", "How other trades met it"),
    "map_asked": ("{n} 个商机找过", "Asked for by {n} deals"),
    "map_next": ("最该补的", "Write these first"),
    "map_pick": ("点图上的一格。", "Pick a place on the map."),
    "fresh_head": ("新鲜度", "Freshness"),
    "fresh_lede": (
        "武器级每周看一次，战术级每月，战略级每季。过期的排到后面，太久没人看的先别用。",
        "Weapon tier weekly, tactical monthly, strategic quarterly. What is late ranks lower; far too late is set aside.",
    ),
    "tier_weapon": ("武器级", "Weapon"),
    "tier_tactical": ("战术级", "Tactical"),
    "tier_strategic": ("战略级", "Strategic"),
    "tier_days": ("{n} 天看一次", "every {n} days"),
    "tier_kept": ("没过期 {n} / {all}", "{n} of {all} not late"),
    "tier_none": ("这一级还没有东西。", "Nothing in this tier yet."),
    "tier_more": ("还有 {n} 项", "{n} more"),
    "fresh_fresh": ("新鲜", "Fresh"),
    "fresh_soon": ("{n} 天内到期", "Due in {n} days"),
    "fresh_today": ("今天到期", "Due today"),
    "fresh_late": ("晚了 {n} 天", "{n} days late"),
    "fresh_aside": ("先别用，晚了 {n} 天", "Set aside, {n} days late"),
    "fresh_undated": ("没写日子", "No day"),
    "fresh_owner_none": ("没人管", "No owner"),
    "fresh_sample": ("样例", "Sample"),
}
