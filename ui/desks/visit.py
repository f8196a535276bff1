"""A stored visit as its page shows it: transcript with links, five actions, what is missing, the drill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from coach.conversation import Conversation, parse_transcript
from coach.visits.edits import Edits, key_of
from coach.visits.record import FIVE_ACTIONS, Feedback, HiddenConcern, NextStep, Record, Said
from coach.vocabulary import Language, Role, name
from ui.views.tone import Tone
from ui.views.visits import Action, Drill, Entry, Highlight, Link, Utterance, Visit
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.visits import StoredVisit

_SHORT: Final = 14
"""A warning that names a missing action and says hardly more than that."""
_POLARITY: Final[dict[str, Tone]] = {"positive": "good", "negative": "bad", "hesitant": "warn"}
_FIELDS: Final = (*FIVE_ACTIONS, "objections", "decision_roles", "time_points")


def conversation_of(stored: StoredVisit) -> Conversation:
    """The visit's conversation from its kept transcript."""
    talk = parse_transcript(stored.visit.transcript, language="zh" if stored.visit.language == "zh" else "en")
    return talk.with_date(stored.visit.visited_on)


def visit_view(
    coach: Coach, stored: StoredVisit, language: Language, *, audio: str, wave: Sequence[float]
) -> Visit:
    """The whole page."""
    talk, record = conversation_of(stored), Record.model_validate(stored.machine)
    edits = Edits.of(stored.human)
    return Visit(
        id=stored.id,
        title=title_of(stored),
        day=stored.visit.visited_on,
        seconds=stored.visit.seconds,
        people=talk.speakers,
        rep=record.rep_speaker,
        turns=tuple(_turns(talk, record, edits)),
        actions=tuple(_action(field, record, edits, language) for field in FIVE_ACTIONS),
        objections=tuple(
            Highlight(key_of("objections", one), name(one.type, language), "bad") for one in record.objections
        ),
        roles=tuple(
            Highlight(
                key_of("decision_roles", one),
                f"{one.quote}{say('dot', language)}{name(one.role, language)}",
                "customer",
            )
            for one in record.decision_roles
        ),
        times=tuple(
            Highlight(
                key_of("time_points", one),
                f"{one.quote} → {short_day(one.date, language)}" if one.date else one.quote,
                "line",
            )
            for one in record.time_points
        ),
        warnings=tuple(_worth_saying(record)),
        drill=_drill(stored, record, edits, language),
        audio=audio,
        wave=tuple(wave),
        removed=len(edits.removed),
    )


def title_of(stored: StoredVisit) -> str:
    """What the visit is called: the file's name without its ending."""
    return stored.visit.source_name.rsplit(".", 1)[0]


def short_day(day: dt.date, language: Language) -> str:
    """11 月 28 日, or 28 Nov."""
    return f"{day.month} 月 {day.day} 日" if language == "zh" else f"{day.day} {day:%b}"


def _worth_saying(record: Record) -> Iterator[str]:
    """The record's warnings without those that only repeat what an action's own place says: missing."""
    gone = [name(field, record.language) for field in record.missing]
    for warning in record.warnings:
        if not any(label in warning and len(warning) < len(label) + _SHORT for label in gone):
            yield warning


def _entries(record: Record, field: str) -> tuple[Said, ...]:
    entries: tuple[Said, ...] = getattr(record, field)
    return entries


def _turns(talk: Conversation, record: Record, edits: Edits) -> Iterator[Utterance]:
    links: dict[int, list[Link]] = {}
    for field in _FIELDS:
        for said in _entries(record, field):
            key = key_of(field, said)
            if key not in edits.removed:
                links.setdefault(said.turn, []).append(Link(said.start, said.end, key))
    for turn in talk.turns:
        role: Role | None = (
            None
            if record.rep_speaker is None
            else "rep"
            if turn.speaker == record.rep_speaker
            else "customer"
        )
        yield Utterance(
            turn.number,
            role,
            turn.speaker,
            turn.text,
            turn.start,
            turn.end,
            tuple(links.get(turn.number, ())),
        )


def _action(field: str, record: Record, edits: Edits, language: Language) -> Action:
    entries = tuple(
        _entry(field, said, record, edits, language)
        for said in _entries(record, field)
        if key_of(field, said) not in edits.removed
    )
    return Action(field, name(field, language), entries, say(f"advice_{field}", language))


def _entry(field: str, said: Said, record: Record, edits: Edits, language: Language) -> Entry:
    key = key_of(field, said)
    headline, chips = "", tuple[tuple[str, Tone], ...]()
    match said:
        case NextStep():
            headline = "" if said.action == said.quote else said.action
            chips = tuple(_step_chips(said, record, language))
        case Feedback():
            chips = ((name(said.polarity, language), _POLARITY[said.polarity]),)
        case HiddenConcern():
            headline = said.summary
        case _:
            pass
    return Entry(
        key=key,
        quote=said.quote,
        turn=said.turn,
        at=said.time,
        inferred=said.status == "inferred",
        role="rep" if field == "solution_points" else "customer",
        headline=headline,
        chips=chips,
        confirmed=key in edits.confirmed,
    )


def _step_chips(step: NextStep, record: Record, language: Language) -> Iterable[tuple[str, Tone]]:
    """Whose, by when, and the words that the day was worked out from."""
    yield say(f"owner_{step.owner}", language), "accent"
    if step.due is None:
        yield say("no_due", language), "warn"
        return
    yield say("due_before", language, day=short_day(step.due, language)), "accent"
    said = next(
        (one.quote for one in record.time_points if one.turn == step.turn and one.date == step.due), ""
    )
    if said:
        yield say("said_as", language, words=said), "line"


def _drill(stored: StoredVisit, record: Record, edits: Edits, language: Language) -> Drill | None:
    """The objection that nobody answered, else the last one that stands."""
    from coach.practice.today import unanswered

    standing = [
        (number, one)
        for number, one in enumerate(record.objections, 1)
        if key_of("objections", one) not in edits.removed
    ]
    found = unanswered(record, edits.removed) or (standing[-1] if standing else None)
    if found is None:
        return None
    number, one = found
    colon = "：" if language == "zh" else ": "
    return Drill(f"{name(one.type, language)}{colon}“{one.quote}”", f"{stored.id}/{number}")


def fitting(coach: Coach, objection: str, language: Language) -> str:
    """The scenario that practises this objection most plainly, in this language; empty when there is none."""
    from coach.practice.today import fitting as fits

    return fits(coach.scenarios, objection, language)
