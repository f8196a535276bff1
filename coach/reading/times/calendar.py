"""Calendar arithmetic behind the words: weeks start on Monday, a deadline that names a period means its last day."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Rule = Callable[[dt.date], dt.date | None]
"""From the day of the visit to the day that is meant; None when the words name no day."""

Kind = Literal["day", "vague", "past"]


@dataclass(frozen=True, slots=True)
class Time:
    """Words that name a time: a `day` that can be told, a `vague` time ahead (三月, 春节后), or one that is `past`.

    `start`/`end` are offsets in the text that was searched; `rule` tells the day from the visit's day.
    """

    start: int
    end: int
    kind: Kind
    rule: Rule

    def on(self, visit: dt.date) -> dt.date | None:
        """The day meant by somebody who speaks on `visit`."""
        return self.rule(visit) if self.kind == "day" else None


def nothing(_: dt.date) -> dt.date | None:
    """The rule of words that name no day."""
    return None


def days_on(count: int) -> Rule:
    """So many days from the visit."""
    return lambda day: day + dt.timedelta(days=count)


def working_days_on(count: int) -> Rule:
    """So many working days (Monday to Friday) from the visit."""

    def rule(day: dt.date) -> dt.date:
        left = count
        while left > 0:
            day += dt.timedelta(days=1)
            left -= day.weekday() < 5
        return day

    return rule


def months_on(count: int) -> Rule:
    """The same day so many months on, or that month's last day."""
    return lambda day: month_day(day.year, day.month + count, day.day, clip=True)


def coming_weekday(weekday: int) -> Rule:
    """The next such weekday after the visit (0 is Monday); on that weekday itself, a week later."""
    return lambda day: day + dt.timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def weekday_of_week(weeks: int, weekday: int) -> Rule:
    """That weekday of this week (0), of next week (1) …"""
    return lambda day: day + dt.timedelta(days=weekday - day.weekday() + 7 * weeks)


def this_weekday(weekday: int) -> Rule:
    """That weekday of this week, or the coming one when it is over."""

    def rule(day: dt.date) -> dt.date:
        meant = day + dt.timedelta(days=weekday - day.weekday())
        return meant if meant >= day else meant + dt.timedelta(days=7)

    return rule


def month_end(shift: int) -> Rule:
    """The last day of this month (0), of next month (1) …"""
    return lambda day: last_day(day.year, day.month + shift)


def month_begin(shift: int) -> Rule:
    """The first day of a month, counted from this one."""
    return lambda day: month_day(day.year, day.month + shift, 1)


def day_of_month(number: int, shift: int | None = None) -> Rule:
    """The next day with this number (today counts), or that day of the month `shift` months on."""

    def rule(day: dt.date) -> dt.date | None:
        if shift is not None:
            return month_day(day.year, day.month + shift, number)
        for months in range(4):
            meant = month_day(day.year, day.month + months, number)
            if meant is not None and meant >= day:
                return meant
        return None

    return rule


def day_of_year(month: int, number: int, year: int | None = None, years: int | None = None) -> Rule:
    """The next such day of the year (today counts); in `year`, or `years` after the visit's, when said."""

    def rule(day: dt.date) -> dt.date | None:
        if year is not None or years is not None:
            return month_day(year if year is not None else day.year + (years or 0), month, number)
        for on in range(9):  # 29 February comes again after at most eight years
            meant = month_day(day.year + on, month, number)
            if meant is not None and meant >= day:
                return meant
        return None

    return rule


def end_of_month_named(month: int, year: int | None = None, years: int | None = None) -> Rule:
    """The last day of the next such month that has not ended; in a year when said."""

    def rule(day: dt.date) -> dt.date | None:
        if year is not None or years is not None:
            return last_day(year if year is not None else day.year + (years or 0), month)
        meant = last_day(day.year, month)
        return meant if meant is not None and meant >= day else last_day(day.year + 1, month)

    return rule


def quarter_end(quarter: int | None = None, shift: int = 0, years: int | None = None) -> Rule:
    """The last day of this quarter moved by `shift`, or of the named one that ends next."""

    def rule(day: dt.date) -> dt.date | None:
        if quarter is None:
            return last_day(day.year, ((day.month - 1) // 3 + 1 + shift) * 3)
        return end_of_month_named(quarter * 3, years=years)(day)

    return rule


def year_end(shift: int) -> Rule:
    """31 December of this year (0), of next year (1) …"""
    return lambda day: dt.date(day.year + shift, 12, 31)


def moved(rule: Rule, days: int) -> Rule:
    """The day of another rule, so many days later (earlier when negative)."""

    def later(day: dt.date) -> dt.date | None:
        meant = rule(day)
        return None if meant is None else meant + dt.timedelta(days=days)

    return later


def month_day(year: int, month: int, number: int, *, clip: bool = False) -> dt.date | None:
    """A date whose month may run past December; None when that month lacks the day (its last day with `clip`)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    length = _calendar.monthrange(year, month)[1]
    if clip:
        number = min(number, length)
    return dt.date(year, month, number) if 1 <= number <= length else None


def last_day(year: int, month: int) -> dt.date | None:
    """The last day of a month that may run past December."""
    return month_day(year, month, 31, clip=True)


def best_of(found: list[Time]) -> list[Time]:
    """Of overlapping times the one that starts first, and of those the longest."""
    kept: list[Time] = []
    for time in sorted(found, key=lambda time: (time.start, -time.end)):
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept
