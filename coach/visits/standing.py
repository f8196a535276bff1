"""A visit as it stands: what was said with the lines that people put right, and the record with their changes.

The stored transcript and the machine's reading are never touched; both are laid under what people did, on every look.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from coach.conversation import Conversation, parse_transcript
from coach.visits.edits import Change, Edits, key_of
from coach.visits.record import FIELDS, FIVE_ACTIONS, Record, Said
from coach.vocabulary import Language

if TYPE_CHECKING:
    from coach.store.visits import StoredVisit


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record with its stable key (that of the machine's words) and what it says now."""

    key: str
    field: str
    said: Said
    confirmed: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit with everything people did to it. `record` holds what is left and as it was put right."""

    id: str
    title: str
    talk: Conversation
    edits: Edits
    entries: tuple[Entry, ...]
    record: Record
    created_at: dt.datetime
    confirmed_at: dt.datetime | None = None

    @property
    def language(self) -> Language:
        """The language that was spoken."""
        return self.record.language

    def of(self, field: str) -> tuple[Entry, ...]:
        """The entries of one field, in the record's order."""
        return tuple(entry for entry in self.entries if entry.field == field)


def as_it_stands(stored: StoredVisit) -> Standing:
    """A stored visit as it stands."""
    machine, edits, talk = Record.model_validate(stored.machine), Edits.of(stored.human), talk_of(stored)
    entries = tuple(entries_of(machine, edits, talk))
    return Standing(
        id=stored.id,
        title=stored.visit.source_name.rsplit(".", 1)[0],
        talk=talk,
        edits=edits,
        entries=entries,
        record=record_of(machine, entries),
        created_at=stored.created_at,
        confirmed_at=stored.confirmed_at,
    )


def talk_of(stored: StoredVisit) -> Conversation:
    """What was said, on the day of the visit, with the lines that people put right."""
    language: Language = "zh" if stored.visit.language == "zh" else "en"
    talk = parse_transcript(stored.visit.transcript, language=language)
    lines = {one.turn: one for one in Edits.of(stored.human).lines}
    turns = tuple(
        replace(turn, text=one.text, speaker=one.speaker) if (one := lines.get(turn.number)) else turn
        for turn in talk.turns
    )
    return replace(talk, turns=turns).with_date(stored.visit.visited_on)


def put_right(stored: StoredVisit) -> Record:
    """The machine's record with entries as people put them right and none taken out: objection 2 stays objection 2."""
    machine, edits, talk = Record.model_validate(stored.machine), Edits.of(stored.human), talk_of(stored)
    if not edits.changed:
        return machine
    made = {}
    for field in FIELDS:
        entries = []
        for said in getattr(machine, field):
            change = edits.changed.get(key_of(field, said))
            entries.append((located(changed(said, change), talk) or said) if change else said)
        made[field] = tuple(entries)
    return machine.model_copy(update=made)


def entries_of(machine: Record, edits: Edits, talk: Conversation) -> list[Entry]:
    """What is left of the machine's entries, as people put them right; words that are not in the talk are found or left out."""
    found = []
    for field in FIELDS:
        for said in getattr(machine, field):
            key = key_of(field, said)
            change = edits.changed.get(key)
            now = located(changed(said, change) if change else said, talk)
            if key not in edits.removed and now is not None:
                found.append(Entry(key, field, now, key in edits.confirmed, change is not None))
    return found


def record_of(machine: Record, entries: tuple[Entry, ...]) -> Record:
    """The record of these entries; what is missing is counted anew."""
    by_field = {field: tuple(one.said for one in entries if one.field == field) for field in FIELDS}
    missing = tuple(field for field in FIVE_ACTIONS if not by_field[field])
    return machine.model_copy(update={**by_field, "missing": missing})


def changed(said: Said, change: Change) -> Said:
    """An entry with its new values; values that its kind cannot hold are left as they were."""
    try:
        return type(said).model_validate({**said.model_dump(), **change})
    except ValidationError:
        return said


def located(said: Said, talk: Conversation) -> Said | None:
    """The entry where its words stand in the talk; None when its turn does not hold them."""
    if not 1 <= said.turn <= len(talk.turns):
        return None
    text = talk.turn(said.turn).text
    if text[said.start : said.end] == said.quote:
        return said
    at = text.find(said.quote)
    if at < 0 or not said.quote:
        return None
    return said.model_copy(update={"start": at, "end": at + len(said.quote)})
