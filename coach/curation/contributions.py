"""Who gives cases and how they are used: one case a month for everybody, and the two figures of dual-track mentoring.

Contribution (战例贡献量) is cases published; match-adoption rate (匹配采纳率) is adopted ÷ shown, each case and deal once.
With nothing shown there is no rate: None, never 0.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from coach.errors import Words
from coach.store.case_use import CaseUse
from coach.store.cases import KeptCase

SHIPPED: Final = "sample"
"""Whose the cases are that come with the product."""
A_MONTH: Final = 1
"""Cases that everybody owes a month (一人一月一案)."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One author: cases on the shelf, handed in this month, and what became of those that were shown."""

    author: str
    name: str
    published: int
    this_month: int
    shown: int
    opened: int
    adopted: int
    adopted_by_others: int

    @property
    def adoption(self) -> float | None:
        """Adopted ÷ shown, 0..1; None when nothing was shown."""
        return round(self.adopted / self.shown, 3) if self.shown else None


def contributions(
    people: Mapping[str, str],
    cases: Iterable[KeptCase],
    use: Mapping[str, CaseUse],
    shipped: Iterable[str],
    today: dt.date,
) -> list[Contribution]:
    """Everybody who may contribute, most published first, those without a case too; the shipped cases last."""
    written = list(cases)
    by_author = {person: [one for one in written if one.author == person] for person in people}
    rows = [
        _row(person, people[person], theirs, [one.case_id for one in theirs], use, today)
        for person, theirs in by_author.items()
    ]
    rows.sort(key=lambda row: (-row.published, -row.adopted, row.name))
    own = {one.case_id for one in written}
    samples = [case_id for case_id in shipped if case_id not in own]
    last = _row(SHIPPED, SHIPPED, (), samples, use, today)
    return [*rows, replace(last, published=len(samples))]


def reminder(given: int, today: dt.date) -> Words | None:
    """A sentence for somebody who has handed nothing in this month; None once they have."""
    if given >= A_MONTH:
        return None
    left = calendar.monthrange(today.year, today.month)[1] - today.day
    month = f"{today:%B}"
    if left == 0:
        return (
            f"{today.month} 月还差一个战例，今天是最后一天。",
            f"One case is still due for {month}, and today is its last day.",
        )
    return (
        f"{today.month} 月还差一个战例，还有 {left} 天。",
        f"One case is still due for {month}; {left} day{'s' if left > 1 else ''} left.",
    )


def of_month(cases: Iterable[KeptCase], today: dt.date) -> int:
    """How many of these were handed in (drafts do not count) in the month of `today`."""
    handed_in = [one.created_at.replace(tzinfo=dt.UTC).astimezone() for one in cases if one.state != "draft"]
    return sum((at.year, at.month) == (today.year, today.month) for at in handed_in)


def _row(
    author: str,
    name: str,
    theirs: Iterable[KeptCase],
    ids: Iterable[str],
    use: Mapping[str, CaseUse],
    today: dt.date,
) -> Contribution:
    uses = [use.get(case_id, CaseUse()) for case_id in ids]
    written = list(theirs)
    return Contribution(
        author=author,
        name=name,
        published=sum(one.live is not None for one in written),
        this_month=of_month(written, today),
        shown=sum(one.shown for one in uses),
        opened=sum(one.opened for one in uses),
        adopted=sum(one.adopted for one in uses),
        adopted_by_others=sum(one.adopted_by_others for one in uses),
    )
