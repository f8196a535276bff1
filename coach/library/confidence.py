"""How surely anything in the bank helps: what one search found, measured by what any search finds.

Below `SURE` the product says that no case fits, which is an answer; the best of nothing is not.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.library.search import Hit

SURE: Final = 0.72
"""Below this confidence nothing is shown. To be silent when a case would help costs a rep more than one weak case."""
_CONFIDENCE: Final = (4.2, 1.5, 2.3, -4.0)
"""Of the best BM25 (in words that one text alone holds), the best cosine, the largest share of the words covered, and the
rest; fitted on the dev queries."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the figures of one search are measured by: its best BM25, cosine and cover, and the cosine that any case has."""

    top: float
    nearest: float
    covered: float
    usual: float
    cases: int

    @property
    def confidence(self) -> float:
        """How surely something among the `cases` searched helps, 0..1."""
        words = math.log1p(self.top / math.log1p(max(1, self.cases)))
        of_words, of_meaning, of_cover, rest = _CONFIDENCE
        total = of_words * words + of_meaning * self.nearest + of_cover * self.covered + rest
        return 1 / (1 + math.exp(-total))


def scale_of(hits: Sequence[Hit], cases: int) -> Scale:
    """The scale of one search among so many cases."""
    near = [hit.dense for hit in hits if hit.passage is not None]
    return Scale(
        max((hit.keyword for hit in hits), default=0.0),
        max(near, default=0.0),
        max((hit.covered for hit in hits), default=0.0),
        statistics.median(near) if near else 1.0,
        cases,
    )
