"""Run where COACH_HOME is a small disk of its own (see test_disk.py): what people are told, one JSON object a step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from coach.cli import build
from coach.errors import CoachError


def tell(step: str, *words: str) -> None:
    """One call, as `coach` would answer it, in a process of its own: an open file would keep the disk busy."""
    if child := os.fork():
        os.waitpid(child, 0)
        return
    result = CliRunner().invoke(build(), list(words))
    error = result.exception
    said = result.output + (f"{error.what[1]} {error.next[1]}" if isinstance(error, CoachError) else "")
    unforeseen = error is not None and not isinstance(error, CoachError | SystemExit)
    print(json.dumps({"step": step, "failed": result.exit_code != 0, "said": said, "unforeseen": unforeseen}))
    if unforeseen:
        print(repr(error), file=sys.stderr)
    sys.stdout.flush()
    os._exit(0)


def main() -> None:
    """Fill the disk, write-protect it, give it back."""
    home = Path(os.environ["COACH_HOME"])
    small, other, large = sys.argv[1:]
    tell("small", "jobs", "add", small)
    tell("too large", "jobs", "add", large, "--consent", "test")
    fill = home / "filling"
    free = os.statvfs(home)
    fill.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - (64 << 10))))
    tell("no room for a backup", "backup")
    fill.unlink()
    print(json.dumps({"step": "backups", "said": sorted(os.listdir(home / "backups"))}), flush=True)
    print(json.dumps({"step": "left", "said": sorted(os.listdir(home / "recordings"))}), flush=True)
    subprocess.run(["mount", "-o", "remount,ro", home], check=True)
    tell("read-only", "jobs", "add", other)
    tell("read-only backup", "backup")
    tell("read-only erasing", "forget", "customer", "冷链客户", "--yes")
    tell("read-only worker", "worker", "--until-idle")
    subprocess.run(["mount", "-o", "remount,rw", home], check=True)
    tell("again", "worker", "--until-idle")
    tell("list", "jobs", "list", "--all")


if __name__ == "__main__":
    main()
