"""What the deal page shows: the nearest cases with reasons, the tip sheet, and one case from start to end."""

from __future__ import annotations

from dataclasses import dataclass

from coach.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: the deal in the rep's words; trade, size and obstacles by id; empty means not said."""

    text: str
    industry: str = ""
    size: str = ""
    pains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One of the three cases: why it is shown, where it differs, the words that can be borrowed."""

    id: str
    facts: str
    outcome: Outcome
    title: str
    why: tuple[str, ...]
    differs: tuple[str, ...]
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Tip:
    """One line of the tip sheet and where it comes from; `case_id` links to the case."""

    head: str
    text: str
    source: str
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """The answer to a new deal. `abstained`: nothing near enough, and `note` says what to add; `how` what was different."""

    cards: tuple[CaseCard, ...]
    tips: tuple[Tip, ...]
    searched: int
    abstained: bool = False
    note: str = ""
    how: str = ""
    drill_words: str = ""
    drill_scenario: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One headed part of a case: paragraphs, bullet points, or lines of dialogue as (side, words)."""

    head: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    dialogue: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case from start to end."""

    id: str
    title: str
    facts: str
    outcome: Outcome
    passages: tuple[Passage, ...]
    sample: bool = True
