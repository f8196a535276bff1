"""Is this a deal's trouble at all? Reps also ask a product like this for hotels, passwords, commission and jokes.

Two figures for a text, both by the shipped table, whatever embedder the index has: `deal_like`, learned beside the
table from tellings of deals and from `elsewhere.txt`, and how near the text comes to the lines of that file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coach.errors import Broken
from coach.library.embedding import SHIPPED, StaticTable

if TYPE_CHECKING:
    from coach.library.embedding import Vectors

ELSEWHERE: Final = Path(__file__).with_name("elsewhere.txt")
"""What people ask here that no deal is about, one a line."""
_NEAREST: Final = 3


@dataclass(frozen=True, slots=True)
class Bearing:
    """`deal_like` is about 1 for a deal's trouble and -1 for other things; `elsewhere` a mean cosine."""

    deal_like: float
    elsewhere: float


def bearing(text: str) -> Bearing:
    """Where a text points: to a deal, or somewhere else."""
    import numpy as np

    table, row, others = _learned()
    vector = table.embed([text])[0]
    near = np.sort(others @ vector)[-_NEAREST:]
    return Bearing(float(vector @ row), float(near.mean()))


def elsewhere() -> Sequence[str]:
    """The lines of `elsewhere.txt`."""
    lines = ELSEWHERE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def _learned() -> tuple[StaticTable, Vectors, Vectors]:
    import numpy as np

    table = StaticTable()
    try:
        row = np.load(SHIPPED / "deal.npy")
        return table, row, table.embed(elsewhere())
    except (OSError, ValueError) as error:
        raise Broken(
            (f"随附的向量表读不出来：{SHIPPED}", f"The shipped embedding table cannot be read: {SHIPPED}"),
            ("重新安装 peipao。", "Install peipao again."),
        ) from error
