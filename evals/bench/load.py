"""A working day in a few minutes: twenty people on one real server, who practise, look at visits and look for cases.

Every page is fetched and every action answered by `coach serve` with accounts, in a process of its own, over HTTP on
this machine. Said in the end: how long each action took, how much memory the server grew after it had warmed up.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from evals.bench.browsing import Browser, linked

USERS: Final = 20
MINUTES: Final = 2.0
"""Short by default; the figures that count are of half an hour."""
THINKING: Final = (2.0, 8.0)
"""Seconds between two actions of one person: several times as fast as people are."""
LINES: Final = 8
"""Lines that are said in one practice, at most."""
P95_S: Final = 1.0
GROWTH: Final = 0.05
_PASSWORD: Final = "correct horse battery"
_SAMPLED_EVERY: Final = 5.0
DEALS: Final = (
    "客户说我们比上一家贵两成，要先过财务，季度末才有预算",
    "换供应商怕停线，技术那边要求先试三个月",
    "对方说已经和别家签了，明年再谈",
    "决定要总部点头，联系人只肯转材料",
)


@dataclass(slots=True)
class Seen:
    """What was measured: seconds by action, the server's memory in MB by seconds since the start, what went wrong.

    `worked` is how long the server kept a processor busy, `queued` how long its threads stood in line for one: on a
    machine that has other work these say more than how long people waited.
    """

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    memory: list[tuple[float, float]] = field(default_factory=list)
    worked: float = 0.0
    queued: float = 0.0
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, seconds: float) -> None:
        """One action."""
        with self.lock:
            self.took[what].append(seconds)


@dataclass(frozen=True, slots=True)
class Load:
    """The outcome. `busy` is the processor's seconds an action, `queued` those in line for one; `growth` is the part by which memory grew from the first to the last quarter after warming up."""

    users: int
    minutes: float
    actions: int
    p95: float
    busy: float
    queued: float
    growth: float
    warm_mb: float
    last_mb: float
    wrong: tuple[str, ...]


def bench_load(minutes: float = MINUTES, users: int = USERS, database: str = "") -> Load:
    """Print the figures; nothing is asserted. `database` is the address of a PostgreSQL, empty for SQLite."""
    seen = Seen()
    with TemporaryDirectory() as folder, _house(Path(folder), users, database) as (address, pid):
        _people(address, pid, users, minutes * 60, seen)
    outcome = _outcome(seen, users, minutes)
    _print(seen, outcome, "PostgreSQL" if database else "SQLite")
    return outcome


def person(browser: Browser, number: int, until: float, wrong: Callable[[str], None]) -> None:
    """One person, from signing in to signing out; whoever meets an error goes on with something else."""
    from scenarios.loader import load_scenarios

    chance = random.Random(number)
    lines = {
        id: [line.say for line in one.expert_script]
        for id, one in load_scenarios().items()
        if one.expert_script and one.language == "zh"
    }
    today: Sequence[tuple[Callable[[], Iterator[None]], int]] = (
        (lambda: _practise(browser, *chance.choice(sorted(lines.items()))), 3),
        (lambda: _look_at_visits(browser), 2),
        (lambda: _match(browser, chance.choice(DEALS)), 2),
        (lambda: _home(browser), 1),
    )
    time.sleep(chance.uniform(0, THINKING[1]))
    browser.sign_in(f"rep{number}", _PASSWORD)
    while time.monotonic() < until:
        (work,) = chance.choices([one for one, _ in today], [often for _, often in today])
        try:
            for _ in work():
                time.sleep(chance.uniform(*THINKING))
                if time.monotonic() > until:
                    break
        except Exception as error:  # what one action meets must not end the day
            wrong(f"{type(error).__name__}: {error}")
            time.sleep(THINKING[0])
    browser.sign_out()


def _practise(browser: Browser, scenario: str, lines: Sequence[str]) -> Iterator[None]:
    browser.open("practice")
    yield
    (id,) = linked(browser.press("pp-main", act="start", id=scenario), "session")[:1]
    browser.open("session", id=id)
    for line in lines[:LINES]:
        yield
        if "pp-over" in browser.send("pp-send", line):
            break
    yield
    browser.press("pp-top", act="end")
    browser.open("report", id=id)
    yield


def _look_at_visits(browser: Browser) -> Iterator[None]:
    there = linked(browser.open("visits"), "visit")
    yield
    if not there:
        browser.press("pp-main", act="sample-text")  # becomes a visit in the background
        yield
    for id in there[:2]:
        browser.open("visit", id=id)
        yield


def _match(browser: Browser, words: str) -> Iterator[None]:
    browser.open("deals")
    yield
    browser.send("pp-deal-go", words)
    yield


def _home(browser: Browser) -> Iterator[None]:
    browser.open("")
    yield
    browser.open("coverage")
    yield


