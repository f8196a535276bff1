"""Practices as they are kept: the log after every turn, and the clock beside it, for pages and commands alike.

The clock is an anchor: at wall time `at` so many seconds had gone; without `at` it stands still. Who practises
gives a sign of life every few seconds; when none came for a while (a crash, a closed page) the clock stood still
from the last sign on.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

from coach.errors import BadInput, Refused
from coach.practice.exam import unfinished

if TYPE_CHECKING:
    from coach.practice.session import Session
    from coach.reading.engine import Engine
    from coach.store.practices import Practices, StoredPractice
    from scenarios.schema import Scenario

SILENT: Final = 45.0
"""Seconds without a sign of life after which nobody is taken to sit there."""
AT_HAND: Final = 128
"""Sessions whose folded state is kept at hand, so that a turn need not fold the whole talk again."""
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
        return self.elapsed + self._since()

    def stopped(self) -> Clock:
        """The clock standing still."""
        return Clock(elapsed=self.now())

    def running(self) -> Clock:
        """The clock going on from where it stands."""
        return Clock(elapsed=self.now(), at=dt.datetime.now(dt.UTC))

    def found(self) -> Clock:
        """The clock as somebody finds it who comes back: still, when nobody had been there."""
        return Clock(elapsed=self.elapsed) if self.at is not None and self._since() > SILENT else self

    def _since(self) -> float:
        return (dt.datetime.now(dt.UTC) - self.at).total_seconds() if self.at else 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A session with its id, its clock and, for a branch, what it came from."""

    id: str
    session: Session
    clock: Clock
    parent_id: str | None = None
    from_turn: int | None = None

    @property
    def limit(self) -> float:
        """Seconds that the scenario allows."""
        return self.session.scenario.time_limit_minutes * 60

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self.limit - self.clock.now())


class AtHand:
    """Sessions as they were last folded, for everybody who practises in this process; the oldest are let go."""

    def __init__(self, most: int = AT_HAND) -> None:
        self._most = most
        self._folded: OrderedDict[str, tuple[dict[str, Any], Session]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, id: str) -> tuple[dict[str, Any], Session] | None:
        """The log and the session of a practice, None when they are not at hand."""
        with self._lock:
            return self._folded.get(id)

    def put(self, id: str, log: dict[str, Any], session: Session) -> None:
        """Keep a copy of a session with the log that it was folded from."""
        with self._lock:
            self._folded[id] = log, session.copy()
            self._folded.move_to_end(id)
            while len(self._folded) > self._most:
                self._folded.popitem(last=False)


class Keeping:
    """Opens, saves, finds again and branches one person's practices."""

    def __init__(
        self,
        practices: Practices,
        scenarios: Callable[[], Mapping[str, Scenario]],
        engine: Callable[[], Engine],
        at_hand: AtHand | None = None,
    ) -> None:
        self.practices = practices
        self._scenarios = scenarios
        self._engine = engine
        self._at_hand = at_hand or AtHand()

    def begin(
        self,
        session: Session,
        *,
        visit_id: str | None = None,
        parent_id: str | None = None,
        from_turn: int | None = None,
    ) -> str:
        """Open a session, keep it, start its clock; its id.

        Raises Refused for a second exam in a scenario while the first is not over.
        """
        log = session.log
        if log.mode == "exam" and parent_id is None:
            _one_at_a_time(session.scenario, self.practices.exams(log.scenario))
        session.open()
        clock = Clock(elapsed=session.state.elapsed).running()
        return self.practices.begin(
            scenario=log.scenario,
            scenario_version=log.scenario_version,
            rubric_version=log.rubric_version,
            engine=log.engine,
            seed=log.seed,
            state=_state(session, clock),
            mode=log.mode,
            visit_id=visit_id,
            parent_id=parent_id,
            from_turn=from_turn,
        )

    def load(self, id: str) -> Kept:
        """The session with this id. Raises NotFound, and Refused when its scenario was changed since."""
        return self.opened(self.practices.load(id))

    def opened(self, stored: StoredPractice) -> Kept:
        """A stored practice, ready to go on. Raises Refused when its scenario was changed since."""
        if stored.mode == "colleague":
            raise BadInput(
                ("这一场是和同事对练的。", "A colleague plays the customer in this one."),
                (
                    f"接着练：coach practice --colleague --resume {stored.id}。",
                    f"Go on with coach practice --colleague --resume {stored.id}.",
                ),
            )
        state: dict[str, Any] = dict(stored.state)
        clock = Clock.model_validate(state.pop(_CLOCK, None) or {}).found()
        session = self._session(stored.id, state)
        clock = clock if session.ended is None else clock.stopped()
        return Kept(stored.id, session, clock, stored.parent_id, stored.from_turn)

    def save(self, id: str, session: Session, clock: Clock) -> None:
        """Keep the session as it stands now; with its end come outcome, total and how each objection stood."""
        self._at_hand.put(id, json.loads(session.to_json()), session)
        if session.ended is None:
            self.practices.save(id, _state(session, clock))
            return
        result = session.score()
        self.practices.save(
            id,
            _state(session, clock.stopped()),
            ended=True,
            outcome=result.outcome,
            total=result.total,
            objections=how_objections_stand(session),
        )

    def branch(self, id: str, turn: int) -> str:
        """A new practice that stands just before the rep's turn `turn` of this one; its id."""
        return self.begin(self.load(id).session.branch(turn), parent_id=id, from_turn=turn)

    def _session(self, id: str, log: dict[str, Any]) -> Session:
        """The session of a log: a copy of the one at hand when it has just this log, else folded anew."""
        from coach.practice.session import Session

        scenarios = self._scenarios()
        known = self._at_hand.get(id)
        if known and known[0] == log and scenarios.get(known[1].scenario.id) is known[1].scenario:
            return known[1].copy()
        session = Session.from_json(json.dumps(log), scenarios, self._engine())
        self._at_hand.put(id, log, session)
        return session


def how_objections_stand(session: Session) -> dict[str, Any]:
    """By id: type, state and words of every objection that was raised."""
    return {
        one.id: {"type": one.type, "state": session.state.objections[one.id].state, "said": one.surface}
        for one in session.scenario.objections
        if session.state.objections[one.id].state != "latent"
    }


def _one_at_a_time(scenario: Scenario, exams: list[StoredPractice]) -> None:
    running = unfinished(scenario, exams)
    if running is not None:
        raise Refused(
            ("这个剧本的上一场考试还没结束。", "The last exam in this scenario is not over."),
            (
                f"先把它考完：coach practice --resume {running.id[:8]}。",
                f"Finish it first: coach practice --resume {running.id[:8]}.",
            ),
        )


def _state(session: Session, clock: Clock) -> dict[str, Any]:
    return {**json.loads(session.to_json()), _CLOCK: clock.model_dump(mode="json")}
