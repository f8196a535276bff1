"""How long `coach --help` takes beside a bare typer app with as many commands, each as a process of its own, in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROUNDS: Final = 15
_BARE: Final = """import typer
app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
for number in range(12):
    app.command(name=f"command-{number}")(lambda name="": print(name))
app()
"""


def bench_startup() -> None:
    """Print the median seconds of both and their ratio."""
    from rich.console import Console
    from rich.table import Table

    with TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(_BARE, encoding="utf-8")
        sides = {
            "bare typer app": [sys.executable, str(bare), "--help"],
            "coach --help": [sys.executable, "-c", "from coach.cli import main; main()", "--help"],
        }
        times: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, command in sides.items():
                began = time.perf_counter()
                subprocess.run(command, capture_output=True, check=True)
                times[name].append(time.perf_counter() - began)
    table = Table(title=f"startup, {ROUNDS} rounds in turn")
    for column in ("", "median s", "min s", "max s", "ratio"):
        table.add_column(column, justify="right" if column else "left")
    base = statistics.median(times["bare typer app"])
    for name, seconds in times.items():
        median = statistics.median(seconds)
        table.add_row(
            name, f"{median:.3f}", f"{min(seconds):.3f}", f"{max(seconds):.3f}", f"{median / base:.2f}"
        )
    Console().print(table)
