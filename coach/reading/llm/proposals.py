"""Readings of a talk as a model proposes them: found in the real words, backed by the offline reader, looked at twice.

The model leads in needs, solution points, objections, feedback, concerns, buying roles and moves; sides, dates,
commitments and harmful acts are the offline reader's. The second look may weaken or delete, never add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, cast

from pydantic import BaseModel, Field

from coach.conversation import Conversation
from coach.reading.engine import Reading, Readings
from coach.reading.figures import figures
from coach.reading.llm.orders import gives_orders
from coach.reading.llm.prompts import render
from coach.reading.llm.sent import Sender, Sent
from coach.reading.llm.support import Support
from coach.reading.llm.windows import windows
from coach.vocabulary import CUSTOMER_ACTS, HARMFUL_ACTS, LABELS, REP_ACTS, TYPES_OF, Label, Role
from scenarios.wording import length

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine

PROPOSED: Final = 0.8
"""The `p` of a reading that the model proposed and whose words were found; models give no usable probability."""
LONGEST_SUMMARY: Final = 40
"""Weight of the longest summary of a concern: Chinese characters count one, English words two."""
WEAKENED: Final = 0.5
"""The `p` of one that a second look weakened."""
OFFLINE_LABELS: Final = frozenset({*HARMFUL_ACTS, "time_point", "commitment"})
"""What is never asked of a model: dates, who owes what, and harm."""


class ProposedReading(BaseModel):
    """One reading as the model writes it; nothing of it is believed before its quote was found."""

    turn: int = Field(description="number of the utterance")
    label: str = Field(description="one of the labels")
    type: str | None = Field(None, description="type of an objection, feedback or decision_role, else null")
    quote: str = Field(description="words copied from that utterance")
    summary: str = Field("", description="for a concern: what is feared, in one short sentence; else empty")


class ProposedReadings(BaseModel):
    """The model's answer to `read`."""

    readings: list[ProposedReading]


class SecondLook(BaseModel):
    """What the second look says of one reading."""

    number: int = Field(description="number of the mark")
    verdict: Literal["keep", "weaken", "delete"]


class SecondLooks(BaseModel):
    """The model's answer to `second`."""

    looks: list[SecondLook]


def proposed(
    endpoint: Endpoint, offline: OfflineEngine, talk: Conversation, base: Readings, first_turn: int
) -> tuple[Reading, ...]:
    """The model's readings that hold, with the offline reader's own (`base`) where it decides. Raises EndpointFailed."""
    sender = Sender(talk.language, masked=endpoint.masked, customers=endpoint.customers)
    sent = {turn.number: sender.send(turn.text) for turn in talk.turns}
    labels = {speaker: sender.text(speaker) for speaker in talk.speakers}
    lines = [f"{turn.number}. {labels[turn.speaker]}: {sent[turn.number].text}" for turn in talk.turns]
    support = Support(offline, talk, base, first_turn)
    empty = render("read", talk.language, transcript="", first_turn=str(first_turn))
    second = render("second", talk.language, transcript="", readings="")
    room = min(endpoint.room_for(empty), endpoint.room_for(second) * 2 // 3)
    found: dict[tuple[int, int, int, str], Reading] = {}
    for window in windows(lines, room):
        if window.stop < first_turn:
            continue
        part = "\n".join(lines[window.start : window.stop])
        first = max(first_turn, window.start + 1)
        answer = endpoint.ask(
            render("read", talk.language, transcript=part, first_turn=str(first)), ProposedReadings
        )
        held = [
            reading
            for one in answer.readings
            if (reading := _held(one, talk, sent, base, support, range(first, window.stop + 1), sender))
            is not None
        ]
        for reading in _looked_at_again(endpoint, talk, part, held, sent):
            found.setdefault((reading.turn, reading.start, reading.end, reading.label), reading)
    mine = [
        one
        for one in base.items
        if one.label in HARMFUL_ACTS or (one.label in OFFLINE_LABELS and one.turn not in support.void)
    ]
    return tuple(
        sorted([*_merged(list(found.values())), *mine], key=lambda r: (r.turn, r.start, r.end, r.label))
    )


def _held(
    proposal: ProposedReading,
    talk: Conversation,
    sent: dict[int, Sent],
    base: Readings,
    support: Support,
    turns: range,
    sender: Sender,
) -> Reading | None:
    """The proposal as a reading, or None when its words, its side, its type or its support do not hold."""
    if proposal.label not in LABELS or proposal.label in OFFLINE_LABELS or proposal.turn not in turns:
        return None
    turn = talk.turn(proposal.turn)
    if not _may_say(base.roles.get(turn.speaker), proposal.label):
        return None
    types = TYPES_OF.get(proposal.label)
    if types is not None and proposal.type not in types:
        return None
    span = sent[turn.number].find(proposal.quote)
    if span is None or not support.holds(turn.number, span.start, span.end, proposal.label):
        return None
    return Reading(
        turn.number,
        cast("Label", proposal.label),  # one of LABELS, see above
        turn.text[span.start : span.end],
        span.start,
        span.end,
        PROPOSED,
        proposal.type if types else None,
        loose=not span.exact,
        summary=_summary(sender.restored(proposal.summary.strip()), turn.text)
        if proposal.label == "concern"
        else "",
    )


def _summary(words: str, said: str) -> str:
    """A model's summary of a concern, where it is short, gives no orders and adds no figure; else nothing."""
    if not words or length(words) > LONGEST_SUMMARY or gives_orders(words) or figures(words) - figures(said):
        return ""
    return words.rstrip("。.")


def _looked_at_again(
    endpoint: Endpoint, talk: Conversation, transcript: str, held: Sequence[Reading], sent: dict[int, Sent]
) -> list[Reading]:
    """The readings that a second look leaves; what it does not mention stays."""
    if not held:
        return []
    rows = [
        f"{number}. {one.turn} {one.label}{f' {one.type}' if one.type else ''}: {_as_sent(one, sent)}"
        for number, one in enumerate(held, 1)
    ]
    answer = endpoint.ask(
        render("second", talk.language, transcript=transcript, readings="\n".join(rows)), SecondLooks
    )
    verdicts = {look.number: look.verdict for look in answer.looks}
    kept = []
    for number, one in enumerate(held, 1):
        match verdicts.get(number, "keep"):
            case "keep":
                kept.append(one)
            case "weaken":
                kept.append(replace(one, p=WEAKENED, loose=True))
            case "delete":
                pass
    return kept


def _as_sent(reading: Reading, sent: dict[int, Sent]) -> str:
    """The words of a reading as they may leave: the whole turn where a stand-in is among them."""
    one = sent[reading.turn]
    return one.text[reading.start : reading.end] if not one.taken else one.text


def _merged(found: Sequence[Reading]) -> list[Reading]:
    """Of overlapping readings of one label in one turn the longest: two windows may have cut differently."""
    kept: list[Reading] = []
    for one in sorted(found, key=lambda r: (r.start - r.end, r.loose)):
        if not any(
            other.turn == one.turn
            and other.label == one.label
            and other.start < one.end
            and one.start < other.end
            for other in kept
        ):
            kept.append(one)
    return kept


def _may_say(side: Role | None, label: str) -> bool:
    if label in REP_ACTS or label == "evade":
        return side == "rep"
    if label in CUSTOMER_ACTS:
        return side == "customer"
    return True
