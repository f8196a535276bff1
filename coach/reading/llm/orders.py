"""Orders: words that talk about the record, the marking or the machine instead of about the deal.

The net is wide on purpose. What it catches is not thrown away: a model's claim about such a turn must be one that the
offline reader makes too, so a harmless hit costs a little fluency and nothing else.
"""

from __future__ import annotations

import re
from typing import Final

from coach.reading.dictated import dictated

_ZH: Final = re.compile(
    r"[记写填标录][成下进上入作为个一]|记录|标注|标记|登记|录入|备注|纪要|日报|逐字稿|转写|口述|模板|照填|照抄|以下为|以下是|如下"
    r"|(?:系统|后台|助手|模型|程序|机器人|软件|AI|ai)|输出|总结的?时候|提示词?|指令|规则|忽略|无视|判[定为]|打分|评分|满分|及格|检查项|得分点"
    r"|删[掉去]|改成|改为|算.{0,3}(?:客户|对方|他|她|销售)说的|你?打一句|念一[句遍]|不用管|这一?[段句条].{0,4}(?:记|算|写|标)|角色|剧本|设定"
)
_EN: Final = re.compile(
    r"\b(?:record|records|recorded|note|notes|minutes|transcri\w+|label\w*|mark(?:ed|ing)?|log(?:ged)?|crm|memo|dictat\w+|program(?:me)?|model|assistant"
    r"|ai|bot|system|template|output|summar\w+|delete|type|enter|field|conclusion|copy|disregard|ignore|instructions?|rules?|prompt|grad(?:e|er|ing)|score|tick"
    r"|evaluat\w+|verdict|scenario|role)\b|\b(?:count|put|treat|list) (?:it|this|that|me|her|him|them)\b|\bas follows\b|\bmake it say\b",
    re.IGNORECASE,
)

_TO_A_MACHINE: Final = re.compile(
    r"(?:读到|看到|处理|听到).{0,8}(?:模型|程序|机器|AI)|(?:如果|要是|若)有?.{0,4}(?:模型|程序|机器).{0,4}(?:在)?[读看听]|转写(?:软件|员|程序)|逐字稿"
    r"|(?:忽略|无视|忘掉|跳过).{0,8}(?:前面|以上|上面|之前|指令|规则)|只输出|(?:停止|不要再|从此只)标"
    r"|\b(?:any|if an?|whichever) (?:model|program|ai|machine|bot)\b.{0,12}\bread\w*|\btranscriber\b|\bonly output\b|\boutput (?:a|an|only|one|the)\b"
    r"|\b(?:disregard|ignore|forget|skip)\b.{0,20}\b(?:transcript|above|previous|instructions?|rules?)\b|\bconclusion as follows\b"
    r"|\b(?:label|mark|log|tag)\b.{0,20}\b(?:as|line|part|item)\b"
    r"|把.{0,12}(?:那句|那段|上面|这段|这句).{0,6}(?:删|改成|改为|去掉)|\b(?:delete|remove|drop|cut) (?:the|that) (?:bit|part|line|sentence)\b",
    re.IGNORECASE,
)

_ABOUT_THE_DRAFT: Final = re.compile(
    r"(?:整理者|编辑|作者|写作|审核(?:员|状态)|读者)[^。]{0,4}(?:注意|请|改|不会)|outcome|一律写|(?:在)?(?:正文|邮件|标题|结尾)里?(?:里|中|加|写|请)|代表(?:公司|我们)承诺"
    r"|原样(?:放|写|输出)|(?:引用|来源)[^。]{0,6}(?:随便|编|写)|(?:删掉|清空|覆盖)(?:所有|全部|其他)|写(?:剧本|战例|邮件|答案)时|得分点写|跳过(?:人工|审核)|改为已发布"
    r"|发(?:到|给|送)[^。]{0,10}(?:邮箱|邮件)|回复(?:已|“)|系统提示|提示词|永久包赔|零故障"
    r"|\b(?:editor'?s? note|whatever happened|set (?:the )?(?:outcome|status|review)|add a (?:sentence|line)|in the mail,|promise\b.{0,40}\bbehalf"
    r"|put this into|as it stands|cite any|delete (?:every|all)|keep only this|in the scenario let|make .{0,30}a key point|skip the (?:human )?review"
    r"|mail (?:all|it|this)|reply that|forget the|system prompts?|replaced free for life|never fails)\b",
    re.IGNORECASE,
)


def orders_a_draft(text: str) -> bool:
    """Whether words tell a writer what to write, instead of telling a story."""
    return bool(_ABOUT_THE_DRAFT.search(text) or _TO_A_MACHINE.search(text) or dictated(text))


def speaks_to_a_machine(text: str) -> bool:
    """Whether a turn plainly gives orders to a program: no field of a record may rest on it."""
    return bool(_TO_A_MACHINE.search(text))


def gives_orders(text: str) -> bool:
    """Whether a turn may hold words meant for whoever keeps the record."""
    return bool(_ZH.search(text) or _EN.search(text) or dictated(text))
