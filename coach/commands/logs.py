"""Logs of a process that serves or works: one JSON object a line, without secrets and without anybody's words.

A fault is told by its type and where it happened; its message may quote what somebody said, so it stays out.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from pathlib import Path
from typing import Final

_FRAMES: Final = 8
_ROOT: Final = Path(__file__).parents[2]


class OneLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger, message, what else the record names, and where a fault happened."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "at": f"{at}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told = getattr(record, "told", None)
        if isinstance(told, dict):
            line |= told
        else:  # arguments may be words of somebody's; our own sentences say enough without them
            line["message"] = record.msg if record.args and record.exc_info else record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = record.exc_info[0].__name__
            line["where"] = [_place(frame) for frame in traceback.extract_tb(record.exc_info[2])[-_FRAMES:]]
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def log_lines(level: int = logging.INFO) -> None:
    """From now on everything that is logged goes to stderr as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("peipao").setLevel(level)


def _place(frame: traceback.FrameSummary) -> str:
    """A line of code: ours from the top of the project, others' by the file's name alone."""
    file = Path(frame.filename)
    ours = file.is_relative_to(_ROOT) and ".venv" not in file.parts
    shown = file.relative_to(_ROOT) if ours else Path(file.name)
    return f"{shown.as_posix()}:{frame.lineno} {frame.name}"
