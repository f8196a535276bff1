"""Sentences with what is private in them marked, and how well masking finds it: by kind, over characters."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from coach.privacy.masking import private_in

FILE = Path(__file__).with_name("sentences.txt")
_MARK = re.compile(r"⟦(\w+)\|([^⟧]+)⟧")


@dataclass(frozen=True)
class Labelled:
    """A sentence without its marks, and (start, end, kind) of what is private in it."""

    text: str
    private: frozenset[tuple[int, int, str]]


def sentences() -> list[Labelled]:
    """The whole set."""
    found = []
    for line in FILE.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, marks, at = "", [], 0
        for match in _MARK.finditer(line):
            text += line[at : match.start()]
            marks.append((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            at = match.end()
        found.append(Labelled(text + line[at:], frozenset(marks)))
    return found


@dataclass(frozen=True)
class Score:
    """How many were marked, found, and found right (same kind, overlapping words); what was missed or too much."""

    marked: Counter[str]
    found: Counter[str]
    right: Counter[str]
    slips: list[str]

    @property
    def recall(self) -> float:
        """Of what is private, the share that is masked."""
        return self.right.total() / self.marked.total()

    @property
    def precision(self) -> float:
        """Of what is masked, the share that is private."""
        return self.right.total() / self.found.total()

    def table(self) -> str:
        """One line a kind, then every slip."""
        rows = [f"recall {self.recall:.3f}, precision {self.precision:.3f}"]
        for kind in sorted(self.marked | self.found):
            rows.append(
                f"{kind:8} {self.right[kind]:3} right of {self.marked[kind]:3}, {self.found[kind]:3} found"
            )
        return "\n".join([*rows, *self.slips])


def score(labelled: list[Labelled]) -> Score:
    """Mask every sentence and compare."""
    marked, found, right = Counter[str](), Counter[str](), Counter[str]()
    slips = []
    for one in labelled:
        got = {(p.start, p.end, p.kind) for p in private_in(one.text)}
        marked.update(kind for *_, kind in one.private)
        found.update(kind for *_, kind in got)
        for start, end, kind in one.private:
            # Every marked character must be gone, else something private is left standing.
            gone = {n for s, e, k in got if k == kind for n in range(s, e)}
            if set(range(start, end)) <= gone:
                right[kind] += 1
            else:
                slips.append(f"missed {kind} “{one.text[start:end]}”: {one.text}")
        for start, end, kind in got:
            if not any(k == kind and s < end and start < e for s, e, k in one.private):
                slips.append(f"too much {kind} “{one.text[start:end]}”: {one.text}")
    return Score(marked, found, right, slips)
