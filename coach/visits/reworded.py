"""The follow-up draft in a model's words: the same facts, days and open places, only more fluent; else as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from coach.errors import EngineDown, Words
from coach.reading.figures import figures
from coach.visits.followup import Draft
from coach.vocabulary import Language

if TYPE_CHECKING:
    from coach.reading.writer import Writer

_PLACES: Final = re.compile(r"【[^】]*】|\[[^\]]*\]")
_MOST: Final = 1.5
"""A rewording may be so much longer than the draft."""


def reworded(draft: Draft, language: Language, writer: Writer | None) -> tuple[Draft, Words | None]:
    """The draft as the writer says it, or as it was with a note on why."""
    if writer is None:
        return draft, None
    try:
        said = writer.mail(draft.body, language)
    except EngineDown as error:
        return draft, error.what
    if not _same_facts(said, draft.body):
        return draft, (
            "模型改写时动了数字、日期或空格，用的是原来的稿子。",
            "The model touched figures, days or open places; this is the draft as it was.",
        )
    return replace(draft, body=said), None


def _same_facts(said: str, body: str) -> bool:
    """Whether a rewording holds every figure and every open place, no others, and is not much longer."""
    return (
        figures(said) == figures(body)
        and sorted(_PLACES.findall(said)) == sorted(_PLACES.findall(body))
        and len(said) <= _MOST * len(body)
    )
