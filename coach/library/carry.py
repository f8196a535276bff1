"""What the next build takes over from the one before: the words and vectors of every entry that stayed as it was.

A copy of a copy keeps what was deleted as dead weight, so that now and then, and whenever much changed, a build is
made from nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.library.entries import COLLECTIONS, Collection, Entry, passage_id

if TYPE_CHECKING:
    from coach.library.build import Build

MOST_COPIES: Final = 40
"""Builds in a row that may begin as copies."""
MOST_CHANGED: Final = 0.25
"""Share of the entries that may be new or gone."""


@dataclass(frozen=True)
class Carried:
    """An older build as a beginning: the words of what stayed, the passages to take out, the entries to add."""

    folder: Path
    tokens: Mapping[tuple[Collection, str], list[str]]
    gone: Mapping[Collection, Sequence[str]]
    new: Sequence[Entry]
    copies: int


def carried(older: Build | None, entries: Sequence[Entry], embedder: str, form: str) -> Carried | None:
    """How to begin with an older build; None when it is better to begin from nothing."""
    if older is None or (older.manifest.embedder, older.manifest.form) != (embedder, form):
        return None
    if older.manifest.copies >= MOST_COPIES:
        return None
    had = older.manifest.entries
    stays = {(e.collection, e.id) for e in entries if had[e.collection].get(e.id, ("", 0))[0] == e.sha}
    new = [entry for entry in entries if (entry.collection, entry.id) not in stays]
    gone = {
        name: [
            passage_id(entry, n)
            for entry, (_, passages) in had[name].items()
            if (name, entry) not in stays
            for n in range(passages)
        ]
        for name in COLLECTIONS
    }
    changed = len(new) + sum(len(had[name]) for name in COLLECTIONS) - len(stays)
    if changed > MOST_CHANGED * max(1, len(entries)):
        return None
    try:
        kept = {name: _tokens(older.folder, name) for name in COLLECTIONS}
        words = {(name, entry): kept[name][entry] for name, entry in stays}
    except (OSError, ValueError, KeyError):
        return None
    return Carried(older.folder, words, gone, new, older.manifest.copies)


def keep_tokens(folder: Path, name: Collection, tokens: Mapping[str, Sequence[str]]) -> None:
    """Write down what the words of a collection's entries were cut into."""
    (folder / "tokens").mkdir(exist_ok=True)
    joined = {entry: "\n".join(words) for entry, words in tokens.items()}
    (folder / "tokens" / f"{name}.json").write_text(json.dumps(joined, ensure_ascii=False), encoding="utf-8")


def _tokens(folder: Path, name: Collection) -> dict[str, list[str]]:
    joined = json.loads((folder / "tokens" / f"{name}.json").read_text(encoding="utf-8"))
    return {entry: words.split("\n") if words else [] for entry, words in joined.items()}
