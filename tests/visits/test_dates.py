"""Dates count from the visit's day; every form is checked on every day of two years against plain calendar counting."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from coach.reading.offline.view import view
from coach.visits.dates import day_of, minus, notice, times

DAY = dt.timedelta(days=1)


def every_day() -> Iterator[dt.date]:
    """Every day of two years, one of them a leap year."""
    day = dt.date(2027, 1, 1)
    while day < dt.date(2029, 1, 1):
        yield day
        day += DAY


def said(words: str, on: dt.date) -> dt.date | None:
    """What the words mean to somebody who speaks on that day."""
    return day_of(view(words).plain, on)


def first_after(day: dt.date, fits: Callable[[dt.date], bool]) -> dt.date:
    """The first later day that fits, by walking."""
    day += DAY
    while not fits(day):
        day += DAY
    return day


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the day's week, by walking back."""
    while day.weekday():
        day -= DAY
    return day


def end_of(year: int, month: int) -> dt.date:
    """The last day of a month that may run past December."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("words", "weekday"),
    [("周三", 2), ("星期五", 4), ("礼拜天", 6), ("Wednesday", 2), ("by Friday", 4), ("on Monday", 0)],
)
def test_a_bare_weekday_is_the_coming_one(words: str, weekday: int) -> None:
    for day in every_day():
        assert said(words, day) == first_after(day, lambda other: other.weekday() == weekday), (words, day)


@pytest.mark.parametrize(
    ("words", "weeks", "weekday"),
    [
        ("下周三", 1, 2),
        ("下周三之前", 1, 2),
        ("下个礼拜一", 1, 0),
        ("下下周五", 2, 4),
        ("next Wednesday", 1, 2),
        ("by next Friday", 1, 4),
        ("Tuesday next week", 1, 1),
    ],
)
def test_a_day_of_next_week_is_counted_from_monday(words: str, weeks: int, weekday: int) -> None:
    for day in every_day():
        assert said(words, day) == monday_of(day) + dt.timedelta(days=7 * weeks + weekday), (words, day)


@pytest.mark.parametrize(
    ("words", "days"),
    [("今天", 0), ("明天下午三点", 1), ("后天", 2), ("大后天", 3), ("三天内", 3), ("两周后", 14), ("10天之内", 10), ("半个月内", None),
     ("tomorrow at 3pm", 1), ("the day after tomorrow", 2), ("in two weeks", 14), ("within ten days", 10), ("today", 0)],
)  # fmt: skip
def test_days_are_added_to_the_visit(words: str, days: int | None) -> None:
    for day in every_day():
        assert said(words, day) == day + dt.timedelta(days=15 if days is None else days), (words, day)


@pytest.mark.parametrize(
    ("words", "shift"),
    [
        ("月底", 0),
        ("这个月底之前", 0),
        ("本月底", 0),
        ("下个月底", 1),
        ("下月底前", 1),
        ("by end of month", 0),
        ("end of next month", 1),
        ("month end", 0),
    ],
)
def test_the_end_of_a_month_is_its_last_day(words: str, shift: int) -> None:
    for day in every_day():
        assert said(words, day) == end_of(day.year, day.month + shift), (words, day)


@pytest.mark.parametrize(
    ("words", "month"),
    [("六月底", 6), ("by the end of June", 6), ("十二月底之前", 12), ("end of February", 2), ("2月底", 2)],
)
def test_the_end_of_a_named_month_is_the_next_one(words: str, month: int) -> None:
    for day in every_day():
        this_year = end_of(day.year, month)
        assert said(words, day) == (this_year if this_year >= day else end_of(day.year + 1, month)), (
            words,
            day,
        )


@pytest.mark.parametrize("words", ["年底", "年底前", "今年年底", "by the end of the year", "year end"])
def test_the_end_of_the_year(words: str) -> None:
    for day in every_day():
        assert said(words, day) == dt.date(day.year, 12, 31), (words, day)


@pytest.mark.parametrize(
    ("words", "quarter"),
    [("by end of Q2", 2), ("二季度末", 2), ("end of the fourth quarter", 4), ("Q3结束前", 3)],
)
def test_the_end_of_a_quarter(words: str, quarter: int) -> None:
    for day in every_day():
        this_year = end_of(day.year, quarter * 3)
        assert said(words, day) == (this_year if this_year >= day else end_of(day.year + 1, quarter * 3)), (
            words,
            day,
        )


@pytest.mark.parametrize(
    ("words", "number"),
    [("15号", 15), ("三十一号之前", 31), ("the 15th", 15), ("by the thirty-first", 31), ("二十九号", 29)],
)
def test_a_bare_day_is_the_next_one(words: str, number: int) -> None:
    for day in every_day():
        expected = day if day.day == number else first_after(day, lambda other: other.day == number)
        assert said(words, day) == expected, (words, day)


@pytest.mark.parametrize(
    ("words", "month", "number"),
    [("3月15日", 3, 15), ("十一月二十八号", 11, 28), ("11月28", 11, 28), ("March 3rd", 3, 3), ("3 March", 3, 3), ("五一前", 5, 1), ("国庆之前", 10, 1),
     ("元旦", 1, 1), ("before Christmas", 12, 25), ("July 4th", 7, 4)],
)  # fmt: skip
def test_a_day_of_the_year_is_the_next_one(words: str, month: int, number: int) -> None:
    for day in every_day():
        fits = day.month == month and day.day == number
        expected = (
            day if fits else first_after(day, lambda other: (other.month, other.day) == (month, number))
        )
        assert said(words, day) == expected, (words, day)


@pytest.mark.parametrize("words", ["五个工作日内", "within five business days"])
def test_working_days_leave_weekends_out(words: str) -> None:
    for day in every_day():
        left, expected = 5, day
        while left:
            expected += DAY
            left -= expected.weekday() < 5
        assert said(words, day) == expected, (words, day)


def test_a_month_on_keeps_the_day_or_takes_the_last() -> None:
    assert said("一个月后", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)
    assert said("三个月之内", dt.date(2027, 11, 30)) == dt.date(2028, 2, 29)
    assert said("in six months", dt.date(2027, 5, 18)) == dt.date(2027, 11, 18)


@pytest.mark.parametrize(
    "words",
    ["春节后", "清明前", "六月", "三月份", "明年三月", "五月中旬", "下半年", "开春", "入冬以后", "明年", "下周", "下个月", "before Memorial Day", "in June",
     "by mid-March", "next month", "in the fall", "early next week", "Thanksgiving", "after Easter"],
)  # fmt: skip
def test_what_names_no_day_stays_open(words: str) -> None:
    for day in every_day():
        assert said(words, day) is None, (words, day)
    assert times(view(words).plain), f"{words} is a time all the same"


@pytest.mark.parametrize(
    "words",
    ["2号线停了三回", "三号楼", "一号仓库", "每周三开会", "一周三次", "十一个人", "天天加班", "一天三班倒", "every Monday", "on the 3rd floor", "I'll second that", "we may do it", "the march to the warehouse"],
)  # fmt: skip
def test_what_is_no_time_ahead_is_not_taken_for_one(words: str) -> None:
    assert [time for time in times(view(words).plain) if time.kind == "day"] == []


@pytest.mark.parametrize(
    "words",
    ["上周三", "去年十月", "三天前", "昨天", "last Wednesday", "three weeks ago", "yesterday", "last year"],
)
def test_what_is_gone_by_has_no_day(words: str) -> None:
    found = times(view(words).plain)
    assert found
    assert all(time.kind == "past" for time in found)
    assert said(words, dt.date(2027, 6, 9)) is None


def test_a_notice_period_counts_back_from_the_day_beside_it() -> None:
    assert said("会是下周四，材料提前三天交", dt.date(2026, 11, 17)) == dt.date(2026, 11, 23)
    assert said("七月三十号到期，得提前一个月通知", dt.date(2027, 5, 4)) == dt.date(2027, 6, 30)
    assert said("the renewal is September 30 and they want 60 days notice", dt.date(2027, 5, 4)) == dt.date(
        2027, 8, 1
    )


def test_notice_of_working_days_skips_weekends() -> None:
    back = notice(view("材料提前五个工作日交").plain)
    assert back == (5, "working")
    assert minus(dt.date(2026, 12, 3), (5, "working")) == dt.date(2026, 11, 26)


def test_without_a_visit_day_nothing_is_resolved() -> None:
    assert day_of("下周三之前", None) is None
    assert day_of("by next wednesday", None) is None
