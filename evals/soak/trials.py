"""Running the long trials: which there are, how long they are by default, and the dated report that they leave."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from evals.soak import Report

ROUNDS: Final = {"kills": 200, "fuzz": 10_000}
"""The trials, and the rounds that `make soak` gives them."""
SEED: Final = 20261122
ROOT: Final = Path(__file__).parents[2]


def trial(name: str) -> Callable[[int, int], Report]:
    """A trial by name (KeyError for an unknown one)."""
    if name == "kills":
        from evals.soak.kills import run as kills

        return kills
    if name == "fuzz":
        from evals.soak.fuzz import run as fuzz

        return fuzz
    raise KeyError(name)


def page(reports: Sequence[Report]) -> str:
    """The report as Markdown: when, on what, every figure, every fault."""
    now = dt.datetime.now(dt.UTC)
    lines = [
        f"# Soak, {now:%Y-%m-%d}",
        "",
        f"{now:%Y-%m-%d %H:%M} UTC, commit {_commit()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}. Made by `make soak`.",
    ]
    for one in reports:
        verdict = "passed" if one.passed else f"FAILED: {len(one.faults)} faults"
        lines += ["", f"## {one.name}: {verdict}", ""]
        lines += [
            f"{one.rounds} rounds, seed {one.seed}, {one.seconds:.0f} s.",
            "",
            "| figure | value |",
            "| --- | --- |",
        ]
        lines += [f"| {name} | {value} |" for name, value in one.figures.items()]
        lines += ["", *(f"- {fault}" for fault in one.faults[:50])] if one.faults else []
    return "\n".join(lines) + "\n"


def write(reports: Sequence[Report], folder: Path) -> Path:
    """Leave the dated report in a folder; the same day's is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"soak-{dt.datetime.now(dt.UTC):%Y-%m-%d}.md"
    file.write_text(page(reports), "utf-8")
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
