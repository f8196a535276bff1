"""The five-action record of a visit, from what the engine read: each thing once, exact words, nothing dictated, nothing invented.

Pure: the same conversation and readings give the same record. A later pass may weaken or delete, never add.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final, cast

from coach.conversation import Conversation
from coach.errors import Words
from coach.reading.dictated import is_dictated
from coach.reading.engine import Reading, Readings
from coach.reading.offline.view import view
from coach.visits import concerns, dates
from coach.visits.empty_phrases import empty_phrase
from coach.visits.fullest import once
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
from coach.visits.steps import Step, steps
from coach.vocabulary import DecisionRole, ObjectionType, Polarity, Role, name

MOST: Final = {
    "core_needs": 5,
    "solution_points": 6,
    "feedback": 6,
    "next_steps": 6,
    "hidden_concerns": 3,
    "objections": 5,
    "decision_roles": 6,
    "time_points": 8,
}
"""At most so many entries a field: a record is read by a busy person."""


_NOD: Final = re.compile(
    r"(?:[\s,.。!?…、]|嗯|哦|噢|啊|呃|诶|哎|好的?|行|对|是的?|可以|成|您?讲|你说|收到|喂|ok(?:ay)?|yeah|yes|yep|right|sure|mm+|mhm|uh|huh|oh|hm+|go on|hello|hi)+"
)
"""A nod or a noise: no reaction that anybody could use."""

UNDATED: Final[Words] = (
    "不知道拜访日期，“下周三”这类说法没有换算成日期。请补上：网页上填日期，命令加 --date，或在文件第一行写 # date: 2026-11-18。",
    'The day of the visit is not known, so words such as "next Wednesday" have no date. Give it: the date field on the '
    'page, --date, or a first line "# date: 2026-11-18".',
)


def assemble(talk: Conversation, readings: Readings) -> Record:
    """The record of `talk`. Dates count from the talk's day; without one they stay null and a warning says so."""
    heard = [r for r in readings.items if _sound(talk, r)]
    kept = Readings(tuple(heard), readings.roles, readings.engine, readings.notes)
    agreed = _best_steps(steps(talk, kept))
    record = Record(
        file=talk.source,
        language=talk.language,
        visit_date=talk.date,
        rep_speaker=readings.rep,
        core_needs=tuple(
            Said(**_place(talk, r)) for r in _pick(talk, kept, "need", "core_needs", "customer")
        ),
        solution_points=tuple(
            Said(**_place(talk, r)) for r in _pick(talk, kept, "offer_solution", "solution_points", "rep")
        ),
        feedback=tuple(
            Feedback(**_place(talk, r), polarity=cast(Polarity, r.type))
            for r in _pick(talk, kept, "feedback", "feedback", "customer")
        ),
        next_steps=tuple(
            NextStep(**_place(talk, step.reading), action=step.reading.quote, owner=step.owner, due=step.due)
            for step in agreed
        ),
        hidden_concerns=tuple(
            HiddenConcern(
                **_place(talk, r, status="inferred"),
                summary=r.summary or concerns.summary(r.quote, talk.language),
            )
            for r in _pick(talk, kept, "concern", "hidden_concerns", "customer")
        ),
        objections=tuple(
            Objection(**_place(talk, r), type=cast(ObjectionType, r.type))
            for r in _pick(talk, kept, "objection", "objections", "customer")
        ),
        decision_roles=tuple(
            DecisionRoleMention(**_place(talk, r), role=cast(DecisionRole, r.type))
            for r in _pick(talk, kept, "decision_role", "decision_roles", "customer")
        ),
        time_points=tuple(TimePoint(**_place(talk, r), date=_date(talk, r)) for r in _pick_times(kept)),
        engine=readings.engine,
    )
    missing = tuple(field for field in FIVE_ACTIONS if not getattr(record, field))
    return record.model_copy(
        update={"missing": missing, "warnings": tuple(_warnings(talk, readings, record))}
    )


def _date(talk: Conversation, reading: Reading) -> dt.date | None:
    """The day that a time point names; a notice period counts back from the day named before it in its turn."""
    before = view(talk.turn(reading.turn).text[: reading.start]).plain
    return dates.day_of(view(reading.quote).plain, talk.date, before=before)


def _sound(talk: Conversation, reading: Reading) -> bool:
    """A reading may enter the record when its words are exact and nobody dictated them."""
    if not 1 <= reading.turn <= len(talk.turns):
        return False
    text = talk.turn(reading.turn).text
    exact = text[reading.start : reading.end] == reading.quote and bool(reading.quote.strip())
    if reading.label == "feedback" and _NOD.fullmatch(view(reading.quote).plain):
        return False
    return exact and not is_dictated(text, reading.start, reading.end)


def _pick(talk: Conversation, readings: Readings, label: str, field: str, side: Role) -> list[Reading]:
    """The readings of one label from one side, each thing once."""
    mine = [
        r
        for r in readings.items
        if r.label == label and (readings.roles.get(talk.turn(r.turn).speaker) or "customer") == side
    ]
    return once(mine, most=MOST[field])


def _pick_times(readings: Readings) -> list[Reading]:
    return once([r for r in readings.items if r.label == "time_point"], most=MOST["time_points"])


def _best_steps(found: Iterable[Step]) -> list[Step]:
    """Each action once; of two sayings of one action the dated one."""
    by_reading = {id(step.reading): step for step in found}
    chosen = once(
        [step.reading for step in by_reading.values()],
        most=MOST["next_steps"],
        strength=lambda r: r.p + (0.5 if by_reading[id(r)].due else 0.0),
    )
    return [by_reading[id(reading)] for reading in chosen]


def _place(talk: Conversation, reading: Reading, status: str = "observed") -> dict[str, object]:
    """Where a reading stands, as the fields of `Said`."""
    return {
        "quote": reading.quote,
        "turn": reading.turn,
        "start": reading.start,
        "end": reading.end,
        "status": "inferred" if reading.loose else status,
        "time": talk.turn(reading.turn).start,
    }


def _warnings(talk: Conversation, readings: Readings, record: Record) -> list[str]:
    """What a person should know before trusting the record, in the talk's language."""
    chinese = talk.language == "zh"
    found = [zh if chinese else en for zh, en in readings.notes]
    if readings.rep is None:
        found.append(
            "没有认出哪一位是销售，请用 --rep 指定。"
            if chinese
            else "Nobody could be told to be the rep; name them with --rep."
        )
    if talk.date is None and any(dates.times(view(turn.text).plain) for turn in talk.turns):
        found.append(UNDATED[0] if chinese else UNDATED[1])
    for phrase in _empty(talk, record):
        found.append(
            f"“{phrase}”是空话：没有动作、负责人和日期。"
            if chinese
            else f'"{phrase}" binds nobody: no action, no owner, no date.'
        )
    for step in record.next_steps:
        if step.due is None and talk.date is not None:
            found.append(
                f"“{step.quote}”没有约定日期。" if chinese else f'No day was agreed for "{step.quote}".'
            )
    for field in FIVE_ACTIONS:
        if not getattr(record, field):
            label = name(field, talk.language)
            found.append(f"没有听到{label}。" if chinese else f"{label}: none heard.")
    return found


def _empty(talk: Conversation, record: Record) -> list[str]:
    """Empty phrases in the closing turns that no next step covers, each once."""
    covered = {step.turn for step in record.next_steps}
    found: dict[str, None] = {}
    for turn in talk.turns[-6:]:
        phrase = empty_phrase(view(turn.text).plain)
        if phrase and turn.number not in covered:
            found.setdefault(phrase)
    return list(found)
