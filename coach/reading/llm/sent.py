"""What is sent: words as they may leave, with a way back to the words as they were said.

To a model on another machine names, firms, phone numbers and the like go masked; the signs that fence material in a
prompt are taken out of the material. Both keep a map, so that what the model quotes is found in the real words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from coach.privacy.masking import Masker, Taken
from coach.reading.llm.align import Span, align
from coach.vocabulary import Language

_FENCE: Final = str.maketrans({"<": "‹", ">": "›"})
_BREAKS: Final = re.compile(r"[\r\n\u0085\u2028\u2029\v\f]")


@dataclass(frozen=True, slots=True)
class Sent:
    """`text` is what leaves, `said` what was said, `taken` what stands for what."""

    text: str
    said: str
    taken: tuple[Taken, ...] = ()

    def find(self, quote: str) -> Span | None:
        """Where a quote out of `text` stands in `said`; a stand-in means the whole of what it stands for."""
        span = align(quote, self.text)
        if span is None or not self.taken:
            return span
        return Span(self._back(span.start, end=False), self._back(span.end, end=True), span.exact)

    def _back(self, at: int, *, end: bool) -> int:
        """The place in `said` for a place in `text`."""
        shift = 0
        for one in self.taken:
            begins = one.start + shift
            if at <= begins:
                break
            if at < begins + len(one.stand_in):
                return one.end if end else one.start
            shift += len(one.stand_in) - (one.end - one.start)
        return at - shift


class Sender:
    """Prepares the texts of one story alike; `masked` says whether private words are taken out, `customers` by name."""

    def __init__(
        self, language: Language, *, masked: bool, known: Iterable[str] = (), customers: Iterable[str] = ()
    ) -> None:
        self._masker = Masker(language=language, known=known, companies=customers) if masked else None
        self._stands_for: dict[str, str] = {}

    def send(self, said: str) -> Sent:
        """A text on one line, without fences, masked where it must be."""
        if self._masker is None:
            return Sent(_flat(said), said)
        masked = self._masker.mask(said)
        for one in masked.taken:
            self._stands_for.setdefault(one.stand_in, said[one.start : one.end])
        return Sent(_flat(masked.text), said, masked.taken)

    def text(self, said: str) -> str:
        """Only what leaves."""
        return self.send(said).text

    def restored(self, answer: str) -> str:
        """A model's words with every stand-in that was sent turned back into what it stands for."""
        for stand_in in sorted(self._stands_for, key=len, reverse=True):
            answer = re.sub(
                rf"(?<![A-Za-z0-9]){re.escape(stand_in)}(?![A-Za-z0-9])",
                lambda _, words=self._stands_for[stand_in]: words,  # type: ignore[misc]
                answer,
            )
        return answer


def _flat(text: str) -> str:
    """The text on one line and without fences; every character stays where it was."""
    return _BREAKS.sub(" ", text.translate(_FENCE))
