"""Somebody looked at a case or a handbook and found it still true: from now on it counts as fresh until its next day."""

from __future__ import annotations

import datetime as dt
from typing import Final

from coach.errors import BadInput, NotFound, Refused
from coach.library.freshness import Item, case_item, handbook_item
from coach.library.library import Library
from coach.store.audit import write_audit
from coach.store.database import Database
from coach.store.people import roles_of
from coach.store.reviews import Reviews
from knowledge.schema import DAYS_FRESH

LONGEST: Final = 365
"""Days for which nobody may call anything fresh."""


class Looking:
    """What one person may say about the freshness of cases and handbooks."""

    def __init__(self, database: Database, person: str, library: Library) -> None:
        self._database = database
        self._person = person
        self._library = library

    def item(self, item_id: str) -> Item:
        """A published case or a handbook as the board has it (NotFound)."""
        looks = self._library.looks()
        book = next((one for one in self._library.shelf.handbooks() if one.id == item_id), None)
        if book is not None:
            return handbook_item(book, looks)
        if item_id in self._library.case_ids():
            return case_item(self._library.case(item_id), looks)
        raise NotFound(
            (f"没有这条：{item_id}", f"There is no such item: {item_id}"),
            ("刷新新鲜度看板。", "Reload the freshness board."),
        )

    def looked(
        self, item_id: str, *, owner: str = "", due: dt.date | None = None, today: dt.date | None = None
    ) -> Item:
        """Keep that it was looked at; without a day it is due again after its tier's days. The item as it is now.

        Raises Refused for whoever is no trainer, BadInput for a day that is past or too far away, NotFound.
        """
        if "trainer" not in roles_of(self._database, self._person):
            raise Refused(
                ("复核由培训师来做。", "Looking things through is for trainers."),
                ("找培训师。", "Ask a trainer."),
            )
        day, item = today or dt.date.today(), self.item(item_id)
        next_day = due or day + dt.timedelta(DAYS_FRESH[item.tier])
        if not day < next_day <= day + dt.timedelta(LONGEST):
            raise BadInput(
                (
                    f"下次复核要在明天到一年之内，不能是 {next_day}。",
                    f"The next day cannot be {next_day}: from tomorrow to a year.",
                ),
                ("换一个日子。", "Choose another day."),
            )
        Reviews(self._database).add(self._person, item_id, day, owner.strip()[:100], next_day)
        write_audit(self._database, self._person, "reviewed", item_id)
        return self.item(item_id)
