"""A second labeller's blind marks for the rubric's checks: how far two agree is the most that can be asked of the coach."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from evals.practice.agreement import Figure, figure, kappa
from evals.practice.dialogues import Dialogue

MARKS: Final = Path(__file__).parents[1] / "sets" / "second" / "practice" / "marks.jsonl"


def agreed(dialogues: Sequence[Dialogue], checks: Sequence[str]) -> Figure:
    """Cohen's kappa of both labellers' verdicts on these checks; what one of them was in doubt about is left out."""
    pairs = [_pairs(one, checks) for one in dialogues]
    return figure(pairs, kappa)


def _pairs(one: Dialogue, checks: Sequence[str]) -> list[tuple[str, str]]:
    second = _marks().get((one.batch, one.id))
    if second is None or one.generic is None:
        return []
    sides = ((one.generic, one.doubt), (second["generic"], second["doubt"]))
    return [
        ("yes" if check in sides[0][0] else "no", "yes" if check in sides[1][0] else "no")
        for check in checks
        if all(check in done or check not in doubted for done, doubted in sides)
    ]


@cache
def _marks() -> dict[tuple[str, str], dict[str, Any]]:
    lines = (json.loads(line) for line in MARKS.read_text(encoding="utf-8").splitlines())
    return {(line["batch"], line["id"]): line for line in lines}
