"""A running session as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.vocabulary import Language, name
from ui.parts.live import signed
from ui.views.practice import Brief, Line, Live, Point, Rung, RungState, Session, Step
from ui.words import say

if TYPE_CHECKING:
    from coach.practice.composure import Composure
    from coach.practice.kept import Kept
    from coach.practice.live import Live as LiveNow
    from coach.practice.session import Session as Talk
    from scenarios.schema import Scenario

_RUNGS = ("hint_direction", "hint_step", "hint_example")


def session_view(now: Kept, language: Language) -> Session:
    """Everything on the page."""
    talk = now.session
    before = _before(talk)
    live = talk.live(before)
    facing = talk.scenario.person(talk.state.last_speaker)
    return Session(
        id=now.id,
        title=talk.scenario.title,
        customer=facing.name,
        customer_role=say("dot", language).join(
            part for part in (facing.title, talk.scenario.segment) if part
        ),
        mood=live.mood.face,
        mood_words=live.mood.words,
        brief=brief_view(talk.scenario),
        lines=tuple(lines_of(talk, language)),
        live=live_view(talk, live, before, language),
        left=now.left,
        limit=now.limit,
        over=talk.ended is not None,
        over_reason=name(talk.ended, language) if talk.ended else "",
        called=facing.called,
        paused=now.clock.at is None and talk.ended is None,
        note=_note(talk, language),
    )


def _note(talk: Talk, language: Language) -> str:
    """One sentence where a model did not deliver in the last turn."""
    notes = talk.log.exchanges[-1].notes if talk.log.exchanges else ()
    return notes[0][0 if language == "zh" else 1] if notes else ""


def brief_view(scenario: Scenario) -> Brief:
    """What the rep may see of a scenario."""
    it = scenario.brief
    return Brief(
        you=it.you,
        situation=it.situation,
        goal=it.goal,
        authority=it.your_authority,
        known=it.known,
        red_lines=tuple(line.statement for line in scenario.red_lines),
    )


def lines_of(talk: Talk, language: Language) -> list[Line]:
    """The conversation, with a tick under each rep line that earned something."""
    reps = {exchange.heard.turn for exchange in talk.log.exchanges}
    moves, sent = moves_of(talk), sent_at(talk)
    return [
        Line(
            side="rep" if turn.number in reps else "customer",
            text=turn.text,
            name="" if turn.number in reps else turn.speaker,
            at=sent[turn.number],
            move=_move_words(moves.get(turn.number, ()), language),
            turn=turn.number,
        )
        for turn in talk.talk.turns
    ]


def sent_at(talk: Talk) -> dict[int, float]:
    """Turn -> seconds at which it stood in the chat: a rep's line when it was sent, which is when the answer began."""
    turns = talk.talk.turns
    reps = {exchange.heard.turn for exchange in talk.log.exchanges}
    return {
        turn.number: (following.start if turn.number in reps else turn.start) or 0.0
        for turn, following in zip(turns, (*turns[1:], turns[-1]), strict=True)
    }


def moves_of(talk: Talk) -> Mapping[int, list[tuple[str, float]]]:
    """Rep turn -> what it earned as (name, points), generic checks first; key points stay without a name."""
    decided = sum(check.item.weight for check in talk.score().checks if check.verdict != "not_scored") or 1
    earned: dict[int, list[tuple[str, float]]] = {}
    for item in sorted(talk.items, key=lambda one: (one.kind == "key_point", -one.weight)):
        turn = talk.ledger.verdict(item.id).turn
        if item.kind != "red_line" and talk.ledger.proved(item.id) and turn is not None:
            words = item.name if item.kind == "generic" else ""
            earned.setdefault(turn, []).append((words, 100 * item.weight / decided))
    return earned


def _move_words(moves: list[tuple[str, float]] | tuple[()], language: Language) -> str:
    if not moves:
        return ""
    words = next((words for words, _ in moves if words), "") or say("hit_a_point", language)
    return f"{words} {signed(round(sum(points for _, points in moves)))}"


def live_view(talk: Talk, live: LiveNow, before: LiveNow | None, language: Language) -> Live:
    """The panel beside the chat; a change is told only between two scores that were both there."""
    found = tuple(Point(one.kind, True, one.text) for one in live.found)
    still = tuple(Point(kind, False) for kind in live.open_points)
    exam = talk.log.mode == "exam"
    return Live(
        score=live.score if talk.state.turns else None,
        delta=live.change or None if live.score is not None and before and before.score is not None else None,
        why=say("score_held", language) if talk.state.turns and live.score is None else live.why,
        steps=tuple(Step(say(f"step_{step}", language), state) for step, state in live.steps),
        steadiness=live.composure.word,
        steadiness_note=_provoked(live.composure, language),
        points=(*found, *still),
        rungs=() if exam else tuple(_ladder(talk, language)),
        exam=exam,
        open_count=live.open_count,
        hints_used=len(talk.log.hints),
    )


def _provoked(composure: Composure, language: Language) -> str:
    if composure.word == "unknown":
        return say("not_provoked", language)
    held = sum(signal.result == "held" for signal in composure.signals)
    return say("provoked", language, n=len(composure.signals), held=held)


def _before(talk: Talk) -> LiveNow | None:
    """The live view before the last exchange, for what the last line changed; hints count on both sides."""
    from coach.practice.session import Session as Talk

    if not talk.log.exchanges:
        return None
    log = replace(talk.log, exchanges=talk.log.exchanges[:-1], ended=None, closing=())
    return Talk(talk.scenario, talk.engine, rubric=talk.rubric, log=log).live()


def _ladder(talk: Talk, language: Language) -> list[Rung]:
    """The rungs bought for the point in hand, the next one with its price, the rest locked."""
    from coach.practice.hints import next_hint, next_rung
    from coach.practice.session import scene

    taken, costs = talk.log.hints, talk.rubric.hint_costs
    prices = [round(cost) for cost in costs]
    coming = next_rung(taken, talk.ledger)
    offered = None
    if talk.ended is None:
        offered = next_hint(talk.items, talk.ledger, scene(talk.state), talk.rubric, taken)
    bought = [hint for hint in taken if taken and hint.check == taken[-1].check]
    if bought and talk.ledger.proved(bought[-1].check):
        bought = []
    rungs = [
        Rung(str(h.rung), say(_RUNGS[h.rung - 1], language), round(h.cost), "used", h.text) for h in bought
    ]
    if coming == 1 and bought:
        if offered is not None:
            rungs.append(Rung("1", say("hint_other", language), prices[0], "next"))
        return rungs
    for number in range(coming, 4):
        state: RungState = "next" if number == coming and offered is not None else "locked"
        rungs.append(Rung(str(number), say(_RUNGS[number - 1], language), prices[number - 1], state))
    return rungs
