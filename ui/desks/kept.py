"""Sessions as the store keeps them: the log of the practice room, and the clock that runs beside it.

The clock is an anchor: at wall time `at` so many seconds had gone; without `at` it stands still.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.session import Session

_CLOCK: Final = "page_clock"


class Clock(BaseModel):
    """`elapsed` seconds had gone at `at` (UTC); the clock stands still when `at` is null."""

    model_config = ConfigDict(frozen=True)

    elapsed: float = 0.0
    at: dt.datetime | None = None

    def now(self) -> float:
        """Seconds of the session that have gone by now."""
        if self.at is None:
            return self.elapsed
        return self.elapsed + (dt.datetime.now(dt.UTC) - self.at).total_seconds()

    def stopped(self) -> Clock:
        """The clock standing still."""
        return Clock(elapsed=self.now())

    def running(self) -> Clock:
        """The clock going on from where it stands."""
        return Clock(elapsed=self.now(), at=dt.datetime.now(dt.UTC))


@dataclass(frozen=True, slots=True)
class Kept:
    """A session with its id and its clock."""

    id: str
    session: Session
    clock: Clock

    @property
    def limit(self) -> float:
        """Seconds that the scenario allows."""
        return self.session.scenario.time_limit_minutes * 60

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self.limit - self.clock.now())


def load(coach: Coach, id: str) -> Kept:
    """The session with this id. Raises NotFound, and Refused when its scenario was changed since."""
    from coach.practice.session import Session

    state: dict[str, Any] = dict(coach.practices.load(id).state)
    clock = Clock.model_validate(state.pop(_CLOCK, None) or {})
    session = Session.from_json(json.dumps(state), coach.scenarios, coach.engine)
    return Kept(id, session, clock if session.ended is None else clock.stopped())


def begin(coach: Coach, session: Session, *, visit_id: str | None = None) -> str:
    """Open a session, keep it, start its clock."""
    session.open()
    clock = Clock(elapsed=session.state.elapsed).running()
    log = session.log
    return coach.practices.begin(
        scenario=log.scenario,
        scenario_version=log.scenario_version,
        rubric_version=log.rubric_version,
        engine=log.engine,
        seed=log.seed,
        state=_state(session, clock),
        visit_id=visit_id,
    )


def save(coach: Coach, id: str, session: Session, clock: Clock) -> None:
    """Keep the session as it stands now; with its end come outcome and total."""
    if session.ended is None:
        coach.practices.save(id, _state(session, clock))
        return
    result = session.score()
    coach.practices.save(
        id, _state(session, clock.stopped()), ended=True, outcome=result.outcome, total=result.total
    )


def _state(session: Session, clock: Clock) -> dict[str, Any]:
    return {**json.loads(session.to_json()), _CLOCK: clock.model_dump(mode="json")}
