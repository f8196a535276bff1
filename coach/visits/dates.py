"""Dates of a record: the day that spoken words mean, counted from the visit's day and never from today."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from coach.reading.times import chinese, english
from coach.reading.times.calendar import Time, best_of
from coach.reading.times.chinese import number as chinese_number
from coach.reading.times.english import number as english_number

_NOTICE_ZH: Final = re.compile(
    r"提前(?:至少|最少|起码)?(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit>工作日|天|日|周|星期|礼拜|月)"
)
_NOTICE_EN: Final = re.compile(
    r"(?P<n>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|fourteen|fifteen|thirty|forty[- ]five|sixty|ninety)[- ]"
    r"(?P<work>(?:working|business)[- ])?(?P<unit>days?|weeks?|months?)['’]?s?(?: notice| before| ahead| prior| in advance| out from)"
)


def times(text: str) -> list[Time]:
    """Every time named in plain words (`coach.reading.offline.view` gives them), whichever language."""
    found: list[Time] = []
    if re.search(r"[\u4e00-\u9fff]", text):
        found.extend(chinese.find(text))
    if re.search(r"[a-z]", text):
        found.extend(english.find(text))
    return best_of(found)


def day_of(text: str, visit: dt.date | None, *, before: str = "") -> dt.date | None:
    """The day that plain words name; without a visit's day only a full date with its year.

    A notice period ("材料提前五天交", "thirty days' notice") counts back from the day beside it, or from the last one in
    the words `before`.
    """
    days = _days(text, visit)
    back = notice(text)
    if back is None:
        return days[0] if days else None
    anchors = days or _days(before, visit)
    return minus(anchors[-1], back) if anchors else None


def _days(text: str, visit: dt.date | None) -> list[dt.date]:
    """Every day that plain words name, in order."""
    if visit is not None:
        return [day for time in times(text) if (day := time.on(visit)) is not None]
    # A full date is the same whenever it is said; anything else needs the visit's day.
    return [day for time in times(text) if (day := time.on(_ONCE)) is not None and day == time.on(_LATER)]


_ONCE: Final = dt.date(2001, 3, 14)
_LATER: Final = dt.date(2040, 10, 9)


def notice(text: str) -> tuple[int, str] | None:
    """(count, unit) of a notice period in plain words: unit is working, day, week or month."""
    if match := _NOTICE_ZH.search(text):
        unit = {"工作日": "working", "天": "day", "日": "day", "月": "month"}.get(match["unit"], "week")
        return chinese_number(match["n"]), unit
    if match := _NOTICE_EN.search(text):
        return english_number(match["n"]), "working" if match["work"] else match["unit"].rstrip("s")
    return None


def minus(day: dt.date, back: tuple[int, str]) -> dt.date:
    """The last day on which notice can be given for something on `day`."""
    count, unit = back
    if unit == "working":
        while count > 0:
            day -= dt.timedelta(days=1)
            count -= day.weekday() < 5
        return day
    if unit == "month":
        from coach.reading.times.calendar import month_day

        return month_day(day.year, day.month - count, day.day, clip=True) or day
    return day - dt.timedelta(days=count * (7 if unit == "week" else 1))
