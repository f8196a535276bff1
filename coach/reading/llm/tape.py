"""The tape: every answer of an endpoint written down, so that a measurement can be played again without asking anybody.

A JSONL file of {"key", "answer"}; the key is a hash of model, question, wanted shape, temperature and ballot.
"""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from typing import Literal

from coach.errors import BadInput

Mode = Literal["record", "replay"]


class Tape:
    """Records into a file, or replays it. Safe to share between threads."""

    def __init__(self, file: Path, mode: Mode) -> None:
        """Replaying raises BadInput where the file is no tape."""
        self._file = file
        self.mode: Mode = mode
        self._lock = threading.Lock()
        self._answers: dict[str, str] = {}
        if mode == "replay":
            try:
                for line in file.read_text(encoding="utf-8").splitlines():
                    kept = json.loads(line)
                    self._answers[str(kept["key"])] = str(kept["answer"])
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise BadInput(
                    (f"{file} 不是一份录下来的回答。", f"{file} is no record of answers."),
                    ("先用 --record 录一份。", "Record one with --record first."),
                ) from error
        else:
            file.write_text("", encoding="utf-8")

    def find(self, key: str) -> str | None:
        """The kept answer, None where there is none."""
        with self._lock:
            return self._answers.get(key)

    def keep(self, key: str, answer: str) -> None:
        """Write an answer down."""
        with self._lock:
            self._answers[key] = answer
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"key": key, "answer": answer}, ensure_ascii=False) + "\n")


def key_of(*parts: str) -> str:
    """The key of a question."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:24]
