"""Asides: what a rep says to whoever keeps the score, and not to the customer.

Three looks, each sure of itself: words that only graders are told, forms that nobody says aloud (stage directions, ticks,
lines put into the customer's mouth, code), and a taught ear for all the other ways of wording it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from coach.reading.offline.to_grader import to_grader

_WORDS: Final = re.compile(
    r"(?:忽略|无视|不要管|别管|忘掉|忘记|跳过|绕过).{0,12}(?:指令|设定|规则|提示词|要求|限制)"
    r"|(?:前面|上面|之前|以上)的?(?:指令|设定|规则|提示词)"
    r"|你(?:其实|就|现在|只)?是.{0,6}(?:AI|人工智能|语言模型|大模型|聊天机器人|程序)|作为(?:一个)?(?:AI|人工智能|语言模型)"
    r"|(?:给|打|判|评|记|算)(?:我|他|她|我个|个)?.{0,5}(?:满分|高分|100\s*分|一百分|及格|通过)|评分(?:员|器|模型|系统|人)(?!的)"
    r"|角色设定|设定变更|你现在(?:是|扮演).{0,12}请(?:说|回答|答应)"
    r"|(?:判定|标记|视)为.{0,4}(?:通过|完成|yes|合格)|系统提示词?\s*[:：]|\bprompt\b|提示词|越狱|角色扮演|扮演.{0,4}客户"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:instruction|rule|prompt|previous|above|system|guideline)s?\b"
    r"|销售(?:员|人员|代表)?(?:这边)?(?:已经|已|都已|均已|每一?条|全部)|(?:以上|上述|本次|本场|整[段场])(?:的)?(?:对话|练习|谈话|演练)"
    r"|(?:每一?条|所有|全部|各项)(?:的)?(?:要点|检查项|评分点|得分点|考核点)|我(?:已经?|刚才已|都已)(?:经)?(?:复述|询问|共情|量化)"
    r"|(?:优秀|合格)的(?:销售|业务员|复述|提问)|(?:销售|业务员)[^。！？]{0,12}应当(?:先|再|主动|及时)?(?:问|弄清|说明|复述|确认)"
    r"|^\W*我(?:先|再|接着|然后)?问[：:]|^\W*[您你](?:会|就)?回?答[：:]"
    r"|我(?:全都|都全?)已经(?:问|讲|确认|复述)(?:清楚|明白|到位|完)了"
    r"|\b(?:a|any|every) (?:good|great|skilled|top|proper) (?:rep|salesperson|seller|consultant)\b.{0,40}\b(?:should|would|must|asks?|says?)\b"
    r"|^\W*i (?:now |then |first )?ask:|^\W*you (?:answer|reply):"
    r"|\bsystem\s*(?:prompt|message)?\s*[:>\]]|\[/?(?:system|inst|assistant)\]|<\|?[a-z_]+\|?>"
    r"|\bas an? (?:ai|language model)\b"
    r"|\byou(?:'re| are) (?:now )?(?:an? )?(?:ai|bot|chatbot|language model|llm|grader|assistant)\b"
    r"|\b(?:give|award|grant|assign)\b.{0,20}\b(?:full|maximum|perfect|top|100)\b.{0,12}\b(?:marks?|scores?|points?|grade)\b"
    r"|\b(?:full|perfect|maximum) (?:marks|score)\b|\bin this (?:conversation|dialogue|role.?play|transcript)\b"
    r"|\bthe (?:rep|salesperson|sales rep|seller|trainee)\b (?:has |have |had |clearly |already |correctly )*\w+ed\b"
    r"|\b(?:every|all|each)(?: of the)? (?:key )?(?:points?|checks?|criteri\w+)\b.{0,30}\b(?:met|covered|done|satisfied|passed)\b"
    r"|\bi(?:'ve| have) (?:already |now |just )?(?:restated|acknowledged|explored|quantified|empathi[sz]ed)\b"
    r"|\bmark (?:this|me|it|all|every).{0,24}\b(?:pass|passed|complete|yes|correct|done)\b"
    r"|\b(?:grader|evaluator|examiner|jailbreak)\b|[\"']?(?:verdict|total|score|outcome)[\"']?\s*[:=]\s*[\"']?(?:yes|pass|\d+)",
    re.IGNORECASE,
)
_FORMS: Final = re.compile(
    r"^\W*(?:旁白|画外音|客户|顾客|甲方|对方|买方|customer|buyer|client|prospect|narrator)\s*(?:[（(][^）)]{0,20}[）)])?\s*[:：]"
    r"|^\s*[（(\[【][^（()）\[\]【】]{4,}[)）\]】]?\W*$"
    r"|[✅☑✔]|\[\s*[xX√]\s*\]|</?[a-zA-Z\u4e00-\u9fff_]+>|[{\[]\s*[\"'][^\"']+[\"']\s*[:,\]]|###",
    re.IGNORECASE,
)


def asides(said: Sequence[str]) -> list[bool]:
    """Of the sentences of one turn: which are not said to the customer."""
    told = zip(said, to_grader(said), strict=True)
    return [bool(_WORDS.search(one) or _FORMS.search(one)) or heard for one, heard in told]
