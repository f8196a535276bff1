"""Words that come piece by piece, given on sentence by sentence, each as soon as it has ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_ENDS: Final = re.compile(r"[。！？!?；;…\n]+[”\"'’」）)]*\s*|\.[\"')]*\s+")


def whole_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces of any size as sentences that join to the same words; the last may lack its stop."""
    held = ""
    for piece in pieces:
        held += piece
        begin = 0
        for match in _ENDS.finditer(held):
            if match.end() == len(held) and held[begin:].rstrip()[-1:] in ("!", "?", ";", "…"):
                break  # more marks, a closing quote or a blank may follow
            yield held[begin : match.end()]
            begin = match.end()
        held = held[begin:]
    if held:
        yield held