@contextmanager
def _house(folder: Path, users: int, database: str) -> Iterator[tuple[str, int]]:
    """A server with accounts; its address and process."""
    from coach.accounts.people import People
    from coach.app import open_coach
    from coach.settings import Settings

    coach = open_coach(Settings(home=folder / "home", engine="offline", database_url=database))
    people = People(coach.database)
    people.add("admin", ("admin",), _PASSWORD)
    for number in range(users):
        people.add(f"rep{number}", ("rep",), _PASSWORD, team=f"team{number % 3}")
    coach.library.build()
    coach.library.close()
    coach.database.close()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    environment |= {"COACH_HOME": str(folder / "home"), "COACH_ENGINE": "offline", "PYTHONUNBUFFERED": "1"}
    environment |= {"COACH_DATABASE_URL": database} if database else {}
    with (folder / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", "from coach.cli import main; main()", "serve", "--port", "0"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().decode().strip().rstrip("/")
        if not address.startswith("http://"):
            raise RuntimeError((folder / "serve.log").read_text("utf-8")[-2000:])
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(30)
        if server.stdout is not None:
            server.stdout.close()


def _people(address: str, pid: int, users: int, seconds: float, seen: Seen) -> None:
    began = time.monotonic()
    until = began + seconds

    def wrong(what: str) -> None:
        with seen.lock:
            seen.wrong.append(what)

    def day(number: int) -> None:
        try:
            with closing(Browser(address, seen.note)) as browser:
                person(browser, number, until, wrong)
        except Exception as error:  # said in the end, with everything else that went wrong
            wrong(f"rep{number} went home: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=day, args=(number,)) for number in range(users)]
    before, in_line = _worked(pid), _queued(pid)
    for one in threads:
        one.start()
    while any(one.is_alive() for one in threads):
        seen.memory.append((time.monotonic() - began, _resident(pid)))
        time.sleep(_SAMPLED_EVERY)
    seen.worked = _worked(pid) - before
    after = _queued(pid)
    seen.queued = sum(spent - in_line.get(thread, 0.0) for thread, spent in after.items())


def _worked(pid: int) -> float:
    """Processor seconds of a process so far."""
    parts = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def _queued(pid: int) -> dict[str, float]:
    """Seconds that each thread of a process has stood in line for a processor; those that are over are not counted."""
    found: dict[str, float] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            found[task.name] = int((task / "schedstat").read_text("utf-8").split()[1]) / 1e9
    return found


def _resident(pid: int) -> float:
    """Memory of a process that lies in RAM, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _outcome(seen: Seen, users: int, minutes: float) -> Load:
    every = sorted(seconds for took in seen.took.values() for seconds in took)
    warm, last = grown(seen.memory, minutes * 60)
    return Load(
        users,
        minutes,
        len(every),
        _share(every, 0.95),
        seen.worked / len(every) if every else 0.0,
        seen.queued / len(every) if every else 0.0,
        last / warm - 1 if warm else 0.0,
        warm,
        last,
        tuple(seen.wrong),
    )


def grown(memory: Sequence[tuple[float, float]], seconds: float) -> tuple[float, float]:
    """Memory in the first and in the last quarter after a third of the time, which counts as warming up."""
    warm = [(at, mb) for at, mb in memory if seconds / 3 <= at <= seconds]
    if not warm:
        return 0.0, 0.0
    quarter = max(1, len(warm) // 4)
    return median(mb for _, mb in warm[:quarter]), median(mb for _, mb in warm[-quarter:])


def _share(ordered: Sequence[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def _print(seen: Seen, outcome: Load, database: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{outcome.users} people for {outcome.minutes:g} minutes, {database}")
    for column in ("action", "n", "p50 ms", "p95 ms", "max ms"):
        table.add_column(column, justify="left" if column == "action" else "right")
    rows: Mapping[str, Sequence[float]] = dict(sorted(seen.took.items()))
    for what, took in rows.items():
        ordered = sorted(took)
        figures = (_share(ordered, 0.5), _share(ordered, 0.95), ordered[-1])
        table.add_row(what, str(len(ordered)), *(f"{1000 * one:.0f}" for one in figures))
    console = Console(width=110)
    console.print(table)
    console.print(
        f"{outcome.actions} page actions, {outcome.actions / outcome.minutes / 60:.1f} a second; p95 "
        f"{1000 * outcome.p95:.0f} ms (goal ≤ {1000 * P95_S:.0f} {'✓' if outcome.p95 <= P95_S else '✗'}); "
        f"{1000 * outcome.busy:.0f} ms of a processor an action, {1000 * outcome.queued:.0f} ms in line for one"
    )
    console.print(
        f"server {outcome.warm_mb:.0f} MB warm, {outcome.last_mb:.0f} MB at the end: {outcome.growth:+.1%} "
        f"(goal < {GROWTH:.0%} {'✓' if outcome.growth < GROWTH else '✗'})"
    )
    console.print(f"{len(outcome.wrong)} went wrong")
    for what in outcome.wrong[:10]:
        console.print(f"- {what}")
