"""Typed text: digits, money, percent, titles and times as types, so that 38 万 6 and 29 万 8 read alike.

The types stand beside the raw words, never instead of them; every find carries offsets in the plain view.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from coach.reading.offline.surnames import SURNAMES
from coach.reading.times import chinese, english
from coach.reading.times.calendar import Kind, Time, best_of
from coach.vocabulary import Language

Type = Literal["number", "money", "percent", "title", "time_day", "time_vague", "time_past"]

_ZH_NUMBER: Final = r"(?:\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千半]{1,7})"
_MONEY_ZH: Final = re.compile(
    rf"{_ZH_NUMBER}(?:多|来|几)?(?:万|千|百|亿)?(?:块钱|块|元|毛|美金|欧元|日元)(?:[一二三四五六七八九\d]毛?)?"
    rf"|{_ZH_NUMBER}\s?(?:多|来|几)?(?:万|亿)\s?(?:[一二三四五六七八九\d]千?)?|[¥￥]\s?\d[\d,.]*(?:万)?|\d[\d.]*\s?w(?!\w)"
)
_MONEY_EN: Final = re.compile(
    r"[$€£]\s?\d[\d,.]*\s?(?:k|m|million|thousand|grand)?|\d[\d,.]*\s?(?:k|grand|thousand|million|dollars|bucks|cents|euros|pounds)\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?\s(?:thousand|grand|million|dollars|bucks|cents|k)\b"
)
_PERCENT: Final = re.compile(
    r"\d[\d.]*\s?(?:%|个点|个百分点|percent|per cent|points?\b)|百分之[零一二两三四五六七八九十百点]+|[一二两三四五六七八九]成(?![功为立本])"
    r"|(?:[一二三四五六七八九]|\d)(?:[一二三四五六七八九五]|\.\d)?折"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty)(?:[- ]\w+)? percent"
)
_NUMBER_ZH: Final = re.compile(
    r"\d[\d,]*(?:\.\d+)?|[零一二两三四五六七八九十百千半]{2,7}|[一二两三四五六七八九十几]"
    r"(?=个(?!人)|台|套|家|天|周|月|年|次|人|吨|箱|件|条|小时|分钟|块|米|公里|层|道|批|趟|辆|户|倍|班|页|份)"
)
_NUMBER_EN: Final = re.compile(
    r"\b\d[\d,]*(?:\.\d+)?|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|half)\b"
)
_TITLE_ZH: Final = re.compile(
    rf"(?:(?:[老小大][{SURNAMES}](?!时|子|家|是)|[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?)(?:总(?!共|是|得|不|之|体|数|算|会|要|有|价|部)|总监|副总|经理|主任|副主任|厂长|副厂长|院长|副院长|科长|处长|"
    r"部长|局长?(?!限|面|部)|董(?!事)|老师|校长|园长|主管|店长|会计|书记|所长|队长|班长|组长|师傅|姐|哥|老板|工(?!人|作|艺|厂|期|程|序|资|具|商|业)|护士长|教授|医生|大夫|博士|秘书|律师|院士|叔|爷|婶|嫂|阿姨))"
    r"|(?:大|小|二|三|副|总|新|老)?(?:老板娘?|董事长|总经理|副总经理|副总|总裁|总监|总工(?:程师)?|厂长|副厂长|院长|副院长|校长|园长|科长|处长|部长|局长|店长|队长|行长|所长|站长|社长|会长|一把手|二把手|"
    r"法人|股东|合伙人|财务(?:总监|经理|部|那边|科|处|主管)?(?!软件|系统|数据|报表|成本)|会计|出纳|采购(?:部|经理|总监|科|处|中心|主管|委员会)(?!的)|采购(?=那边|要|说|管|定|那里)|招采(?:会|部|中心)?|招标办|法务(?:部)?|审计(?:部|处)?|"
    r"信息(?:科|部|中心|处)|it(?:部|那边|经理|主管|总监|的人)?(?![a-z])|设备(?:科|部|处|经理|主管|委员会)|技术(?:部|科|总监|经理|员|那边)|质量(?:部|科|那边)|品控(?:部|经理|那边)?|品管|质检|工程(?:部|科|经理)|生产(?:部|厂长|经理|主管|那边)|"
    r"后勤(?:处|部|科)?|行政(?:部|总监|经理)?(?!处罚|区)|人事(?:部)?|人力(?:资源部?)?(?=经理|总监|部|那边)|hr(?![a-z])|运营(?:部|总监|经理)(?!成本)|市场部|成本部|总部|集团(?:公司|总部|采购|财务|it|信息|.{0,4}委员会)?(?!军)|董事会|股东会|"
    r"(?:采购|评审|招标|技术|专家|设备|药事|伦理|预算|投资)?委员会|药事会|评审(?:会|组|专家)|专家组|评标|党委|班子|办公会|院办|校办|教务处|医务科|护理部|药剂科|检验科|分管(?:领导|副总|副院长|校长)?|上级|甲方|业主|监理|设计院|总包|项目经理|车间主任|班组长|护士长|"
    r"我(?:老婆|老公|爱人|媳妇|儿子|女儿|爸|妈|哥|弟|姐|爹|家里)(?!的(?!意见))|领导(?!力|者|层)|上面|上头)"
)
_TITLE_EN: Final = re.compile(
    r"\b(?:(?:the |our |my |your |his |her |group |plant |regional |general |it |finance |operations |managing |executive |chief |vice |senior |assistant |quality |safety |maintenance |purchasing |project |office |practice |store |warehouse |fleet |site |facilities |district |nurse |head |lead |corporate )*"
    r"(?:ceo|cfo|coo|cio|cto|ciso|vp(?: of \w+)?|svp|director(?: of \w+)?|head of \w+|owner|president|vice president|gm|manager|controller|comptroller|finance|procurement|purchasing|legal|general counsel|counsel|accounting|accountant|bookkeeper|treasurer|"
    r"it (?:team|dept|department|guy|lead|people|manager|director)|\bit\b(?= (?:has|have|needs|will|would|signs|wants|won't|says))|board|committee|boss|partners?|husband|wife|foreman|supervisor|superintendent|principal|dean|provost|administrator|medical director|chief|"
    r"corporate|head office|headquarters|hq|parent company|investors?|shareholders?|franchisor|landlord|architect|engineer(?:ing)?|quality(?= (?:has|have|needs|team|manager|signs|will|guy))|operations|union|steering group|buying group|review board|capital committee|steward|buyer|secretary|brother|sister|father|dad|mother|mom|son|daughter))\b"
)


_TIME_TYPE: Final[dict[Kind, Type]] = {"day": "time_day", "vague": "time_vague", "past": "time_past"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A stretch of a plain view that is of a type."""

    type: Type
    start: int
    end: int


