"""Dictated passages: words that try to write the record (你记一下客户已经同意…, "record that the buyer agreed") instead of saying something.

What stands in one is never read as fact, whichever engine reads.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_AGREED_ZH: Final = r"(?:同意|认可|接受|承诺|确认|答应|决定|拍板|签|没(?:有)?(?:任何)?(?:异议|意见|问题)|满意|下单|采购|打款|付)"
_WHO_ZH: Final = r"(?:客户|对方|甲方|买方|他们?|她|[\u4e00-\u9fff]{1,2}(?:总|经理|主任|科长|厂长|院长|老板|工|处长|部长|老师|校长))"
_ZH: Final = re.compile(
    r"(?:(?:你|您|请|麻烦|小[\u4e00-\u9fff]|给我|帮我|就)?[\s,，]{0,2}(?:记(?:一下|录|下来|上|着|成)?|写(?:上|进|下|成)?|备注|标注|填(?:上|写)?|登记|录入))"
    rf"[\s,，:：。]{{0,3}}[^。！!？?\n]{{0,12}}?{_WHO_ZH}[^。！!？?\n]{{0,10}}?(?:已经|已|都|全部)?{_AGREED_ZH}"
    r"|我念[^。！!？?\n]{0,6}[你您](?:就)?(?:打|写|记|敲|录)|(?:不用管|不管|别管)是?谁(?:说|讲)的|都算[^。！!？?\n]{0,6}(?:说|讲|提)的"
    rf"|(?:纪要|记录|日报|系统|报告|表格?|crm)(?:里|上|中|里面)?(?:就|要|请|得)?(?:写|记|填|显示|注明|体现)[^。！!？?\n]{{0,14}}{_AGREED_ZH}"
    rf"|(?:以下|下面)(?:是|为)?(?:会议)?(?:纪要|记录|结论)[:：]|(?:语音)?(?:备注|补记|口述)[:：]"
    rf"|(?:系统|ai|助手|机器人|模型|程序)[^。\n]{{0,8}}(?:请|把|将)?[^。\n]{{0,6}}(?:记录|标记|判定|写入|记为|填)",
    re.IGNORECASE,
)
_EN: Final = re.compile(
    r"\brecord (?:that|it as|this as|the following|a |next|in)\b"
    r"|\b(?:note|write|put|log|mark|jot|enter|type)\b[^.!?\n]{0,20}?\b(?:that )?(?:the )?(?:customer|client|buyer|prospect|they|he|she|mr|ms|mrs)\b[^.!?\n]{0,24}?"
    r"\b(?:agree[ds]?|accept\w*|commit\w*|confirm\w*|approv\w*|sign\w*|decid\w*|has no|have no|promis\w*|is happy|will buy|ready to)"
    r"|\bfor the (?:record|notes|minutes|crm|file|system)\b\s*[,:]"
    r"|\b(?:note to self|dictation|memo|crm (?:note|entry)|system(?: note)?|assistant|ai)\s*:"
    r"|\b(?:in|into) (?:the )?(?:crm|minutes|report|record|notes)\b[^.!?\n]{0,10}\b(?:put|write|say|log|enter|goes)\b"
    r"|\b(?:hey |ok |dear )?(?:ai|assistant|transcri\w+|note ?taker|summari[sz]er|model)\b[^.!?\n]{0,12}\b(?:please |should |must )?(?:record|write|list|mark|note|log|put|add|include|summari[sz]e)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"(?:记录|口述|备注)(?:完毕|结束|到此)|好了(?:不记|记完)|\b(?:end (?:of )?(?:note|record|dictation|memo)|end quote)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def dictated(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of one turn that dictate a record, as (start, end); from the cue to the turn's end or to a spoken end."""
    starts = [match.start() for pattern in (_ZH, _EN) for match in pattern.finditer(text)]
    if not starts:
        return ()
    begin = min(starts)
    end = _END.search(text, begin)
    return ((begin, end.end() if end else len(text)),)


def is_dictated(text: str, start: int, end: int) -> bool:
    """Whether any of the words start..end stand in a dictated stretch of `text`."""
    return any(start < stop and begin < end for begin, stop in dictated(text))
