"""Running the long trials: which there are, how long they are by default, and the dated report that they leave."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from evals.soak import Report

ROUNDS: Final = {
    "kills": 200,
    "workers": 200,
    "publish": 200,
    "confirm": 200,
    "practice": 200,
    "fuzz": 10_000,
    "documents": 1000,
    "transcripts": 1000,
}
"""The trials, and the rounds that `make soak` gives them."""
SEED: Final = 20261122
ROOT: Final = Path(__file__).parents[2]


def trial(name: str) -> Callable[[int, int], Report]:
    """A trial by name (KeyError for an unknown one)."""
    if name == "kills":
        from evals.soak.kills import run as kills

        return kills
    if name == "workers":
        from evals.soak.many_workers import run as workers

        return workers
    if name == "fuzz":
        from evals.soak.fuzz import run as fuzz

        return fuzz
    if name == "documents":
        from evals.soak.documents import run as documents

        return documents
    if name == "transcripts":
        from evals.soak.transcripts import run as transcripts

        return transcripts
    if name == "confirm":
        from evals.soak.confirming import run as confirming

        return confirming
    if name == "practice":
        from evals.soak.practising import run as practising

        return practising
    if name == "publish":
        from evals.soak.publishing import run as publishing

        return publishing
    raise KeyError(name)


def page(one: Report) -> str:
    """The report as Markdown: when, on what, every figure, every fault."""
    now = dt.datetime.now(dt.UTC)
    verdict = "passed" if one.passed else f"FAILED: {len(one.faults)} faults"
    lines = [
        f"# Soak: {one.name}, {now:%Y-%m-%d}",
        "",
        f"{now:%Y-%m-%d %H:%M} UTC, commit {_commit()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}. Made by `make soak`.",
        "",
        f"## {verdict}",
        "",
        f"{one.rounds} rounds, seed {one.seed}, {one.seconds:.0f} s.",
        "",
        "| figure | value |",
        "| --- | --- |",
    ]
    lines += [f"| {name} | {value} |" for name, value in one.figures.items()]
    lines += ["", *(f"- {fault}" for fault in one.faults[:50])] if one.faults else []
    return "\n".join(lines) + "\n"


def write(one: Report, folder: Path) -> Path:
    """Leave the dated report in a folder; that of the same trial and day is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"soak-{one.name}-{dt.datetime.now(dt.UTC):%Y-%m-%d}.md"
    file.write_text(page(one), "utf-8")
    return file


def _commit() -> str:
    """The commit that was tried, with a mark when the files have changed since."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True, cwd=ROOT
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
