"""How long `coach library import` takes for fifty thousand rows, as CSV and as a workbook; nothing is embedded.

The rows are made up from words of the shipped cases, so the figures are about time. Every hundredth row is broken,
and whatever is not told as broken, or told without being so, is printed.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from evals.bench.matching import telling

ROWS: Final = 50_000
BROKEN_EACH: Final = 100
GOAL_S: Final = 60.0
_HEADS: Final = ("编号", "标题", "结果", "行业", "一句话", "痛点", "关键动作", "可复用话术")


def bench_import(rows: int = ROWS) -> None:
    """Print the seconds for each kind of file, for the same file again, and how many bad rows were told."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=f"{rows} rows, every {BROKEN_EACH}th broken")
    for column in ("", "seconds", "goal", "taken", "told as bad", "broken rows not told"):
        shown.add_column(column, justify="right" if column else "left")
    with TemporaryDirectory() as folder:
        told = list(_rows(rows))
        for file in (_csv(Path(folder) / "cases.csv", told), _workbook(Path(folder) / "cases.xlsx", told)):
            for way in (file.suffix[1:], f"{file.suffix[1:]}, the same again"):
                home = Path(folder) / file.suffix[1:]
                seconds, taken, bad = _bring(file, home)
                missed = len({n for n in range(rows) if _broken(n)} - {place - 2 for place in bad})
                shown.add_row(way, f"{seconds:.1f}", f"{GOAL_S:.0f}", str(taken), str(len(bad)), str(missed))
    Console().print(shown)


def _rows(how_many: int) -> Iterator[Sequence[str]]:
    chance = random.Random(5)
    for n in range(how_many):
        yield (
            f"sheet-{n:05d}",
            "" if _broken(n) else telling(chance),
            chance.choice(("赢单", "丢单", "搁置")),
            chance.choice(("制造业", "医疗", "教育")),
            telling(chance),
            f"{telling(chance)}；{telling(chance)}",
            telling(chance),
            telling(chance),
        )


def _broken(n: int) -> bool:
    return n % BROKEN_EACH == BROKEN_EACH - 1


def _csv(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    with file.open("w", encoding="gbk", errors="replace", newline="") as out:
        csv.writer(out).writerows((_HEADS, *rows))
    return file


def _workbook(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    sheet = book.create_sheet("战例")
    for row in (_HEADS, *rows):
        sheet.append(row)
    book.save(file)
    return file


def _bring(file: Path, home: Path) -> tuple[float, int, list[int]]:
    """Seconds of the whole command, how many cases were taken, and the rows of the file that were told as bad."""
    faults = home.with_name(f"{home.name}-faults.csv")
    coach = Path(sys.executable).with_name("coach")
    began = time.perf_counter()
    done = subprocess.run(
        [coach, "library", "import", file, "--faults", faults, "--json"],
        env={**os.environ, "COACH_HOME": str(home)},
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    cases = json.loads(done.stdout)["cases"]
    with faults.open(encoding="utf-8-sig", newline="") as told:
        rows = [int(row[2]) for row in csv.reader(told) if row[2].isdecimal()]
    return seconds, cases["new"] + cases["changed"] + cases["same"], rows
