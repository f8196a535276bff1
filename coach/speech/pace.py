"""How long it will still take, from how fast it went until now."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from coach.errors import Words

EARLIEST: Final = 3.0
"""Seconds of work before which a guess would jump about."""


class Pace:
    """Tells the time left of work that began when this was made; work that was done before does not count."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began: tuple[float, float] | None = None

    def left(self, done: float, total: float) -> float | None:
        """Seconds until `done` reaches `total`, None while that is anybody's guess."""
        now = self._now()
        if self._began is None:
            self._began = now, done
            return None
        began, before = self._began
        if now - began < EARLIEST or done <= before:
            return None
        return max(0.0, (total - done) * (now - began) / (done - before))


def spoken(left: float | None) -> Words:
    """ "About 3 minutes left", empty while nobody knows."""
    if left is None:
        return ("", "")
    if left < 60:
        return (f"约还要 {max(1, round(left))} 秒", f"about {max(1, round(left))} s left")
    return (f"约还要 {round(left / 60)} 分钟", f"about {round(left / 60)} min left")
