"""Times in spoken English: next Wednesday, by the end of Q2, in two weeks, the fifteenth, March 3rd, Christmas.

Own grammar: dateparser misses the "end of" family and takes a second on a miss (docs/decisions.md).
The patterns read the plain view of the words (lower case, half width).
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

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ONES: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_ORDINALS: Final = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_FIXED: Final = {
    r"christmas eve": (12, 24), r"christmas(?: day)?": (12, 25), r"boxing day": (12, 26),
    r"new year'?s eve": (12, 31), r"new year'?s(?: day)?|the new year": (1, 1), r"valentine'?s(?: day)?": (2, 14),
    r"(?:the )?(?:july 4th|4th of july|fourth of july)|independence day": (7, 4), r"halloween": (10, 31),
    r"veterans'? day": (11, 11), r"juneteenth": (6, 19),
}  # fmt: skip

_WD: Final = (
    r"(?P<wd>mon|tue|tues|wed|thu|thur|thurs|fri|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?(?!\w)\.?"
)
_MON: Final = r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.?(?!\w)"
_ORD: Final = (
    r"(?P<day>(?:[12]?\d|3[01])(?:st|nd|rd|th)|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|thirtieth|twentieth|nineteenth|eighteenth|seventeenth|sixteenth|fifteenth|fourteenth|thirteenth|twelfth|eleventh|tenth"
    r"|ninth|eighth|seventh|sixth|fifth|fourth|third|second|first)"
)
_COUNT: Final = (
    r"(?P<n>\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|an?)"
)
_BY: Final = r"(?:(?:by|before|on|until|till|from|after|due|starting|for|no later than|not later than|around|about)\s+)?"
_CLOCK: Final = (
    r"(?:,?\s+(?:first thing|morning|afternoon|evening|night|noon|lunchtime|at noon|(?:at )?(?:close|end) of (?:business|day|play)|eod|cob))?"
    r"(?:,?\s+(?:at\s+)?(?:\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock)|(?:at )(?:\d{1,2}(?::\d\d)?|half past \w+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[- ]thirty|[- ]fifteen)?)(?:\s?(?:am|pm))?))?"
    r"(?:\s+(?:in the )?(?:morning|afternoon|evening))?"
)
_YEAR: Final = r"(?:,?\s+(?:of\s+)?(?P<year>20\d\d|next year|this year))?"

_Built = tuple[Kind, Rule] | None
_VAGUE: Final[tuple[Kind, Rule]] = ("vague", cal.nothing)
_PAST: Final[tuple[Kind, Rule]] = ("past", cal.nothing)


def number(words: str) -> int:
    """The value of 12, twelve, twenty-one, a, or of an ordinal such as 3rd or twenty-third."""
    words = words.replace("-", " ").strip()
    if digits := re.match(r"\d+", words):
        return int(digits[0])
    if words in ("a", "an"):
        return 1
    if words == "thirtieth":
        return 30
    total = 0
    for word in words.split():
        if word in _TENS:
            total += _TENS[word]
        elif word in _ONES:
            total += _ONES.index(word)
        elif word in _ORDINALS:
            total += _ORDINALS.index(word)
    return total


def find(plain: str) -> list[Time]:
    """The times in a plain text, in order, without overlaps."""
    found = []
    for build, match in _grammar().matches(plain):
        built = build(match)
        if built is not None:
            found.append(Time(match.start(), match.end(), *built))
    return cal.best_of(found)


def _weekday_number(word: str) -> int:
    return next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(word[:3]))


def _month_number(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word[:3]))


def _year(match: re.Match[str]) -> tuple[int | None, int | None]:
    said = match.groupdict().get("year")
    if not said:
        return None, None
    return (int(said), None) if said.isdigit() else (None, 1 if said.startswith("next") else 0)


def _month_day(match: re.Match[str]) -> _Built:
    day = number(match["day"])
    if not 1 <= day <= 31:
        return None
    return "day", cal.day_of_year(_month_number(match["month"]), day, *_year(match))


def _iso(match: re.Match[str]) -> _Built:
    try:
        day = dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return "day", lambda _: day


def _bare_day(match: re.Match[str]) -> _Built:
    of = match.groupdict().get("of")
    shift = None if not of else (1 if "next" in of else 0 if "this" in of else None)
    day = number(match["day"])
    return ("day", cal.day_of_month(day, shift)) if 1 <= day <= 31 else None


def _weekday(match: re.Match[str]) -> _Built:
    weekday = _weekday_number(match["wd"])
    which, after = match["which"] or "", match["after"] or ""
    if which.startswith("last"):
        return _PAST
    if which.startswith(("every", "each")):
        return None
    if after.strip() in ("week", "after next"):
        return "day", cal.moved(cal.coming_weekday(weekday), 7)
    if "after next" in after:
        return "day", cal.weekday_of_week(2, weekday)
    if which.startswith("next") or "next week" in after:
        return "day", cal.weekday_of_week(1, weekday)
    if which.startswith("this"):
        return "day", cal.this_weekday(weekday)
    return "day", cal.coming_weekday(weekday)


def _week_on(match: re.Match[str]) -> _Built:
    return "day", cal.moved(cal.coming_weekday(_weekday_number(match["wd"])), 7 * number(match["n"]))


def _near_day(match: re.Match[str]) -> _Built:
    word = match["word"]
    if word.startswith(("yesterday", "last")):
        return _PAST
    shift = 2 if "day after" in word else 1 if "tomorrow" in word else 0
    return "day", cal.days_on(shift)


def _shift(match: re.Match[str]) -> _Built:
    count, unit = number(match["n"]), match["unit"]
    if match["working"]:
        return "day", cal.working_days_on(count)
    if unit.startswith("day"):
        return "day", cal.days_on(count)
    if unit.startswith("week"):
        return "day", cal.days_on(7 * count)
    if unit.startswith("fortnight"):
        return "day", cal.days_on(14 * count)
    return "day", cal.months_on(count * (12 if unit.startswith("year") else 1))


def _end(match: re.Match[str]) -> _Built:
    of = match["of"]
    if of in ("day", "today", "business", "play", "the day", "business today"):
        return "day", cal.days_on(0)
    if of in ("business tomorrow", "tomorrow", "day tomorrow"):
        return "day", cal.days_on(1)
    shift = 1 if "next" in of else 0
    if "week" in of:
        return "day", cal.weekday_of_week(shift, 4)
    if "month" in of:
        return "day", cal.month_end(shift)
    if "quarter" in of and of.strip("theis nx")[:1] == "q":
        return "day", cal.quarter_end(shift=shift)
    return "day", cal.year_end(shift)


def _end_month(match: re.Match[str]) -> _Built:
    return "day", cal.end_of_month_named(_month_number(match["month"]), *_year(match))


def _end_quarter(match: re.Match[str]) -> _Built:
    ordinal = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    which = match["quarter"]
    quarter = int(which[1]) if which[0] == "q" else ordinal[which.split()[0]]
    return "day", cal.quarter_end(quarter, years=_year(match)[1])


def _begin(match: re.Match[str]) -> _Built:
    of = match["of"]
    if "month" in of:
        return "day", cal.month_begin(1 if "next" in of else 0) if "next" in of else cal.day_of_month(1)
    if "year" in of:
        return "day", cal.day_of_year(1, 1, years=1 if "next" in of else None)
    return "day", cal.day_of_year(_month_number(of), 1)


def _short(match: re.Match[str]) -> _Built:
    rules: dict[str, Rule] = {
        "eod": cal.days_on(0), "cob": cal.days_on(0), "eow": cal.weekday_of_week(0, 4), "eom": cal.month_end(0),
        "eoq": cal.quarter_end(), "eoy": cal.year_end(0),
    }  # fmt: skip
    return "day", rules[match["short"]]


def _edge(match: re.Match[str]) -> _Built:
    of = match["of"]
    rule = cal.month_end(0) if of == "month" else cal.quarter_end() if of == "quarter" else cal.year_end(0)
    return "day", rule


def _fixed(month: int, day: int) -> Callable[[re.Match[str]], _Built]:
    return lambda _: ("day", cal.day_of_year(month, day))


def _always(built: _Built) -> Callable[[re.Match[str]], _Built]:
    return lambda _: built


_PERIOD: Final = (
    r"(?:the |this |next |that |our |your )?(?:fiscal |calendar |financial )?(?:week|month|quarter|year)"
)
_PATTERNS: Final[tuple[tuple[str, Callable[[re.Match[str]], _Built]], ...]] = (
    (rf"{_BY}(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})(?!\d)", _iso),
    (rf"{_BY}(?:the )?{_MON}\s+(?:the )?{_ORD}{_YEAR}{_CLOCK}", _month_day),
    (
        rf"{_BY}{_MON}\s+(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|[:%]|\s?(?:am|pm|percent|k\b)){_YEAR}{_CLOCK}",
        _month_day,
    ),
    (rf"{_BY}(?:the )?{_ORD}\s+(?:of\s+)?{_MON}{_YEAR}{_CLOCK}", _month_day),
    (rf"{_BY}(?P<day>3[01]|[12]\d|[1-9])\s+(?:of\s+)?{_MON}{_YEAR}{_CLOCK}", _month_day),
    (rf"{_BY}the {_ORD}(?: (?P<of>of (?:next|this|the) month))(?!\w){_CLOCK}", _bare_day),
    (
        rf"{_BY}the (?P<day>(?:[12]?\d|3[01])(?:st|nd|rd|th)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
        rf"seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
        rf"(?! (?:century|floor|of (?!next|this|the month)|time|percentile|one|visit|year|grade|street|avenue))(?!\w){_CLOCK}",
        _bare_day,
    ),
    (rf"{_BY}(?:the )?{_WD},? the {_ORD}{_CLOCK}", _bare_day),
    (
        r"(?:by|on|before|until|till|from) the (?P<day>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
        r"(?=[,.;!?]|$| (?:and|i|we|so|if|at|or|then|with|you|but|when|to)\b)",
        _bare_day,
    ),
    (
        r"(?:by|on|before|until|till|from) (?P<day>(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|twentieth|nineteenth|eighteenth|"
        r"seventeenth|sixteenth|fifteenth|fourteenth|thirteenth|twelfth|eleventh|tenth|(?:[12]?\d|3[01])(?:st|nd|rd|th))(?! (?:floor|street|avenue|century|place|grade))(?!\w)",
        _bare_day,
    ),
    (
        rf"{_BY}(?:first thing |early |late |(?:eod|cob|(?:the )?(?:end|close) of (?:the )?(?:day|business|play))(?: on)? )?(?:(?P<which>next|this|this coming|coming|the coming|last|every|each|the following)\s+)?{_WD}"
        rf"(?P<after>\s+(?:of |the )?(?:next week|week after next|week(?!\w)|after next))?{_CLOCK}",
        _weekday,
    ),
    (rf"{_BY}{_COUNT} weeks? (?:from|on|after) {_WD}", _week_on),
    (
        rf"{_BY}(?:first thing |late |early |later |(?:eod|cob) )?(?P<word>the day after tomorrow|day after tomorrow|tomorrow|today|tonight|this (?:morning|afternoon|evening)|yesterday|last night){_CLOCK}",
        _near_day,
    ),
    (
        rf"(?:with)?in (?:the next |about |around |under )?{_COUNT}\s+(?P<working>(?:business|working|work) )?(?P<unit>days?|weeks?|months?|years?|fortnights?)(?:'? time)?(?! (?:each|per|a year|of (?:each|every|the)|ago))(?!\w)",
        _shift,
    ),
    (
        rf"{_COUNT}\s+(?P<working>(?:business|working|work) )?(?P<unit>days?|weeks?|months?|years?|fortnights?) (?:from (?:now|today)|out(?! of))(?!\w)",
        _shift,
    ),
    (
        rf"{_BY}(?:the )?(?:(?:very )?end|close|last day) of (?P<of>{_PERIOD}|(?:the )?day(?: tomorrow)?|today|tomorrow|business(?: today| tomorrow)?|play)(?!\w)(?! (?:one|two)){_CLOCK}",
        _end,
    ),
    (rf"{_BY}(?:the )?(?:(?:very )?end|close|last day) of {_MON}{_YEAR}", _end_month),
    (
        rf"{_BY}(?:the )?(?:end|close|last day) of (?:the )?(?P<quarter>q[1-4]|(?:first|second|third|fourth|last) quarter){_YEAR}",
        _end_quarter,
    ),
    (
        rf"{_BY}(?:the )?(?:start|beginning|first|1st) of (?P<of>(?:the |next )?(?:month|year)|january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)",
        _begin,
    ),
    (rf"{_BY}(?P<short>eod|cob|eow|eom|eoq|eoy)(?!\w)", _short),
    (rf"{_BY}(?P<of>month|quarter|year)[- ]end(?!\w)", _edge),
    *((rf"{_BY}(?:{name})(?!\w)", _fixed(*day)) for name, day in _FIXED.items()),
    # times ahead that name no day
    (
        rf"(?:by|before|in|until|from|after|around|for|mid|early|late|of|since|come|next)[- ](?:mid[- ]|early |late )?{_MON}(?!\s+\d){_YEAR}",
        lambda m: _bare_month(m),
    ),
    (
        r"(?:by|before|in|until|after|around|for)?\s?(?:next |this |early |late |mid[- ])?(?P<season>january|february|march(?! (?:to|on|in|out))|april|june|july|august|september|october|november|december)(?:\s+(?:20\d\d|next year))?(?!\w)",
        _always(_VAGUE),
    ),
    (
        r"(?:by |before |in |until |after |around |over )(?:the |next |this |early |late )?(?:spring|summer|fall|autumn|winter|holidays|season|new year)(?!\w)",
        _always(_VAGUE),
    ),
    (
        r"(?:by |before |in |until |after |around |for |early |later |late |mid |the middle of |sometime )?(?:next|this coming) (?:week|month|quarter|year|spring|summer|fall|autumn|winter|season)(?! end)(?!\w)",
        _always(_VAGUE),
    ),
    (
        r"(?:later |early |earlier |by |before |in |within )?(?:this) (?:week|month|quarter|year|spring|summer|fall|autumn|winter|season)(?!\w)",
        _always(_VAGUE),
    ),
    (
        r"(?:by |before |after |around |over |until )?(?:thanksgiving|easter|memorial day|labor day|labour day|black friday|good friday|presidents'? day|chinese new year|lunar new year|spring festival|ramadan|diwali)(?: weekend)?(?!\w)",
        _always(_VAGUE),
    ),
    (
        r"(?:by |before |in |until |after |around |for |late |early )?(?:q[1-4]|h[12]|(?:first|second) half(?: of (?:the|next) year)?)(?: 20\d\d| next year)?(?!\w)",
        _always(_VAGUE),
    ),
    # times gone by
    (
        r"(?:back in |in |since |over )?(?:last|the past|previous) (?:week|month|quarter|year|spring|summer|fall|autumn|winter|time|january|february|march|april|may|june|july|august|september|october|november|december|season|christmas)(?!\w)",
        _always(_PAST),
    ),
    (
        rf"(?:{_COUNT}|a few|a couple(?: of)?|couple of|several|some)\s+(?:days?|weeks?|months?|years?) (?:ago|back|earlier)(?!\w)",
        _always(_PAST),
    ),
    (r"(?:back )?in (?:19|20[01])\d\d?(?!\w)", _always(_PAST)),
    (rf"(?:back in|since|last) {_MON}", _always(_PAST)),
)


@cache
def _grammar() -> Patterns[Callable[[re.Match[str]], _Built]]:
    return Patterns((r"(?<![\w'])" + pattern.lstrip(), build) for pattern, build in _PATTERNS)


def _bare_month(match: re.Match[str]) -> _Built:
    """A month without its day; "may" alone is a verb more often than a month."""
    return (
        None
        if match["month"] == "may" and not match[0].startswith(("by", "in", "until", "before", "mid"))
        else _VAGUE
    )
