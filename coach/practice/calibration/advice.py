"""Which checks are advice only, and what a score would be without them.

The score itself stays what it was: the arithmetic never looks here. A report says beside it which checks trainers did
not agree with, and what the total is when those are left out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach.practice.calibration.agreement import Figure, figures
from coach.store.verdicts import voted_in

if TYPE_CHECKING:
    from coach.practice.score import Score
    from coach.store.database import Database
    from scenarios.schema import Scenario


@dataclass(frozen=True, slots=True)
class Advice:
    """The checks of one practice that are advice only, with their figures; `total` is what it came to without them."""

    figures: dict[str, Figure]
    total: int | None

    def __bool__(self) -> bool:
        return bool(self.figures)

    def on(self, told: dict[str, Any]) -> dict[str, Any]:
        """A score as commands and programs give it (`Score.as_json`), each check with whether it is advice only."""
        checks = [{**check, "advice_only": check["id"] in self.figures} for check in told["checks"]]
        return {**told, "checks": checks, "total_without_advice_only": self.total}


def advice_on(result: Score, scenario: Scenario, database: Database, engine: str) -> Advice:
    """What trainers' votes say about the checks of this score, which `engine` gave."""
    rubric = scenario.rubric
    voted = voted_in(database, [scenario.id, rubric], scenario.language, engine) if database.is_there else {}
    scopes = {one.item.id: rubric if one.item.kind == "generic" else scenario.id for one in result.checks}
    found = {
        key.check_id: one
        for key, one in figures(voted).items()
        if one.advice_only and scopes.get(key.check_id) == key.scope
    }
    return Advice(found, without(result, found) if found else result.total)


def without(result: Score, left_out: Collection[str]) -> int | None:
    """The total over the other checks, by the score's own arithmetic; None where nothing is left or none was given."""
    from coach.practice.score import total_of

    if result.total is None:
        return None
    return total_of([one for one in result.checks if one.item.id not in left_out], result.hint_cost)
