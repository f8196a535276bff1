"""The pages as users run them: `coach serve` in a process of its own on a free port, and plain HTTP questions to it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 120.0
_COACH = (sys.executable, "-c", "from coach.cli import main; main()")


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in lower case, bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Served:
    """A running server: its address (`http://127.0.0.1:…`), its home, and the file of what it printed."""

    address: str
    home: Path
    log: Path

    def ask(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
        """One question, redirects not followed."""
        host = self.address.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=60)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()


@contextmanager
def served(home: Path, **settings: str) -> Iterator[Served]:
    """`coach serve` with a fresh home until the block ends; `settings` are COACH_ variables without the prefix."""
    home.mkdir(parents=True, exist_ok=True)
    log = home / "serve.log"
    own = {f"COACH_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "COACH_HOME": str(home), "PYTHONUNBUFFERED": "1", **own}
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*_COACH, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, stderr=errors
        )
        try:
            assert process.stdout is not None
            address = process.stdout.readline().decode().strip().rstrip("/")
            assert address.startswith("http://127.0.0.1:"), log.read_text("utf-8")
            yield Served(address, home, log)
        finally:
            process.terminate()
            process.wait(30)
            if process.stdout is not None:
                process.stdout.close()
