"""What deals ask for: how often each trade and obstacle came up, whether there is a case for it or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from coach.library.coverage import sector_of
from coach.vocabulary import ObjectionType
from knowledge.industries import Industries


def asked_for(
    deals: Iterable[tuple[str, Sequence[ObjectionType]]], industries: Industries
) -> Mapping[tuple[str, ObjectionType], int]:
    """(sector, obstacle) -> deals, from each deal's trade and obstacles."""
    return Counter(
        (sector_of(industry, industries), kind)
        for industry, kinds in deals
        if industry
        for kind in dict.fromkeys(kinds)
    )
