"""`coach eval masking`: of what is private, how much is masked; of what is masked, how much was private.

Sentences stand one a line with their private words marked: `我叫⟦name|周文斌⟧`. Two sets ship: one that was written
with the rules (they were tuned on it), and one by another author that nobody tunes on.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.privacy.masking import private_in
from coach.privacy.spans import Private

SETS: Final = Path(__file__).parents[1] / "sets" / "masking"
Find = Callable[[str], Iterable[Private]]
"""Finds what is private in a text."""
_MARK: Final = re.compile(r"⟦(\w+)\|([^⟧]+)⟧")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence without its marks, and (start, end, kind) of what is private in it."""

    id: str
    text: str
    private: frozenset[tuple[int, int, str]]


def sentences(file: Path) -> list[Labelled]:
    """The marked sentences of a file."""
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        text, marks, at = "", [], 0
        for match in _MARK.finditer(line):
            text += line[at : match.start()]
            marks.append((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            at = match.end()
        found.append(Labelled(f"{file.stem}:{number}", text + line[at:], frozenset(marks)))
    return found


@dataclass(frozen=True, slots=True)
class Score:
    """How many were marked, found, found right; `gone` counts marked words that are masked as whatever kind."""

    marked: Counter[str]
    found: Counter[str]
    right: Counter[str]
    gone: Counter[str]
    slips: list[str]

    @property
    def recall(self) -> float:
        """Of what is private, the share that is masked as what it is."""
        return self.right.total() / max(1, self.marked.total())

    @property
    def precision(self) -> float:
        """Of what is masked, the share that is private."""
        return self.right.total() / max(1, self.found.total())

    @property
    def safe(self) -> float:
        """Of what is private, the share of which no letter is left standing, whatever it was taken for."""
        return self.gone.total() / max(1, self.marked.total())

    def table(self) -> str:
        """One line a kind, then every slip."""
        rows = [
            f"recall {self.recall:.3f}, precision {self.precision:.3f}, masked as anything {self.safe:.3f}"
        ]
        for kind in sorted(self.marked | self.found):
            rows.append(
                f"{kind:8} {self.right[kind]:3} right of {self.marked[kind]:3}, {self.found[kind]:3} found"
            )
        return "\n".join([*rows, *self.slips])


def score(labelled: Sequence[Labelled], find: Find = private_in) -> Score:
    """Look for what is private in every sentence and compare; every marked character must be found."""
    marked, found, right, gone = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    slips = []
    for one in labelled:
        got = {(p.start, p.end, p.kind) for p in find(one.text)}
        marked.update(kind for *_, kind in one.private)
        found.update(kind for *_, kind in got)
        every = {n for s, e, _ in got for n in range(s, e)}
        for start, end, kind in sorted(one.private):
            same = {n for s, e, k in got if k == kind for n in range(s, e)}
            gone[kind] += set(range(start, end)) <= every
            if set(range(start, end)) <= same:
                right[kind] += 1
            else:
                slips.append(f"missed {kind} “{one.text[start:end]}”: {one.text}")
        for start, end, kind in sorted(got):
            if not any(k == kind and s < end and start < e for s, e, k in one.private):
                slips.append(f"too much {kind} “{one.text[start:end]}”: {one.text}")
    return Score(marked, found, right, gone, slips)


def evaluate_masking(data: Path | None, predictions: Path | None) -> None:
    """Print the table of each set, or of the sentences in `data`."""
    files = [data] if data else sorted(SETS.glob("*.txt"))
    lines = []
    for file in files:
        labelled = sentences(file)
        print(f"\n{file.stem}: {len(labelled)} sentences\n{score(labelled).table()}")
        for one in labelled:
            got = [{"start": p.start, "end": p.end, "kind": p.kind} for p in private_in(one.text)]
            lines.append(json.dumps({"id": one.id, "text": one.text, "private": got}, ensure_ascii=False))
    if predictions is not None:
        predictions.write_text("\n".join(lines) + "\n", "utf-8")
