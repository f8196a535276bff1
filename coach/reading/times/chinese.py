"""Times in spoken Chinese: 下周三之前, 月底, 三天内, 两周后, 大后天, 11月28号, 五一, 春节后.

Own grammar, because the libraries measured land in the past or miss half of these (docs/decisions.md).
The patterns read the plain view of the words (half width, simplified).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from coach.reading.times import calendar as cal
from coach.reading.times.calendar import Kind, Rule, Time
from coach.reading.triggers import Patterns

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_N: Final = r"(?:\d{1,3}|[零〇一二两三四五六七八九十]{1,3})"
_CLOCK: Final = (
    r"(?:的?(?:一大早|一早|早上|上午|中午|下午|傍晚|晚上|早|晚|下班|上班|开门|收盘|会上|当天)?"
    rf"(?:{_N}点(?:半|一刻|三刻|钟|{_N}分?)?|\d{{1,2}}:\d\d)?)"
)
_EDGE: Final = r"(?:之前|以前|之内|以内|前|内|之后|以后|过后|左右|后)?"
_TAIL: Final = rf"{_CLOCK}{_EDGE}"
_YEAR: Final = r"(?P<year>\d{4}|今|明|后|去|前)年的?"
_THING: Final = r"(?!线|楼|机|院|店|仓|库|车|位|房|炉|柜|门|窗|桌|厅|馆|厂|文|标|泵|井|窑|塔|罐|棚|站|码|段|口|台|楼|桶|模|产)"

_FIXED: Final = {
    "元旦": (1, 1), "情人节": (2, 14), "三八": (3, 8), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "六一": (6, 1),
    "儿童节": (6, 1), "六一八": (6, 18), "618": (6, 18), "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
_WEEKDAYS: Final = (
    {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6} | {str(i + 1): i for i in range(6)}
)


def number(words: str) -> int:
    """The value of 三, 十五, 二十八, 两 or 28."""
    if words.isdigit():
        return int(words)
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in words))


def find(plain: str) -> list[Time]:
    """The times in a plain text, in order, without overlaps."""
    found = []
    for build, match in _grammar().matches(plain):
        built = build(match)
        if built is not None and match.end() > match.start():
            kind, rule = built
            found.append(Time(match.start(), match.end(), kind, rule))
    return cal.best_of(found)


_Built = tuple[Kind, Rule] | None
_VAGUE: Final[tuple[Kind, Rule]] = ("vague", cal.nothing)
_PAST: Final[tuple[Kind, Rule]] = ("past", cal.nothing)


def _year(match: re.Match[str]) -> tuple[int | None, int | None]:
    """(the year said in figures, years from the visit's year) of a date's 年 part."""
    said = match.groupdict().get("year")
    if not said:
        return None, None
    if said.isdigit():
        return int(said), None
    return None, {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2}[said]


def _month_day(match: re.Match[str]) -> _Built:
    year, years = _year(match)
    month, day = number(match["month"]), number(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if years is not None and years < 0:
        return _PAST
    return "day", cal.day_of_year(month, day, year, years)


def _iso(match: re.Match[str]) -> _Built:
    try:
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return "day", lambda _: day


def _month_edge(match: re.Match[str]) -> _Built:
    year, years = _year(match)
    month, edge = match["month"], match["edge"]
    if (years is not None and years < 0) or month in ("上月", "上个月"):
        return _PAST
    if edge in ("中旬", "上旬", "下旬", "中"):
        return _VAGUE
    end = edge in ("底", "末", "尾", "内", "之内", "以内", "最后一天", "结束")
    if month.endswith("月") and month[:-1] and (month[0].isdigit() or month[0] in "一二三四五六七八九十"):
        at = number(month[:-1])
        if not 1 <= at <= 12:
            return None
        return "day", cal.end_of_month_named(at, year, years) if end else cal.day_of_year(at, 1, year, years)
    shift = month.count("下")
    if end:
        return "day", cal.month_end(shift)
    bare = shift == 0 and month == "月"
    return "day", cal.month_begin(shift) if not bare else cal.day_of_month(1)


def _shifted_day(match: re.Match[str]) -> _Built:
    month = match["month"]
    if month.startswith("上"):
        return _PAST
    day = number(match["day"])
    return ("day", cal.day_of_month(day, month.count("下"))) if 1 <= day <= 31 else None


def _bare_day(match: re.Match[str]) -> _Built:
    day = number(match["day"])
    return ("day", cal.day_of_month(day)) if 1 <= day <= 31 else None


def _year_edge(match: re.Match[str]) -> _Built:
    shift = {"今": 0, "明": 1, "后": 2, "去": -1, "本": 0, "": 0}[match["which"] or ""]
    if shift < 0:
        return _PAST
    if match["edge"] == "初":
        return "day", cal.day_of_year(1, 1, years=shift if match["which"] else None)
    return "day", cal.year_end(shift)


def _quarter(match: re.Match[str]) -> _Built:
    which = match["which"]
    if which.startswith("上个") or which == "上季度":
        return _PAST
    if not match["edge"]:
        return _VAGUE
    if which.startswith("下"):
        return "day", cal.quarter_end(shift=1)
    named = re.search(r"[一二三四1-4]", which)
    _, years = _year(match)
    return "day", cal.quarter_end(number(named[0]) if named else None, years=years)


def _half_year(match: re.Match[str]) -> _Built:
    if not match["edge"]:
        return _VAGUE
    _, years = _year(match)
    return "day", cal.end_of_month_named(6 if match["half"] == "上" else 12, years=years)


def _weekday(match: re.Match[str]) -> _Built:
    which = match["which"] or ""
    if "上" in which:
        return _PAST
    if match["day"] == "末":
        return "day", cal.weekday_of_week(which.count("下"), 5) if "下" in which else cal.this_weekday(5)
    weekday = _WEEKDAYS[match["day"]]
    if "下" in which:
        return "day", cal.weekday_of_week(which.count("下"), weekday)
    if which:
        return "day", cal.this_weekday(weekday)
    return "day", cal.coming_weekday(weekday)


def _near_day(match: re.Match[str]) -> _Built:
    word = match["word"]
    shift = {"今": 0, "当": 0, "明": 1, "后": 2, "大后": 3, "昨": -1, "前": -2, "大前": -3, "听": 1}[word]
    return _PAST if shift < 0 else ("day", cal.days_on(shift))


def _shift(match: re.Match[str]) -> _Built:
    unit, half = match["unit"], bool(match["half"])
    whole = match["n"]
    if whole is None and not half:
        return None
    count = number(whole) if whole else 0
    if unit == "工作日":
        return "day", cal.working_days_on(count)
    if unit in ("天", "日"):
        return "day", cal.days_on(count)
    if unit in ("周", "星期", "礼拜"):
        return "day", cal.days_on(count * 7 + (3 if half else 0))
    if unit == "年":
        return "day", cal.months_on(count * 12 + (6 if half else 0))
    if half:
        months, rest = cal.months_on(count), 15
        return "day", cal.moved(months, rest)
    return "day", cal.months_on(count)


def _fixed_day(match: re.Match[str]) -> _Built:
    month, day = _FIXED[match["name"]]
    _, years = _year(match)
    return "day", cal.day_of_year(month, day, years=years)


def _week_edge(match: re.Match[str]) -> _Built:
    which = match["which"]
    return "day", cal.weekday_of_week(which.count("下"), 6)


def _always(built: _Built) -> Callable[[re.Match[str]], _Built]:
    return lambda _: built


_PATTERNS: Final[tuple[tuple[str, Callable[[re.Match[str]], _Built]], ...]] = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _iso),
    (
        rf"(?:{_YEAR})?(?<!\d)(?P<month>{_N})月(?:份的?)?(?P<day>{_N})(?:号|日|(?![\d个台套万千百天家年人块元周条%%.])){_TAIL}",
        _month_day,
    ),
    (rf"(?<!\d)(?P<month>\d{{1,2}})[./](?P<day>\d{{1,2}})(?:号|日){_TAIL}", _month_day),
    (
        rf"(?:{_YEAR})?(?<![个\d])(?P<month>{_N}月|这个?月|本月|当月|下下个?月|下个?月|上个?月|月)(?:份)?的?"
        rf"(?P<edge>底|末|尾|初|中旬|上旬|下旬|中(?!间|心|国|标|层|午)|最后一天|之内|以内|内|结束){_EDGE}",
        _month_edge,
    ),
    (
        rf"(?P<month>这个?月|本月|下下个?月|下个?月|上个?月)的?(?P<day>{_N})(?:号|日)?{_TAIL}(?![个台套万天])",
        _shifted_day,
    ),
    (
        rf"(?<![月\d.a-z第\-])(?P<day>\d{{1,2}}|[一二三十]{{1,3}}|二十[一二三四五六七八九]|十[一二三四五六七八九]|[一二三四五六七八九])(?:号(?!{_THING[3:-1]})|日(?=之前|以前|前|上午|下午)){_TAIL}",
        _bare_day,
    ),
    (rf"(?P<which>今|明|后|去|本)?年(?P<edge>底|末|尾|初|内|之内|以内){_EDGE}", _year_edge),
    (
        rf"(?:{_YEAR})?(?P<which>(?:第)?[一二三四1-4]季度|q[1-4]|本季度?|这个?季度|下个?季度|上个?季度|季度)(?P<edge>末|底|结束|内|之内|以内)?{_EDGE}",
        _quarter,
    ),
    (rf"(?:{_YEAR})?(?P<half>上|下)半年(?P<edge>底|末|结束|之内|以内|内)?{_EDGE}", _half_year),
    (
        rf"(?<![一两三四五六七八九十几每\d隔])(?P<which>上上|上|这|本|下下下|下下|下)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末1-6])(?!次|回|趟|遍|班倒|个|年|期){_TAIL}",
        _weekday,
    ),
    (
        rf"(?P<word>大后|大前|后|前|今|明|昨|当|听)(?:天|儿|(?<=[明听后])日|朝(?!阳|霞|会)|日(?=上午|下午|之前|前|内)|晚(?!点)|早)(?!到晚){_TAIL}",
        _near_day,
    ),
    (
        rf"(?<![提每])(?:再?过|再有|最多|最迟|最晚)?(?P<n>{_N})?(?P<half>半)?个?(?P<half2>半)?(?P<unit>工作日|天|周|星期|礼拜|月|年)(?:之内|以内|内|之后|以后|过后|后)(?!台|勤|续|端|备)",
        lambda m: _shift_half(m),
    ),
    (rf"再?过(?P<n>{_N})(?P<half>半)?个?(?P<unit>周|星期|礼拜|月)(?!前)", _shift),
    (
        rf"(?:{_YEAR})?(?P<name>六一八|618|双十一|双十二|双11|双12|元旦|情人节|妇女节|劳动节|儿童节|教师节|国庆|圣诞|平安夜|五一|六一(?!八)|三八(?=节))(?:节|长假|假期|小长假|黄金周)?(?:放假)?{_TAIL}",
        _fixed_day,
    ),
    (
        rf"(?P<name>十一)(?=长假|假期|黄金周|放假|前|之前|以前|后|之后|节)(?:长假|假期|黄金周|放假|节)?{_EDGE}",
        _fixed_day,
    ),
    (r"(?P<which>这个?|本|下下个?|下个?)(?:周|星期|礼拜)(?:之内|以内|内|结束)", _week_edge),
    # times ahead that name no day
    (
        rf"(?:{_YEAR})?(?<![个\d第])(?:{_N})月(?!{_N}|底|末|初|中|上旬|下旬)(?:份)?{_EDGE}",
        lambda m: _bare_month(m),
    ),
    (
        r"(?:过完?|明年)?(?:春节|过年|年后|年前|开年|清明|端午|中秋|元宵|正月|腊月|除夕|小年)(?:节|十五|初[一二三四五六七八九十])?"
        + _EDGE,
        _always(_VAGUE),
    ),
    (
        r"(?:今年|明年)?(?:开春|入冬|入夏|入秋|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|年中|暑假|寒假|开学)"
        + _EDGE,
        _always(_VAGUE),
    ),
    (r"(?:下下个?|下个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天末1-6])" + _EDGE, _always(_VAGUE)),
    (
        r"(?:下下个?|下个?|这个?|本)月(?![底末尾初中\d一二三四五六七八九十上下内])" + _EDGE,
        _always(_VAGUE),
    ),
    (
        r"(?:明年|后年|下个?年度?)(?!底|末|初|内|\d|[一二三四五六七八九十]+月|[上下]半年|开春|春)" + _EDGE,
        _always(_VAGUE),
    ),
    # times gone by
    (
        rf"(?:上上?个?(?:周|星期|礼拜|月|季度)|去年|前年|大前年|往年|上次|上回|前几天|前两天|前阵子)(?:[一二三四五六日天]|{_N}月(?:份|底|初)?(?:{_N}[号日])?|底|初|末|年底)?",
        _always(_PAST),
    ),
    (rf"{_N}个?半?(?:天|周|星期|礼拜|月|年)(?:之前|以前|前)", _always(_PAST)),
)


@cache
def _grammar() -> Patterns[Callable[[re.Match[str]], _Built]]:
    return Patterns(_PATTERNS)


def _shift_half(match: re.Match[str]) -> _Built:
    """半个月后, 一个半月内, 三天内: the half may stand before or after 个."""
    if match["n"] is None and match["half"] is None:
        return None
    if match["half2"] and not match["half"]:
        half_month = number(match["n"])
        return "day", cal.moved(cal.months_on(half_month), 15)
    if match["half"] and match["n"] is None and match["unit"] == "年":
        return "day", cal.months_on(6)
    return _shift(match)


def _bare_month(match: re.Match[str]) -> _Built:
    _, years = _year(match)
    return _PAST if years is not None and years < 0 else _VAGUE
