"""Finding a proposed quote in the words that were really said; what cannot be found is nobody's evidence."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

NEAR: Final = 90.0
"""Least similarity (0-100, rapidfuzz partial ratio) at which a quote that is not verbatim still points somewhere."""


class Span(NamedTuple):
    """Code-point offsets in the text that was searched."""

    start: int
    end: int


def align(quote: str, text: str) -> Span | None:
    """Where `quote` stands in `text`: verbatim, else with other blanks, else nearly so; None when nowhere.

    Quotes of fewer than two characters are not looked for: they would be found anywhere.
    """
    wanted = quote.strip().strip("“”\"'‘’")
    if len(wanted) < 2:
        return None
    if (at := text.find(wanted)) >= 0:
        return Span(at, at + len(wanted))
    loose = r"\s*".join(re.escape(char) for char in wanted if not char.isspace())
    if match := re.search(loose, text, re.IGNORECASE):
        return Span(*match.span())
    return _nearly(wanted, text)


def _nearly(wanted: str, text: str) -> Span | None:
    from rapidfuzz import fuzz

    if len(wanted) > len(text) or len(wanted) < 4:
        return None
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=NEAR)
    if found is None or found.dest_end <= found.dest_start:
        return None
    return Span(found.dest_start, found.dest_end)
