"""Empty phrases (空话): words that sound like a next step and bind nobody to anything."""

from __future__ import annotations

import re
from typing import Final

_EMPTY: Final = re.compile(
    r"持续跟进|继续跟进|保持(?:联系|沟通|跟进)|等(?:待)?(?:回复|消息|通知|答复|反馈)|(?:随时|再|回头|有事|常)联系|改天(?:再)?(?:聊|说|来|约|谈)|回头(?:再)?(?:说|聊|看)|"
    r"(?:到时候|以后|下次|后面)再(?:说|聊|看|议|谈)|有(?:消息|需要|结果|机会)(?:了)?(?:我|再|就)?.{0,4}(?:通知|联系|找|告诉)|再(?:看看|说吧|议)|尽快(?:给|回|办|处理)?|"
    r"keep in touch|stay in touch|be in touch|touch base|circle back|follow up|check back|catch up (?:soon|later)|get back to you|"
    r"talk soon|(?:let you|let me) know|reach out|when (?:things|it) (?:slow|calm|settle)|at some point|sometime|as soon as (?:possible|i can|we can)|asap",
    re.IGNORECASE,
)


def empty_phrase(plain: str) -> str | None:
    """The first empty phrase in plain words, or None."""
    match = _EMPTY.search(plain)
    return match[0] if match else None
