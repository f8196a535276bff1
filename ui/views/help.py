"""What the help page shows: the steps of the first tour and what leaves the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class TourStep:
    """One place of the rail: its name, what one does there, where it is."""

    name: str
    words: str
    href: str
    sign: str


Channel = Literal["sound", "words", "search"]


@dataclass(frozen=True, slots=True)
class Leaving:
    """One kind of data and where it goes; `out` when it leaves the machine."""

    what: str
    how: str
    out: bool


@dataclass(frozen=True, slots=True)
class Leaves:
    """All of it; `server` when the machine is a team's and not the reader's own."""

    rows: tuple[Leaving, ...]
    server: bool

    @property
    def count(self) -> int:
        """How many kinds of data leave."""
        return sum(row.out for row in self.rows)
