"""Freshness: what must be looked at again, by when, by whom; what is late ranks lower, what is far too late is set aside.

    weapon      every 7 days    negotiations, decision chains, rivals
    tactical    every 31 days   trade solutions, scripts
    strategic   every 92 days   success cases, partners

Samples that ship are shown with their dates and never set aside: nobody here is asked to keep them. When somebody
looks at an item and finds it still true, that look says whose it is and when it is due next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from coach.store.reviews import Looked
from knowledge.handbook import Handbook
from knowledge.schema import DAYS_FRESH, Case, Tier

Kind = Literal["case", "handbook"]
State = Literal["fresh", "soon", "late", "aside", "undated"]

TIERS: Final[tuple[Tier, ...]] = ("weapon", "tactical", "strategic")
SOON: Final = 0.25
"""The last part of a tier's days in which an item asks to be looked at."""
ASIDE: Final = 2
"""So many of its tier's periods late, an item of one's own is set aside until somebody has looked at it."""
LEAST: Final = 0.5
"""The rank that even the latest item keeps."""


@dataclass(frozen=True, slots=True)
class Item:
    """A case or a handbook with the day by which it must be looked at (None: nobody wrote one down)."""

    id: str
    kind: Kind
    title: str
    tier: Tier
    owner: str
    due: dt.date | None
    sample: bool = False

    def late_by(self, today: dt.date) -> int:
        """Days past the due day; 0 while there is time."""
        return max(0, (today - self.due).days) if self.due else 0

    def state(self, today: dt.date) -> State:
        """Fresh, due soon, late, set aside, or without a day."""
        if self.due is None:
            return "undated"
        late, days = self.late_by(today), DAYS_FRESH[self.tier]
        if late > ASIDE * days and not self.sample:
            return "aside"
        if late:
            return "late"
        return "soon" if (self.due - today).days <= SOON * days else "fresh"


@dataclass(frozen=True, slots=True)
class Lane:
    """One tier: what is late first, then what comes due; `kept` of `dated` items are not late."""

    tier: Tier
    items: tuple[Item, ...]
    kept: int
    dated: int

    @property
    def rate(self) -> float | None:
        """The share that is kept fresh; None when nothing has a day."""
        return self.kept / self.dated if self.dated else None


Looks = Mapping[str, Looked]
"""Item -> the newest look at it."""
_NONE: Final[Looks] = {}


def case_item(case: Case, looks: Looks = _NONE) -> Item:
    """A case as something to be kept fresh; without a day it is due its tier's days after it was last looked at."""
    tier = case.freshness.tier
    since = case.reviewed_on or case.contributed_on
    due = case.freshness.review_due or (since + dt.timedelta(DAYS_FRESH[tier]) if since else None)
    owner = case.owner.author or case.owner.role
    item = Item(case.id, "case", case.title, tier, owner, due, case.sample)
    return _looked_at(item, looks.get(case.id), since)


def handbook_item(book: Handbook, looks: Looks = _NONE) -> Item:
    """A handbook as something to be kept fresh, under the same rule."""
    since = _day(book.reviewed_on)
    due = _day(book.review_due) or (since + dt.timedelta(DAYS_FRESH[book.tier]) if since else None)
    item = Item(book.id, "handbook", book.title, book.tier, book.owner, due, book.sample)
    return _looked_at(item, looks.get(book.id), since)


def items(cases: Iterable[Case], handbooks: Iterable[Handbook], looks: Looks = _NONE) -> list[Item]:
    """Everything published, as the newest looks left it."""
    return [
        *(case_item(case, looks) for case in cases if case.status == "published"),
        *(handbook_item(book, looks) for book in handbooks if book.status == "published"),
    ]


def board(everything: Iterable[Item], today: dt.date) -> tuple[Lane, Lane, Lane]:
    """The three lanes, weapon first; in a lane one's own before the samples, the latest first, what has no day last."""
    kept = list(everything)

    def lane(tier: Tier) -> Lane:
        own = [one for one in kept if one.tier == tier]
        own.sort(key=lambda one: (one.sample, one.due is None, one.due or dt.date.max, one.id))
        dated = [one for one in own if one.due is not None]
        return Lane(tier, tuple(own), sum(not one.late_by(today) for one in dated), len(dated))

    return lane("weapon"), lane("tactical"), lane("strategic")


def quarantine(everything: Iterable[Item], today: dt.date) -> list[Item]:
    """What is set aside, the latest first: not to be relied on before somebody has looked at it."""
    aside = [one for one in everything if one.state(today) == "aside"]
    return sorted(aside, key=lambda one: (-one.late_by(today), one.id))


def decay(item: Item, today: dt.date) -> float:
    """What the age of an item leaves of its rank: 1 while fresh, half of the way to 0.5 after one period late."""
    periods = item.late_by(today) / DAYS_FRESH[item.tier]
    return LEAST + (1 - LEAST) * float(0.5**periods)


def _looked_at(item: Item, look: Looked | None, since: dt.date | None) -> Item:
    """The item after a look, unless it was written anew since."""
    if look is None or (since is not None and since > look.on):
        return item
    return replace(item, due=look.due, owner=look.owner or item.owner)


def _day(words: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(words) if words else None
    except ValueError:
        return None
