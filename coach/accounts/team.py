"""A manager's view of a team: figures over finished practices and confirmed records of the last thirty days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from coach.accounts.roles import Who
from coach.errors import Refused
from coach.store.database import Database
from coach.store.team import team_members

DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Results:
    """One person's figures. `mean` is null when nothing was scored, `missing` the action most often not done."""

    name: str
    practices: int
    passed: int
    mean: float | None
    exams_passed: int
    confirmed: int
    missing: str


def team_results(database: Database, who: Who) -> list[Results]:
    """The results of the manager's own team (Refused for somebody who leads none)."""
    if "manager" not in who.roles:
        raise Refused(
            ("团队的结果只给主管看。", "The results of a team are for its manager."),
            ("找管理员加角色。", "Ask an administrator for the role."),
        )
    rows = []
    for member in team_members(database, who.team, dt.timedelta(days=DAYS)):
        totals = [one.total for one in member.practices if one.total is not None]
        missing = Counter(field for fields in member.missing for field in fields).most_common(1)
        rows.append(
            Results(
                name=member.name,
                practices=len(member.practices),
                passed=sum(one.outcome == "pass" for one in member.practices),
                mean=round(sum(totals) / len(totals), 1) if totals else None,
                exams_passed=sum(one.mode == "exam" and one.outcome == "pass" for one in member.practices),
                confirmed=len(member.missing),
                missing=missing[0][0] if missing else "",
            )
        )
    return rows
