"""A diary outlives whoever wrote it: what a life was about to do, and that it was done once the product had said so."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from evals.soak.lives import life

PATIENCE: Final = 180.0
"""Seconds after which an undisturbed life counts as hanging."""


def noting(diary: Path) -> Callable[..., None]:
    """Writes a line: the act, its details, and last whether it is done or only about to be."""
    out = diary.open("a", encoding="utf-8")
    out.write("\n")  # whoever was killed before may have left half a line

    def note(*line: object) -> None:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        out.flush()

    return note


def noted(diary: Path) -> Iterator[list[Any]]:
    """Every act once, in order; its last entry says whether it was done. A life is killed while it writes too."""
    last: list[Any] | None = None
    for line in diary.read_text("utf-8").splitlines() if diary.exists() else []:
        try:
            act = json.loads(line)
        except ValueError:
            continue
        if last is not None and not (act[-1] and act[:2] == last[:2] and not last[-1]):
            yield last
        last = act
    if last is not None:
        yield last


def first_deeds(kind: str, home: Path, diary: Path, many: int) -> float:
    """Seconds in which an undisturbed life of this kind does so much on this machine; then it is killed too."""
    began = time.monotonic()
    with life(kind, home, diary, 0) as pid:
        while sum(bool(act[-1]) for act in noted(diary)) < many:
            if time.monotonic() - began > PATIENCE:
                os.kill(pid, signal.SIGKILL)
                raise RuntimeError(f"an undisturbed {kind} life does nothing")
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
    return time.monotonic() - began


def killed_somewhere(
    kind: str, home: Path, diary: Path, chance: random.Random, longest: float, figures: Counter[str]
) -> Iterator[str]:
    """One more life, killed at any moment; a fault when it ended before that by itself."""
    with life(kind, home, diary, chance.randrange(10**9)) as pid:
        time.sleep(chance.uniform(0.02, longest))
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            yield f"a life ended by itself with {os.waitstatus_to_exitcode(status)}"
        else:
            os.kill(pid, signal.SIGKILL)
            figures["kills"] += 1
