"""Look-alikes in the text of a PDF: radicals that stand for characters (⼿册, 第⼀步, ⻔店) become the characters.

Whole-text NFKC would turn ， into a comma as well, so only what looks alike is changed. Only PDF text needs this.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

_PAIRS: Final = (
    "⺁厂 ⺆冂 ⺇几 ⺊卜 ⺒巳 ⺓幺 ⺜日 ⺝月 ⺞歹 ⺠民 ⺧牛 ⺬示 ⺰纟 ⺴网 ⻁虎 ⻃西 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻋车 ⻐钅 ⻑长 ⻓长 ⻔门 "
    "⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙 ⻱龜"
)
"""The radicals of the supplement that compatibility normalisation leaves alone."""


def without_look_alikes(text: str) -> str:
    """The text with every look-alike radical, compatibility character and ligature replaced."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    blocks = (range(0x2F00, 0x2FD6), range(0x2E80, 0x2EF4), range(0xF900, 0xFAFF), range(0xFB00, 0xFB07))
    found = {code: unicodedata.normalize("NFKC", chr(code)) for block in blocks for code in block}
    return found | {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
