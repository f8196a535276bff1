"""What we add to a model's own time in a practice turn, and how soon a sentence is shown after the model ended it.

Against the endpoint that is configured: the time during which at least one request was under way is the model's, the
rest of a turn is ours. Lines are those of the scenarios' own experts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from coach.errors import Unavailable
from coach.practice.session import Session
from coach.reading.llm import LlmEngine
from coach.reading.llm.endpoint import Endpoint
from coach.reading.llm.prompts import Prompt
from coach.reading.offline import OfflineEngine
from coach.settings import Settings

OURS_MS: Final = 80.0
GUARD_MS: Final = 150.0
TURNS: Final = 120


@dataclass
class Meter:
    """Intervals in which a request was under way, and when the newest words of a stream came."""

    intervals: list[tuple[float, float]] = field(default_factory=list)
    newest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, began: float, ended: float) -> None:
        """One request."""
        with self.lock:
            self.intervals.append((began, ended))

    def busy(self, since: float) -> float:
        """Seconds since a moment in which at least one request was under way."""
        total, reached = 0.0, since
        for began, ended in sorted(self.intervals):
            total += max(0.0, ended - max(began, reached))
            reached = max(reached, ended)
        return total


class MeteredEndpoint(Endpoint):
    """An endpoint that notes when its requests are under way."""

    def __init__(self, settings: Settings, meter: Meter) -> None:
        super().__init__(settings, hooks={"request": [self._leaves], "response": [self._arrived]})
        self.meter = meter

    def _leaves(self, request: Any) -> None:
        request.extensions["left"] = time.perf_counter()

    def _arrived(self, response: Any) -> None:
        if "event-stream" in response.headers.get("content-type", ""):
            self.meter.newest = time.perf_counter()
            self.meter.add(response.request.extensions["left"], self.meter.newest)
            return
        response.read()
        self.meter.add(response.request.extensions["left"], time.perf_counter())

    def stream(self, prompt: Prompt, *, temperature: float = 0.7, ballot: int = 0) -> Iterator[str]:
        waited = time.perf_counter()
        for piece in super().stream(prompt, temperature=temperature, ballot=ballot):
            self.meter.newest = time.perf_counter()
            self.meter.add(waited, self.meter.newest)
            yield piece
            waited = time.perf_counter()
        self.meter.add(waited, time.perf_counter())


@dataclass
class Times:
    """Milliseconds: whole turns, the model's part, ours, and from a sentence's end to its showing."""

    turn: list[float] = field(default_factory=list)
    model: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    guard: list[float] = field(default_factory=list)
    offline: int = 0


def measure(settings: Settings, turns: int = TURNS) -> Times:
    """The times of so many practice turns."""
    from scenarios.loader import load_scenarios

    meter, times = Meter(), Times()
    engine = LlmEngine(MeteredEndpoint(settings, meter), OfflineEngine())
    scripts = {
        id: (one, [line.say for line in one.expert_script])
        for id, one in load_scenarios().items()
        if one.expert_script
    }
    warm = False
    for scenario, lines in scripts.values():
        session = Session(scenario, engine, seed=1)
        session.open()
        for line in lines:
            if session.ended or len(times.turn) >= turns:
                break
            meter.intervals.clear()
            began = time.perf_counter()
            shown: list[float] = []
            result = session.say(
                line, shown=lambda *_, to=shown: to.append(time.perf_counter() - meter.newest)
            )
            whole = time.perf_counter() - began
            if not warm:  # the first turn of a process loads the reader and the client
                warm = True
                continue
            busy = meter.busy(began)
            times.turn.append(whole * 1000)
            times.model.append(busy * 1000)
            times.ours.append((whole - busy) * 1000)
            times.guard += [seconds * 1000 for seconds in shown if not result.notes]
            times.offline += bool(result.notes)
        if len(times.turn) >= turns:
            break
    return times


def bench_llm() -> None:
    """Print the figures; nothing is asserted. Unavailable where no model is configured."""
    from rich.console import Console
    from rich.table import Table

    settings = Settings()
    if not settings.llm_base_url:
        raise Unavailable(
            ("没有配置模型。", "No model is configured."),
            (
                "设 COACH_LLM_BASE_URL 和 COACH_LLM_MODEL。",
                "Set COACH_LLM_BASE_URL and COACH_LLM_MODEL.",
            ),
        )
    times = measure(settings)
    table = Table(title=f"practice turns with {settings.llm_model}, {len(times.turn)} turns")
    for column in ("", "n", "p50 ms", "p95 ms", "max ms", "goal"):
        table.add_column(column, justify="right" if column else "left")
    for label, spent, goal in (
        ("turn", times.turn, None),
        ("the model's time", times.model, None),
        ("ours", times.ours, OURS_MS),
        ("sentence ended → shown", times.guard, GUARD_MS),
    ):
        if spent:
            aim = "" if goal is None else f"≤ {goal:.0f} {'✓' if p(spent, 95) <= goal else '✗'}"
            table.add_row(
                label, str(len(spent)), f"{p(spent, 50):.0f}", f"{p(spent, 95):.0f}", f"{max(spent):.0f}", aim
            )
    console = Console(width=120)
    console.print(table)
    if times.offline:
        console.print(f"{times.offline} turns were answered offline: the endpoint did not deliver")


def p(spent: Sequence[float], share: int) -> float:
    """A percentile."""
    ordered = sorted(spent)
    return ordered[min(len(ordered) - 1, int(share / 100 * len(ordered)))]
