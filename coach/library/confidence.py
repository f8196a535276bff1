"""How surely anything in the bank helps: what one search found, measured by what any search finds.

Below `SURE` the product says that no case fits, which is an answer; the best of nothing is not.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from coach.library.astray import Bearing
from coach.library.search import Hit

SURE: Final = 0.35
"""Below this confidence nothing is shown. To be silent when a case would help costs a rep more than one weak case."""
_CONFIDENCE: Final = (3.1, 7.0, 3.6, 2.3, -18.7, 1.8, -1.9)
"""Of the best BM25 (in words that one text alone holds), the most alike case, the largest share of the words covered, what
is like a deal, what is like something else, facts stated, and the rest; fitted on the dev queries, both kinds weighing
alike."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the figures of one search are measured by, and what is known of the deal itself.

    `top` is its best BM25, `closest` how alike the most alike case is and `usual` how alike any is, `covered` the largest
    share of the words; `stated` is true when the deal names its trade or pains.
    """

    top: float
    closest: float
    usual: float
    covered: float
    cases: int
    bearing: Bearing
    stated: bool

    @property
    def figures(self) -> tuple[float, ...]:
        """What the confidence is made of."""
        words = math.log1p(self.top / math.log1p(max(1, self.cases)))
        asked = (self.bearing.deal_like, self.bearing.elsewhere, float(self.stated))
        return (words, self.closest, self.covered, *asked)

    @property
    def confidence(self) -> float:
        """How surely something among the `cases` searched helps, 0..1."""
        total = sum(weight * value for weight, value in zip(_CONFIDENCE, (*self.figures, 1.0), strict=True))
        return 1 / (1 + math.exp(-total))


def scale_of(hits: Sequence[Hit], cases: int, bearing: Bearing, *, stated: bool) -> Scale:
    """The scale of one search among so many cases."""
    near = [hit for hit in hits if hit.passage is not None]
    return Scale(
        top=max((hit.keyword for hit in hits), default=0.0),
        closest=max((hit.alike for hit in near), default=0.0),
        usual=statistics.median(hit.alike for hit in near) if near else 1.0,
        covered=max((hit.covered for hit in hits), default=0.0),
        cases=cases,
        bearing=bearing,
        stated=stated,
    )
