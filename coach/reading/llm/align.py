"""Finding a proposed quote in the words that were really said; what cannot be found is nobody's evidence."""

from __future__ import annotations

from typing import Final, NamedTuple

NEAR: Final = 90.0
"""Least similarity (0-100, rapidfuzz partial ratio) at which a quote that is not verbatim still points somewhere."""


class Span(NamedTuple):
    """Code-point offsets in the text that was searched; not `exact` where the words are only nearly those."""

    start: int
    end: int
    exact: bool = True


def align(quote: str, text: str) -> Span | None:
    """Where `quote` stands in `text`: verbatim, else nearly so with blanks and punctuation aside; None when nowhere.

    Quotes of fewer than two characters are not looked for: they would be found anywhere.
    """
    wanted = quote.strip().strip("“”\"'‘’")
    if len(wanted) < 2:
        return None
    if (at := text.find(wanted)) >= 0:
        return Span(at, at + len(wanted))
    return _nearly(wanted, text)


def _nearly(wanted: str, text: str) -> Span | None:
    """The stretch of `text` whose letters are nearest to those of `wanted`, when it is near enough."""
    from rapidfuzz import fuzz

    places = [at for at, char in enumerate(text) if char.isalnum()]
    letters = "".join(text[at] for at in places).casefold()
    sought = "".join(char for char in wanted if char.isalnum()).casefold()
    if not 2 <= len(sought) <= len(letters) or len(letters) != len(places):
        return None
    found = fuzz.partial_ratio_alignment(sought, letters, score_cutoff=NEAR if len(sought) >= 6 else 100)
    if found is None or found.dest_end <= found.dest_start:
        return None
    start, end = places[found.dest_start], places[found.dest_end - 1] + 1
    return Span(start, end, letters[found.dest_start : found.dest_end] == sought)
