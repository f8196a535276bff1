"""One rep turn, judged: voided where it must be, read by the engine, held against what is still open.

The live session and the scoring of a finished transcript both go through here, turn by turn, so they cannot
differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from coach.conversation import Conversation
from coach.practice.asked import MOST_QUESTIONS, questions
from coach.practice.checks import PER_SPEECH, PER_TURN, THIN, Item, Ledger, Scene, ask, enter, open_items
from coach.practice.hearing import judgeable
from coach.practice.state import Heard
from coach.reading.engine import Engine, Finding, Reading
from scenarios.schema import Scenario
from scenarios.wording import length

TOO_LONG: Final = 150
"""Weight of a speech nobody listens to: Chinese characters count one, English words two."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood before the turn: the talk so far, the ledger, the scene, the customer's last lines and the
    rep's own.
    """

    talk: Conversation
    ledger: Ledger
    scene: Scene
    customer: Sequence[str]
    own: Sequence[str]


def judge(
    engine: Engine,
    scenario: Scenario,
    items: Sequence[Item],
    before: Before,
    speaker: str,
    text: str,
    at: float | None = None,
) -> tuple[Heard, tuple[Finding, ...], Ledger]:
    """The turn as it counts, its findings (yes and not scored) and the ledger after it. Engine errors pass
    through.
    """
    talk = before.talk.said(speaker, text, at=at)
    checks = [item.check for item in items]
    telling = engine.telling(checks, talk)
    judged = judgeable(
        text,
        customer=before.customer,
        own=before.own,
        brief=scenario.brief.text,
        word_lists=[item.check.concepts for item in items if item.kind == "key_point"],
        telling=telling,
    )
    talk = before.talk.said(speaker, judged.text, at=at)
    turn = talk.turns[-1]
    heard = Heard(len(before.own) + 1, turn.number, judged.text, slips=judged.slips)
    if not judged.text.strip():
        return heard, (), before.ledger
    heard = replace(heard, readings=_read(engine, talk, telling))
    if _weight(heard, telling) > TOO_LONG:
        heard = replace(heard, slips=heard.slips | {"too_long"})
    if len(questions(heard)) > MOST_QUESTIONS:
        heard = replace(heard, slips=heard.slips | {"too_many"})
    able = open_items(items, before.ledger, before.scene)
    found = ask(engine, able, talk)
    most = PER_SPEECH if "too_long" in heard.slips else PER_TURN
    ledger, counted = enter(before.ledger, able, found, talk, heard.readings, most)
    counted = [_in_full(one, text) for one in counted]
    ledger = replace(ledger, findings=ledger.findings | {one.check: one for one in counted})
    kinds = {item.id: item.kind for item in able}
    won = tuple(one.check for one in counted if kinds[one.check] == "key_point")
    crossed = tuple(one.check for one in counted if kinds[one.check] == "red_line")
    unsure = [one for one in found if one.verdict == "not_scored"]
    return replace(heard, won=won, crossed=crossed), (*counted, *unsure), ledger


def entered(ledger: Ledger, findings: Sequence[Finding]) -> Ledger:
    """The ledger after a turn whose findings are already known: a yes stays, a doubt is kept while nothing
    is proved.
    """
    known = dict(ledger.findings)
    for finding in findings:
        if finding.verdict == "yes":
            known[finding.check] = finding
        else:
            known.setdefault(finding.check, finding)
    return Ledger(known)


def _read(engine: Engine, talk: Conversation, telling: str) -> tuple[Reading, ...]:
    """What the last turn's words mean, those that tell something by themselves.

    Talking longer changes nothing in what the rest means; of idle words only a feeling, a chat or a goodbye counts.
    A crumb of idle words ("well,", 那个) changes no meaning and is not worth a second reading.
    """
    turn = talk.turns[-1]
    found = engine.read(talk, first_turn=turn.number).of(turn.number)
    quiet = _both(turn.text, telling)
    if length(turn.text) - length(quiet) < THIN:
        return found
    told = engine.read(replace(talk, turns=(*talk.turns[:-1], replace(turn, text=quiet))), turn.number)
    idle = [one for one in found if one.label in _IDLE and not quiet[one.start : one.end].strip()]
    kept = [replace(one, quote=turn.text[one.start : one.end]) for one in told.of(turn.number)]
    return tuple(sorted((*kept, *idle), key=lambda one: (one.start, one.end)))


def _both(said: str, telling: str) -> str:
    """What stands in both texts, blanks elsewhere."""
    return "".join(one if told != " " else told for one, told in zip(said, telling, strict=True))


def _in_full(finding: Finding, text: str) -> Finding:
    """The finding with its words as they were typed, what was voided in between included."""
    return replace(finding, quote=text[finding.start : finding.end])


def _weight(heard: Heard, telling: str) -> int:
    """How much was said that a listener has to carry: idle words, small talk and stalling weigh nothing."""
    carried = _both(heard.text, telling)
    said = [one for one in heard.readings if one.label not in _LIGHT]
    light = {
        (one.start, one.end)
        for one in heard.readings
        if one.label in _LIGHT and not any(one.start < other.end and other.start < one.end for other in said)
    }
    return length(carried) - sum(length(carried[start:end]) for start, end in light)


_LIGHT: Final = frozenset({"small_talk", "evade"})
_IDLE: Final = frozenset({*_LIGHT, "acknowledge", "exit"})
"""What idle words may still be."""
