"""What became of the cases that were shown: every push to a deal, once for each deal, whoever's case it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.store.database import Database
from coach.store.tables import Event

_KINDS: Final = {"case_shown": "shown", "case_opened": "opened", "case_adopted": "adopted"}


@dataclass(frozen=True, slots=True)
class CaseUse:
    """One case in numbers; `adopted_by_others` leaves out its own author's deals."""

    shown: int = 0
    opened: int = 0
    adopted: int = 0
    adopted_by_others: int = 0


def case_use(database: Database, authors: dict[str, str]) -> dict[str, CaseUse]:
    """Case id -> how it was used, for every case that was ever shown; `authors` says whose each case is.

    The same case for the same deal counts once, however often it was looked at.
    """
    from sqlalchemy import select

    seen: dict[str, set[tuple[str, str, str]]] = {}
    with database.session() as session:
        query = select(Event.id, Event.owner, Event.kind, Event.subject, Event.data)
        for row, owner, kind, subject, data in session.execute(query.where(Event.kind.in_(_KINDS))):
            deal = str((data or {}).get("deal") or row)
            seen.setdefault(subject, set()).add((_KINDS[kind], owner, deal))
    return {case: _counted(pushes, authors.get(case, "")) for case, pushes in seen.items()}


def _counted(pushes: set[tuple[str, str, str]], author: str) -> CaseUse:
    many = {kind: len({(who, deal) for one, who, deal in pushes if one == kind}) for kind in _KINDS.values()}
    others = len({(who, deal) for one, who, deal in pushes if one == "adopted" and who != author})
    return CaseUse(**many, adopted_by_others=others)
