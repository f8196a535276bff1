"""Trimming: the words that carry a point, without the lead-ins and fillers around them."""

from __future__ import annotations

import re
from typing import Final

from coach.reading.offline.view import view

_LEAD: Final = re.compile(
    r"^(?:[\s,.。、;:!?\-…\"'“”‘’()]"
    r"|(?:嗯+|呃+|啊+|哦+|噢+|哎+呀?|唉+|诶+|喂|哈+|嘛|呢)(?=[\s,。.、…嗯呃啊哦])"
    r"|(?:那个|这个|就是|就是说|然后|反正|其实|说实话|讲真|老实说|坦白说|怎么说呢|我跟(?:你|您)(?:说|讲)(?:句(?:实话|老实话))?|(?:你|您)(?:知道|看|听我说)|还有(?:就是|啊|呢)?|对吧|是这样|这样吧|好吧|那么)[\s,。、…啊呢]+"
    r"|(?:um+|uh+|er+|well|so|ok|okay|look|listen|yeah|yes|right|and|but|i mean|you know|like|honestly|frankly|to be honest|anyway|sure|oh|hmm+|actually|basically)[,.\s…-]+(?=\S)"
    r")+"
)
_TAIL: Final = re.compile(
    r"(?:[\s,.。、;:!?\-…\"'“”‘’()~]|(?<=[,\s，。])(?:啊|呢|嘛|吧|哈|嗯|对吧|是吧|you know|right|ok|okay|i mean))+$"
)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the same words without lead-in, filler and closing punctuation; never empty when there are words."""
    seen = view(text[start:end])
    lead = _LEAD.match(seen.plain)
    first = lead.end() if lead else 0
    tail = _TAIL.search(seen.plain, first)
    last = tail.start() if tail else len(seen.plain)
    if last <= first:
        return start, end
    inner_start, inner_end = seen.span(first, last)
    return start + inner_start, start + inner_end
