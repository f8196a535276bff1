"""The budget: how much may be asked of the endpoint in one call and on one day, kept across processes.

Tokens are counted by the endpoint where it tells, else estimated; nothing is downloaded to count them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
import time
from pathlib import Path
from typing import Final

from coach.reading.llm.failures import EndpointFailed

EVERY: Final = 2.0
"""Seconds between two writings of the day's count."""
_HAN: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def tokens_in(text: str) -> int:
    """About how many tokens a text has: a Chinese character one, other writing one for three and a half letters.

    Rather too many than too few: the limits are there to protect a purse.
    """
    han = len(_HAN.findall(text))
    return han + int((len(text) - han) / 3.5) + 1


class Budget:
    """Counts what was asked today in `file`; `per_day` 0 means no limit."""

    def __init__(self, file: Path, per_call: int, per_day: int) -> None:
        self._file = file
        self.per_call = per_call
        self._per_day = per_day
        self._lock = threading.Lock()
        self._pending = 0
        self._written_at = float("-inf")

    def check(self, tokens: int) -> None:
        """Raises EndpointFailed when a call of so many tokens is over either limit."""
        if tokens > self.per_call:
            raise EndpointFailed("too_long")
        if self._per_day and self.spent() + self._pending + tokens > self._per_day:
            raise EndpointFailed("day_spent")

    def spend(self, tokens: int) -> None:
        """Add what a call took; it is written down at most every `EVERY` seconds."""
        if not self._per_day:
            return
        with self._lock:
            self._pending += tokens
            due = time.monotonic() - self._written_at >= EVERY
        if due:
            self.write_down()

    def write_down(self) -> None:
        """Write what is pending. A disk that cannot be written to costs the count, never the answer."""
        with self._lock:
            tokens, self._pending = self._pending, 0
            self._written_at = time.monotonic()
        if not tokens:
            return
        from filelock import FileLock, Timeout

        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self._file}.lock", timeout=2):
                whole = self.spent() + tokens
                beside = self._file.with_suffix(".new")
                beside.write_text(
                    json.dumps({"day": dt.date.today().isoformat(), "tokens": whole}), encoding="utf-8"
                )
                beside.replace(self._file)
        except (OSError, Timeout):
            return

    def spent(self) -> int:
        """Tokens asked today, by every process that shares the file."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            return int(kept["tokens"]) if kept["day"] == dt.date.today().isoformat() else 0
        except (OSError, ValueError, KeyError, TypeError):
            return 0
