"""Certifying beside the pages: bots play a draft in a process of its own, which says how far it is and keeps the result.

A process, because forty talks would hold up everybody else's; one at a time, because it takes a whole core. It goes on
when the page is closed; when the server stops, it stops too and nothing is kept.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from coach.errors import Busy

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from coach.practice.bots import BotName
    from coach.practice.certificate import Certificate
    from coach.settings import Settings

SEEDS: Final = tuple(range(1, 6))
State = Literal["running", "done", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class Run:
    """How far it is: `done` of `talks` are over, `bot` plays now."""

    state: State
    done: int = 0
    talks: int = 0
    bot: BotName | None = None


@dataclass(slots=True)
class _Child:
    process: BaseProcess
    ear: Connection
    run: Run


class Certifying:
    """Starts runs and says how they stand, for everybody of one server; a key is (person, scenario id)."""

    def __init__(self) -> None:
        self._children: dict[tuple[str, str], _Child] = {}
        self._lock = threading.Lock()

    def start(
        self, settings: Settings, person: str, scenario_id: str, *, faults: int, seeds: Sequence[int] = SEEDS
    ) -> Run:
        """Let the bots play this person's draft. Raises Busy while another draft is played."""
        from multiprocessing import get_context

        from coach.practice.bots import BOTS

        with self._lock:
            for key in self._children:
                if self._heard(key).state == "running":
                    raise Busy(
                        (
                            "机器人正在练一份剧本，一次练一份。",
                            "Bots are playing a scenario; one goes at a time.",
                        ),
                        ("等它练完再来。", "Come back when it is over."),
                    )
            context = get_context("spawn")
            ear, mouth = context.Pipe(duplex=False)
            task = (mouth, settings.model_dump(), person, scenario_id, faults, tuple(seeds))
            process = context.Process(target=_play, args=task, daemon=True, name=f"certify-{scenario_id}")
            process.start()
            mouth.close()
            talks = len(BOTS) * len(seeds)
            self._children[person, scenario_id] = _Child(process, ear, Run("running", 0, talks))
            return self._children[person, scenario_id].run

    def look(self, person: str, scenario_id: str) -> Run | None:
        """How the last run of this draft stands; None when there was none since the server started."""
        with self._lock:
            key = person, scenario_id
            return self._heard(key) if key in self._children else None

    def stop(self, person: str, scenario_id: str) -> None:
        """Stop it where it is; nothing is kept of it."""
        with self._lock:
            child = self._children.get((person, scenario_id))
            if child and self._heard((person, scenario_id)).state == "running":
                child.process.terminate()
                child.process.join(5)
                child.run = replace(child.run, state="stopped")

    def _heard(self, key: tuple[str, str]) -> Run:
        """Take in what the process has said since."""
        child = self._children[key]
        if child.run.state != "running":
            return child.run
        alive = child.process.is_alive()
        try:
            while child.ear.poll():
                done, bot = child.ear.recv()
                state: State = "done" if bot is None else "running"
                child.run = replace(child.run, state=state, done=done, bot=bot)
        except (EOFError, OSError):
            pass
        if child.run.state == "running" and not alive:
            child.run = replace(child.run, state="failed")
        return child.run


def _play(
    mouth: Connection,
    settings: dict[str, Any],
    person: str,
    scenario_id: str,
    faults: int,
    seeds: Sequence[int],
) -> None:
    """What the process does: play, keep the certificate beside the draft it was given for, say that it is over."""
    import datetime as dt
    import os

    from coach.practice.certificate import certify
    from coach.practice.certificates import kept_from
    from coach.practice.own import Made
    from coach.quiet import keep_quiet
    from coach.reading.offline import ARTEFACT, OfflineEngine, own_artefact
    from coach.settings import Settings
    from coach.store.database import Database
    from coach.store.own_scenarios import OwnScenarios

    keep_quiet()
    os.nice(10)
    told = Settings.model_validate(settings)
    store = OwnScenarios(Database(told.database), person)
    own = own_artefact(told.home)
    engine = OfflineEngine(own if own.exists() else ARTEFACT)
    stored = store.load(scenario_id)
    scenario = Made(store).parsed(stored)
    done = 0

    def hear(bot: BotName, over: int) -> None:
        nonlocal done
        done = over
        mouth.send((over, bot))

    result: Certificate = certify(scenario, engine, seeds=seeds, faults=faults, told=hear)
    kept = kept_from(result, scenario, engine.name, seeds, dt.date.today())
    store.certify(scenario_id, kept.model_dump(mode="json"), stored.body)
    mouth.send((done + 1, None))
    mouth.close()
