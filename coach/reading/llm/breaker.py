"""The breaker: an endpoint that fails again and again is left alone for a while, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

from coach.reading.llm.failures import LASTING, OF_THE_QUESTION, EndpointFailed

IN_A_ROW: Final = 3
"""So many failures one after another open the breaker."""
REST: Final = 60.0
"""Seconds for which it stays open; then one question tries again."""
LONGEST_REST: Final = 3600.0


class Breaker:
    """Closed while the endpoint works; open, it refuses at once. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_from = 0.0

    def check(self) -> None:
        """Raises EndpointFailed("resting") while it is open."""
        with self._lock:
            if self._clock() < self._closed_from:
                raise EndpointFailed("resting")

    def worked(self) -> None:
        """The endpoint answered: all is forgotten."""
        with self._lock:
            self._failures, self._closed_from = 0, 0.0

    def failed(self, failure: EndpointFailed) -> None:
        """The endpoint failed. Its own Retry-After decides how long it rests, where it gave one."""
        if failure.kind in OF_THE_QUESTION:
            return
        with self._lock:
            self._failures += 1
            if failure.rest > 0:
                self._closed_from = self._clock() + min(failure.rest, LONGEST_REST)
            elif failure.kind in LASTING or self._failures >= IN_A_ROW:
                self._closed_from = self._clock() + REST
