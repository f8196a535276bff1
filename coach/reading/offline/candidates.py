"""Candidates: mentions of people and of times inside a clause, as offsets in its text and in its plain view."""

from __future__ import annotations

from dataclasses import dataclass

from coach.reading.offline import features, typed
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.features import Row
from coach.reading.offline.people import mentions


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention: `start`/`end` in the clause's text, `row` what the heads see of it."""

    start: int
    end: int
    row: Row


def people(evidence: Evidence) -> list[Candidate]:
    """Persons and bodies that may belong to the buying chain."""
    seen = evidence.clause.view
    return [
        Candidate(
            *seen.span(one.start, one.end), features.mention_row(evidence, one.start, one.end, own=one.own)
        )
        for one in mentions(evidence.clause.text, seen.plain, evidence.language)
        if one.end <= len(seen.plain)
    ]


def times(evidence: Evidence) -> list[Candidate]:
    """Times that may be a deadline or a milestone ahead; those gone by are left out."""
    seen = evidence.clause.view
    return [
        Candidate(
            *seen.span(one.start, one.end), features.mention_row(evidence, one.start, one.end, sort=one.kind)
        )
        for one in typed.times(seen.plain)
        if one.kind != "past"
    ]
