"""Words that Whisper should expect: the person's own, then the trade's, as many as the hint can hold."""

from __future__ import annotations

import re
from typing import Final

from coach.vocabulary import Language
from knowledge.glossary import Glossary, TermKind, load_glossary

LONGEST: Final[dict[Language, int]] = {"zh": 110, "en": 480}
"""Characters of a hint: Whisper cuts at 223 tokens and would drop the front; a hanzi takes up to two tokens."""
_ORDER: Final[tuple[TermKind, ...]] = (
    "product",
    "customer",
    "rival",
    "document",
    "role",
    "rival_word",
    "method",
)


def hotwords(language: Language, own: str = "", glossary: Glossary | None = None) -> str:
    """One line of words, the most useful first; `own` are words divided by commas, semicolons or line breaks.

    Of the glossary (the shipped one unless another is given) a team's own words come before the trade's.
    """
    mine = [word.strip() for word in re.split(r"[,，;；、\n]+", own) if word.strip()]
    words = (glossary or load_glossary()).terms(language)
    terms = sorted(words, key=lambda term: (not term.team, _ORDER.index(term.kind)))
    glue = "，" if language == "zh" else ", "
    line = ""
    for word in dict.fromkeys([*mine, *(term.term for term in terms)]):
        longer = f"{line}{glue}{word}" if line else word
        if len(longer) > LONGEST[language]:
            break
        line = longer
    return line
