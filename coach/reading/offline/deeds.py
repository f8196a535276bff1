"""Deeds: what a rep's whole turn does for the talk, in the eight ways that every rubric asks about, or only for show.

The reader's acts were taught from single replies; these were taught from talks as well, turn by turn
(`evals.reading.deeds`), and tell a reference, a trial or a question about damage that no act was made for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from coach.reading.offline.evidence import Evidence
from coach.reading.offline.features import reply_row
from coach.reading.offline.heads import load

ARTEFACT: Final = Path(__file__).parent / "artefacts" / "deeds-1.npz"
SHOW: Final = "for_show"
"""Said for the marks and not to the customer: headings recited, the customer's words handed back, praise, reports of deeds."""
DEEDS: Final = (
    "acknowledge",
    "explore",
    "impact",
    "restate",
    "answer",
    "evidence",
    "decision",
    "next_step",
    SHOW,
)
HEAD: Final = "deeds"
_SMALL: Final = 0.25
"""Log-odds are made about as small as the other signals."""


def deeds(turns: Sequence[Sequence[Evidence]], artefact: Path = ARTEFACT) -> list[dict[str, float]]:
    """For the clauses of each rep turn the log-odds of every deed, scaled down (Broken when the file is damaged)."""
    if not turns:
        return []
    odds = load(artefact)[HEAD].log_odds([reply_row(clauses) for clauses in turns]) * _SMALL
    return [dict(zip(DEEDS, map(float, row), strict=True)) for row in odds]
