"""What people read instead of `case:<id>` and `handbook:<id>#<anchor>`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.errors import NotFound
from coach.vocabulary import Language, name
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach


@dataclass(frozen=True, slots=True)
class Source:
    """Words for a source, the case's id and outcome when it is a case."""

    words: str = ""
    case_id: str = ""
    outcome: str = ""
    tone: Literal["good", "bad", ""] = ""


def source_words(coach: Coach, cited: str, language: Language) -> Source:
    """How to show a citation; one that leads nowhere shows nothing."""
    kind, _, id = cited.partition(":")
    try:
        if kind == "case":
            case = coach.library.case(id)
            tone: Literal["good", "bad", ""] = (
                "good" if case.outcome == "won" else "bad" if case.outcome == "lost" else ""
            )
            return Source(case.title, case.id, name(case.outcome, language), tone)
        if kind == "handbook" and id:
            return Source(say("handbook_source", language, title=coach.library.section(id).title))
    except NotFound:
        return Source()
    return Source()
