"""A stored visit as its page shows it: transcript with links, five actions, what is missing, the drill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from coach.visits.edits import CHANGEABLE, Edits, key_of
from coach.visits.record import (
    FIVE_ACTIONS,
    DecisionRoleMention,
    Feedback,
    HiddenConcern,
    NextStep,
    Objection,
    Record,
    Said,
    TimePoint,
)
from coach.visits.standing import Entry as Kept
from coach.visits.standing import Standing, as_it_stands, put_right
from coach.vocabulary import DECISION_ROLES, OBJECTION_TYPES, POLARITIES, Language, Role, name
from ui.views.tone import Tone
from ui.views.visits import Action, Drill, DueClock, Entry, Highlight, Input, Link, Utterance, Visit
from ui.words import say

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.store.visits import StoredVisit

_SHORT: Final = 14
"""A warning that names a missing action and says hardly more than that."""
_POLARITY: Final[dict[str, Tone]] = {"positive": "good", "negative": "bad", "hesitant": "warn"}


def visit_view(
    coach: Coach, stored: StoredVisit, language: Language, *, audio: str, wave: Sequence[float]
) -> Visit:
    """The whole page."""
    stands = as_it_stands(stored)
    return Visit(
        id=stored.id,
        title=stands.title,
        day=stored.visit.visited_on,
        seconds=stored.visit.seconds,
        people=stands.talk.speakers,
        rep=stands.record.rep_speaker,
        turns=tuple(_turns(stands)),
        actions=tuple(
            Action(
                field,
                name(field, language),
                tuple(_entry(one, stands.record, language) for one in stands.of(field)),
                say(f"advice_{field}", language),
            )
            for field in FIVE_ACTIONS
        ),
        objections=_highlights(stands, "objections", language),
        roles=_highlights(stands, "decision_roles", language),
        times=_highlights(stands, "time_points", language),
        warnings=tuple(_worth_saying(stands.record)),
        drill=_drill(stored, language),
        audio=audio,
        wave=tuple(wave),
        removed=len(stands.edits.removed),
        due=due_clock(stored, language),
        consent=coach.consents.of_bytes(stored.visit.sha256),
    )


def due_clock(stored: StoredVisit, language: Language) -> DueClock:
    """How the 24 hours of the post-visit form stand."""
    from coach.visits.form import deadline, hours_left

    if stored.confirmed_at is not None:
        return DueClock(say("form_handed_in", language), "good", handed_in=True)
    now = dt.datetime.now().astimezone()
    left = hours_left(deadline(stored.created_at, stored.visit.visited_on), now)
    if left > 0:
        return DueClock(say("form_left", language, n=left), "warn" if left <= 6 else "accent")
    late = (
        say("form_late", language, n=-left) if left > -48 else say("form_late_days", language, n=-left // 24)
    )
    return DueClock(late, "bad")


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


def _turns(stands: Standing) -> Iterator[Utterance]:
    links: dict[int, list[Link]] = {}
    for one in stands.entries:
        links.setdefault(one.said.turn, []).append(Link(one.said.start, one.said.end, one.key))
    rep = stands.record.rep_speaker
    for turn in stands.talk.turns:
        role: Role | None = None if rep is None else "rep" if turn.speaker == rep else "customer"
        yield Utterance(
            turn.number,
            role,
            turn.speaker,
            turn.text,
            turn.start,
            turn.end,
            tuple(links.get(turn.number, ())),
        )


def _entry(one: Kept, record: Record, language: Language) -> Entry:
    said = one.said
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
        key=one.key,
        quote=said.quote,
        turn=said.turn,
        at=said.time,
        inferred=said.status == "inferred",
        role="rep" if one.field == "solution_points" else "customer",
        headline=headline,
        chips=chips,
        confirmed=one.confirmed,
        changed=one.changed,
        inputs=_inputs(one, language),
    )


def _highlights(stands: Standing, field: str, language: Language) -> tuple[Highlight, ...]:
    return tuple(
        Highlight(one.key, _marked(one.said, language), _inputs(one, language), one.changed)
        for one in stands.of(field)
    )


def _marked(said: Said, language: Language) -> str:
    match said:
        case Objection():
            return name(said.type, language)
        case DecisionRoleMention():
            return f"{said.quote}{say('dot', language)}{name(said.role, language)}"
        case TimePoint() if said.date:
            return f"{said.quote} → {short_day(said.date, language)}"
        case _:
            return said.quote


def _inputs(one: Kept, language: Language) -> tuple[Input, ...]:
    """What can be put right in an entry, as it stands now."""
    values = one.said.model_dump(mode="json")
    choices = {"polarity": POLARITIES, "type": OBJECTION_TYPES, "role": DECISION_ROLES}
    found = []
    for key in CHANGEABLE[one.field]:
        value, label = str(values.get(key) or ""), say(f"input_{key}", language)
        if key == "owner":
            owners = tuple((who, say(f"owner_{who}", language)) for who in ("rep", "customer"))
            found.append(Input(key, label, value, "choice", owners))
        elif key in choices:
            named = tuple((id, name(id, language)) for id in choices[key])
            found.append(Input(key, label, value, "choice", named))
        else:
            found.append(Input(key, label, value, "day" if key in ("due", "date") else "text"))
    return tuple(found)


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


def _drill(stored: StoredVisit, language: Language) -> Drill | None:
    """The objection that nobody answered, else the last one that stands."""
    from coach.practice.today import unanswered

    record, removed = put_right(stored), Edits.of(stored.human).removed
    standing = [
        (number, one)
        for number, one in enumerate(record.objections, 1)
        if key_of("objections", one) not in removed
    ]
    found = unanswered(record, removed) or (standing[-1] if standing else None)
    if found is None:
        return None
    number, one = found
    colon = "：" if language == "zh" else ": "
    return Drill(f"{name(one.type, language)}{colon}“{one.quote}”", f"{stored.id}/{number}")


def fitting(coach: Coach, objection: str, language: Language) -> str:
    """The scenario that practises this objection most plainly, in this language; empty when there is none."""
    from coach.practice.today import fitting as fits

    return fits(coach.scenarios, objection, language)
