"""A second look at harmful acts, which cost a rep more than anything else: the words themselves must bear
them out.

An engine's reading of harm counts only when it is sure enough, nothing better was read in the same words,
and the words hold what such an act cannot do without (an absolute for a promise, money or a favour for a concession, a
rival for disparagement, a clock or a threat for pressure). Failing a practice asks for more certainty still.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from coach.reading.engine import Reading
from coach.vocabulary import HARMFUL_ACTS, REP_ACTS, REPLY_ACTS

SURE: Final = {"overpromise": 0.6, "concede_price": 0.6, "disparage": 0.6, "pressure": 0.6, "dismiss": 0.75}
"""From which probability on an engine's reading of harm counts at all."""
SURE_ENOUGH_TO_FAIL: Final = 0.75
"""From which probability on it may cross a red line."""
BEYOND_DOUBT: Final = 0.9
"""From which probability on the act alone crosses a red line that consists of nothing else."""

_ACTS: Final[frozenset[str]] = frozenset(REPLY_ACTS)
_NEEDED: Final = {
    "overpromise": re.compile(
        r"保证|绝对|百分(?:之)?百|100\s*%|肯定|一定|没(?:有)?(?:任何)?问题|放心|包您|包你|包在|从来不|永远|万无一失|零(?:风险|故障|误差)|担保|"
        r"不会(?:有|出|再|漏)|全都能|什么都能|拍胸脯|随时都|"
        r"guarante|promise|never|always|zero|absolute|completely|100|hundred percent|no risk|any(?:thing| problem)|every|"
        r"definitely|trust me|for sure|won't (?:have|see|fail)|seamless|flawless|no (?:problem|issue|doubt)",
        re.IGNORECASE,
    ),
    "concede_price": re.compile(
        r"降|便宜|优惠|折|抹|让.{0,4}(?:点|价|步|万|千|百|个)|少.{0,4}(?:收|点|要|算)|免|送|赠|搭|最低|不要钱|白|减|"
        r"\d\s*万|\d{3,}|[一二三四五六七八九十两]+[万千百]|申请|"
        r"\boff\b|discount|cheaper|lower|\bfree\b|waive|throw|knock|reduc|\bcut\b|\bdrop|[$€£]\s?\d|\bdown\b|percent|better price|match",
        re.IGNORECASE,
    ),
    "pressure": re.compile(
        r"今天|今晚|马上|立刻|现在就|签|涨|名额|过期|最后|再不|错过|期限|耽误|后果|责任|定下来|赶紧|抓紧|否则|不然|别家|给别人|只剩|过了|"
        r"直接找|找你们|催|"
        r"today|tonight|right now|\bsign|expire|\blast\b|slot|somebody else|someone else|miss out|deadline|or else|tomorrow|"
        r"gone|hurry|commit|call your|go to your|over your head|yes or no|decide",
        re.IGNORECASE,
    ),
    "disparage": re.compile(
        r"他们|她们|那家|另一家|对手|别家|别人|同行|人家|竞品|其他|其它|友商|他家|那种|这种货|"
        r"\bthey|\bthem|\btheir|competitor|other (?:vendor|supplier|guy|one|company|compan)|those (?:guys|people)|rival|knock-?off",
        re.IGNORECASE,
    ),
}
_LIMIT: Final = re.compile(
    r"做不到|不能|没法|无法|不敢|救不|照不|测不|不承诺|不保证|管不了|说不准|不好说|未必|不一定|会跳|必跳|"
    r"can't|cannot|can not|won't work|not able|unable|no promise|don't promise|doesn't (?:cover|do|help)|wouldn't",
    re.IGNORECASE,
)
"""Words that say what cannot be done: the opposite of a promise, however firmly they are put."""


def borne_out(reading: Reading, readings: Sequence[Reading], *, sure: float | None = None) -> bool:
    """Whether a reading of harm counts; `sure` asks for more than the act's own threshold."""
    if reading.p < max(SURE.get(reading.label, 0.6), sure or 0.0):
        return False
    better = (one for one in readings if one.label in REP_ACTS and one.p > reading.p)
    if any(one.start < reading.end and reading.start < one.end for one in better):
        return False
    needed = _NEEDED.get(reading.label)
    if needed is not None and not needed.search(reading.quote):
        return False
    return not (reading.label == "overpromise" and _LIMIT.search(reading.quote))


def acts_of(readings: Sequence[Reading], *, sure: float | None = None) -> frozenset[str]:
    """The rep acts among readings, harmful ones only where the words bear them out."""
    return frozenset(
        one.label
        for one in readings
        if one.label in _ACTS and (one.label not in HARMFUL_ACTS or borne_out(one, readings, sure=sure))
    )
