"""What one practice turn takes (read, decide, word, score), alone and with fifty sessions at once.

The rep's lines are those of the scenarios' own experts; fifty sessions are gone on with as the pages do it: found in
the store, said, saved, each rep thinking a while between two lines, and once all of them at the same instant.
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.practice.session import Session

SESSIONS: Final = 50
SECONDS: Final = 40.0
"""How long the fifty talk."""
THINKING: Final = (4.0, 12.0)
"""Seconds a rep takes for a line, at least and at most."""
ALONE_MS: Final = 80
TOGETHER_MS: Final = 400
INSIDE: Final = ("telling", "read", "answer", "word")
"""What an engine is asked for in a turn."""


@dataclass(slots=True)
class Times:
    """Milliseconds by what they were spent on."""

    spent: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def taking(self, what: str) -> Iterator[None]:
        """Time a block, on the wall and, as `what` with " cpu", on this thread's processor."""
        began, worked = time.perf_counter(), time.thread_time()
        yield
        self.spent[what].append((time.perf_counter() - began) * 1000)
        self.spent[f"{what} cpu"].append((time.thread_time() - worked) * 1000)


def bench_turns() -> None:
    """Print the figures; nothing is asserted."""
    from rich.console import Console
    from rich.table import Table

    from coach.app import Coach
    from coach.settings import Settings

    table = Table(title="one practice turn")
    for column in ("", "n", "p50 ms", "p95 ms", "max ms", "goal"):
        table.add_column(column, justify="right" if column else "left")
    with TemporaryDirectory() as home:
        coach = Coach(Settings(home=Path(home), engine="offline"))
        lines = _lines(coach)
        alone = one_at_a_time(coach, lines)
        for what in ("turn", "turn cpu", *INSIDE, "rest"):
            _row(table.add_row, what, alone.spent[what], ALONE_MS if what == "turn" else None)
        together = at_once(coach, lines, SESSIONS, SECONDS)
        _row(table.add_row, f"{SESSIONS} sessions", together.spent["turn"], TOGETHER_MS)
        _row(table.add_row, f"{SESSIONS} sessions cpu", together.spent["turn cpu"], None)
        same = same_instant(coach, lines, SESSIONS)
        _row(table.add_row, f"{SESSIONS} at one instant", same.spent["turn"], None)
        coach.database.close()
    console = Console()
    console.print(table)
    console.print(
        f"{SESSIONS} sessions for {SECONDS:g} s, {THINKING[0]:g}-{THINKING[1]:g} s of thinking between lines, "
        "one process, store included; where cpu and wall differ the machine had other work"
    )


def one_at_a_time(coach: Coach, lines: dict[str, list[str]]) -> Times:
    """Every scenario played once with its expert's lines, each part of a turn timed."""
    times = Times()
    _warm(coach, lines)
    for id in lines:
        session = coach.start(id, seed=1)
        parts = _timed(session)
        session.open()
        for words in lines[id]:
            if session.ended:
                break
            parts.spent.clear()
            with times.taking("turn"):
                session.say(words)
            inside = {what: sum(parts.spent[what]) for what in INSIDE}
            for what, spent in inside.items():
                times.spent[what].append(spent)
            times.spent["rest"].append(times.spent["turn"][-1] - sum(inside.values()))
    return times


def at_once(coach: Coach, lines: dict[str, list[str]], count: int, seconds: float) -> Times:
    """`count` reps for `seconds`, each in a thread of its own, a practice begun anew when one is over."""
    times, until = Times(), time.monotonic() + seconds

    def rep(number: int) -> None:
        chance = random.Random(number)
        id, left = _begun(coach, lines, number)
        time.sleep(chance.uniform(0, THINKING[1]))
        while time.monotonic() < until:
            if not left:
                id, left = _begun(coach, lines, number)
            with times.taking("turn"):
                over = _turn(coach, id, left.pop(0))
            if over:
                left.clear()
            time.sleep(chance.uniform(*THINKING))

    reps = [threading.Thread(target=rep, args=(number,)) for number in range(count)]
    for one in reps:
        one.start()
    for one in reps:
        one.join()
    return times


def same_instant(coach: Coach, lines: dict[str, list[str]], count: int) -> Times:
    """One line in each of `count` sessions, all sent at the same moment: the worst there is."""
    times = Times()
    begun = [_begun(coach, lines, number) for number in range(count)]
    with ThreadPoolExecutor(count) as pool:
        sent = time.perf_counter()

        def say(one: tuple[str, list[str]]) -> None:
            _turn(coach, one[0], one[1][0])
            times.spent["turn"].append((time.perf_counter() - sent) * 1000)

        list(pool.map(say, begun))
    return times


def _lines(coach: Coach) -> dict[str, list[str]]:
    return {
        id: [line.say for line in one.expert_script] for id, one in coach.shipped.items() if one.expert_script
    }


def _warm(coach: Coach, lines: dict[str, list[str]]) -> None:
    """The first turn of a process loads the reader: that is no turn's time."""
    id = next(iter(lines))
    session = coach.start(id, seed=1)
    session.open()
    session.say(lines[id][0])


def _begun(coach: Coach, lines: dict[str, list[str]], number: int) -> tuple[str, list[str]]:
    ids = sorted(lines)
    id = ids[number % len(ids)]
    return coach.keeping.begin(coach.start(id, seed=number + 1)), list(lines[id])


def _turn(coach: Coach, id: str, words: str) -> bool:
    """One line as the session page does it; whether the talk is over."""
    now = coach.keeping.load(id)
    now.session.say(words)
    coach.keeping.save(id, now.session, now.clock)
    return now.session.ended is not None


def _timed(session: Session) -> Times:
    """Let the session's engine note what it takes."""
    times = Times()
    engine: Any = session.engine

    class Timed:
        name = engine.name

        def read(self, *args: Any, **named: Any) -> Any:
            with times.taking("read"):
                return engine.read(*args, **named)

        def answer(self, *args: Any, **named: Any) -> Any:
            with times.taking("answer"):
                return engine.answer(*args, **named)

        def answer_each(self, *args: Any, **named: Any) -> Any:
            with times.taking("answer"):
                return engine.answer_each(*args, **named)

        def telling(self, *args: Any, **named: Any) -> Any:
            with times.taking("telling"):
                return engine.telling(*args, **named)

        def word(self, *args: Any, **named: Any) -> Any:
            with times.taking("word"):
                return iter(list(engine.word(*args, **named)))

    session.engine = Timed()
    return times


def _row(add: Callable[..., None], what: str, spent: Sequence[float], goal: int | None) -> None:
    ordered = sorted(spent)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    aim = "" if goal is None else f"≤ {goal} {'✓' if p95 <= goal else '✗'}"
    middle = ordered[len(ordered) // 2]
    add(what, str(len(ordered)), f"{middle:.0f}", f"{p95:.0f}", f"{ordered[-1]:.0f}", aim)
