"""Heads that never saw a writer: trained once for each writer of the sets, kept under the coach's home until the sets change."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from coach.reading.offline.cues import patterns
from coach.settings import Settings
from evals.reading.evaluate import Folds
from evals.reading.examples import SETS


def kept_folds() -> Folds:
    """From a writer to the artefact without that writer; trains all of them when the sets or the cues have changed."""
    folder = Settings().home / "evals" / f"reading-folds-{digest()}"
    done = folder / "done"
    if not done.exists():
        print("training the held-out heads, some minutes …", file=sys.stderr)
        from evals.reading.lessons import examples
        from evals.reading.train import looked_again, train, write

        taught = examples()
        trained = train(taught)
        grown = looked_again(taught, trained)
        for writer in sorted({one.group for one in taught.replies} | {one.group for one in taught.clauses}):
            write(trained, grown, folder / f"{writer}.npz", without=writer)
        done.write_text("", encoding="utf-8")
    return lambda writer: folder / f"{writer}.npz"


def digest() -> str:
    """Changes whenever the labelled sets or the cue patterns do."""
    found = hashlib.sha256()
    for path in sorted((*SETS.glob("replies/*.jsonl"), *SETS.glob("visits/*/*"), *SETS.glob("*.yaml"))):
        found.update(path.name.encode() + path.read_bytes())
    for language in ("zh", "en"):
        found.update(repr(sorted(patterns(language).items())).encode())
    return found.hexdigest()[:12]


def artefacts_in(folder: Path) -> Folds:
    """The same from a folder that was filled by hand."""
    return lambda writer: folder / f"{writer}.npz"