@lru_cache(maxsize=8192)
def times(plain: str) -> tuple[Time, ...]:
    """The times in a plain view, whichever language they are said in."""
    found: list[Time] = []
    if any("\u4e00" <= char <= "\u9fff" for char in plain):
        found.extend(chinese.find(plain))
    if any("a" <= char <= "z" for char in plain):
        found.extend(english.find(plain))
    return tuple(best_of(found))


@lru_cache(maxsize=8192)
def types(plain: str, language: Language) -> tuple[Typed, ...]:
    """All typed stretches, in order of type and place; stretches of different types may overlap."""
    money, number, title = (
        (_MONEY_ZH, _NUMBER_ZH, _TITLE_ZH) if language == "zh" else (_MONEY_EN, _NUMBER_EN, _TITLE_EN)
    )
    found = [Typed(_TIME_TYPE[time.kind], time.start, time.end) for time in times(plain)]
    taken = [(typed.start, typed.end) for typed in found]
    figures: tuple[tuple[Type, re.Pattern[str]], ...] = (
        ("money", money),
        ("percent", _PERCENT),
        ("number", number),
    )
    for name, pattern in figures:
        for match in pattern.finditer(plain):
            if not _overlaps(match.start(), match.end(), taken):
                found.append(Typed(name, match.start(), match.end()))
                taken.append((match.start(), match.end()))
    found.extend(Typed("title", match.start(), match.end()) for match in title.finditer(plain))
    return tuple(found)


def _overlaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)
