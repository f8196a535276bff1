"""What the customer does next: from where the talk stands and what the rep just did to one or two
moves and their lines.

Pure and seeded: the same scenario, seed and heard turns always give the same moves. The engine only
words them. Order of reactions: a red line, then a fact (told or guarded), then objections that
moved, then manners, then the stock of generic lines; after it, what the customer brings up himself;
last, the end.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from coach.practice.asked import asked_before, probes_worry, questions, wants_to_know
from coach.practice.conditions import View, holds
from coach.practice.endings import ended, ending
from coach.practice.facts import Reply, known_already, may_tell, owner, replies
from coach.practice.lines import choose, generic_pool, seeded, spoken
from coach.practice.objections import Moved, affected, move, newest_open
from coach.practice.objections import owner as objection_owner
from coach.practice.room import addressed, after_room, cross_talk, ignored, interrupters, listeners
from coach.practice.state import SOFT, Fired, Heard, State
from coach.practice.temper import after_objections, after_telling, felt
from coach.reading.engine import Move
from coach.vocabulary import EndReason
from scenarios.piece import Line
from scenarios.schema import GenericKind, LineState, Scenario

BREATHER: Final = 2
"""Rep turns between one provocation and the next."""
_CARE: Final = frozenset({"acknowledge", "restate", "explore", "map_decision"})


@dataclass(frozen=True, slots=True)
class Step:
    """A move and who makes it; `fact` is set when the move tells one."""

    move: Move
    who: str
    fact: str = ""


def open_talk(scenario: Scenario, state: State, seed: int, lines: Sequence[Line]) -> tuple[State, list[Step]]:
    """The first line, which already carries the first objection."""
    line = choose(lines, state, seeded(scenario, seed, 0)) or lines[0]
    who = line.who or scenario.main.id
    return spoken(state, [line.text], who), [_step(scenario, state, "opening", line, who)]


def respond(scenario: Scenario, state: State, heard: Heard, seed: int) -> tuple[State, list[Step]]:
    """The state after a rep turn and the customer's answer to it (at least one line)."""
    dice = seeded(scenario, seed, heard.number)
    heard = replace(heard, to=addressed(scenario, state, heard))
    before = state
    state = replace(state, heard=(*state.heard, heard))
    state = felt(scenario, _crossed(scenario, state, heard), heard, before)
    answers = [] if _void(heard) else replies(scenario, state, heard, listeners(scenario, heard))
    if heard.crossed:
        answers = [answer for answer in answers if not answer.told]
    told = [answer.fact for answer in answers if answer.told]
    state = replace(state, facts=(*state.facts, *(fact.id for fact in told)))
    state, moved = move(scenario, state, heard)
    state = after_telling(state, [owner(scenario, fact) for fact in told])
    state = after_objections(scenario, state, moved)
    state = after_room(scenario, state, heard)

    reason = ending(scenario, state, heard, dice)
    said = _Said(scenario, state, heard, dice)
    if reason != "walked_away" or heard.crossed:
        _react(said, answers, moved, before, over=reason is not None)
    if reason is None and len(said.steps) < 2 + (scenario.room is not None):
        _bring_up(said, moved)
    if reason is None and not said.steps:
        reason = "nothing_left_to_say"
    if reason is not None:
        said.say(f"end:{reason}", _ending_pool(scenario, reason), None)
        return ended(said.state, reason), said.steps
    return said.state, said.steps


def farewell(scenario: Scenario, state: State, seed: int, reason: EndReason) -> tuple[State, list[Step]]:
    """The customer's last line when the rep, or the clock, ends the talk between turns."""
    said = _Said(scenario, state, None, seeded(scenario, seed, -1))
    said.say(f"end:{reason}", _ending_pool(scenario, reason), None)
    return ended(said.state, reason), said.steps


class _Said:
    """Collects the lines of one answer; every line said is remembered so that it never comes again."""

    def __init__(self, scenario: Scenario, state: State, heard: Heard | None, dice: random.Random) -> None:
        self.scenario = scenario
        self.state = state
        self.heard = heard
        self.dice = dice
        self.steps: list[Step] = []

    def say(self, kind: str, pool: Sequence[Line], who: str | None, *, fact: str = "") -> bool:
        """Say a line of `pool`; False when there is none left."""
        text = self.heard.text if self.heard else ""
        line = choose(pool, self.state, self.dice, text)
        if line is None:
            return False
        speaker = line.who or who or self.state.last_speaker or self.scenario.main.id
        self.state = spoken(self.state, [line.text], speaker)
        self.steps.append(_step(self.scenario, self.state, kind, line, speaker, fact))
        return True

    def generic(self, kind: GenericKind, who: str) -> bool:
        """Say a generic line of a kind."""
        return self.say(kind, generic_pool(self.scenario, who, kind, self.state), who)


def _step(scenario: Scenario, state: State, kind: str, line: Line, who: str, fact: str = "") -> Step:
    """A line as the engine's move: what it may tell, and which words would give a locked fact away."""
    tells = tuple(one.statement for one in scenario.private_facts if one.id in {fact, *line.needs})
    locked = [one for one in scenario.private_facts if one.id not in state.facts and one.id != fact]
    secrets = tuple(word for one in locked for word in one.leak_words)
    return Step(Move(kind, line.text, who, tells, secrets), who, fact)


def _void(heard: Heard) -> bool:
    """Whether nothing of the turn was fit to be answered."""
    return not heard.text.strip()


def _crossed(scenario: Scenario, state: State, heard: Heard) -> State:
    for red_line in scenario.red_lines:
        if red_line.id in heard.crossed:
            state = affected(scenario, state, red_line.effect)
    return state


def _react(said: _Said, answers: Sequence[Reply], moved: Moved, before: State, *, over: bool) -> None:
    """The first line or two: the answer to what the rep just did; small change only while the talk goes on."""
    scenario, heard = said.scenario, said.heard
    assert heard is not None
    who = heard.to or said.state.last_speaker
    for red_line in scenario.red_lines:
        if red_line.id in heard.crossed and said.say("red_line", red_line.lines, who):
            return
    if "out_of_role" in heard.slips and said.generic("out_of_role", who):
        return
    if "silence" in heard.slips and said.generic("silence", who):
        return
    for answer in answers:
        speaker = owner(scenario, answer.fact)
        if answer.told:
            said.say("fact", answer.fact.lines, speaker, fact=answer.fact.id)
        elif not said.steps:
            said.say("guarded", answer.fact.guarded, speaker)
    if _objections(said, moved, answered=bool(said.steps)) or said.steps or over:
        return
    if probes_worry(heard) and wants_to_know(heard) and _raise_again(said):
        return
    for kind in _manners(scenario, heard, before):
        if said.generic(kind, who):
            return
    if _care(said):
        return
    said.generic("listening", who)


def _objections(said: _Said, moved: Moved, *, answered: bool) -> bool:
    """The line of an objection that moved. Beside the answer to a question only the weighty ones are said."""
    states: list[tuple[tuple[str, ...], LineState]] = [
        (moved.resolved, "resolved"),
        (moved.hardened, "hardened"),
        (moved.softened, "softened"),
        (moved.pushed, "pushed"),
    ]
    for ids, state in states:
        if answered and state in ("softened", "pushed"):
            continue
        for objection in said.scenario.objections:
            pool = objection.lines.get(state, ())
            if objection.id in ids and said.say(state, pool, objection_owner(said.scenario, objection)):
                return True
    return False


def _manners(scenario: Scenario, heard: Heard, before: State) -> Iterator[GenericKind]:
    """What there is to say about the way the rep spoke, most pressing first."""
    asks = questions(heard)
    if heard.slips & {"parroting", "repeated"} or asked_before(heard, before.heard):
        yield "repeated"
    elif asks and known_already(scenario, before, heard):
        yield "already_told"
    if "too_long" in heard.slips:
        yield "too_long"
    if "too_many" in heard.slips:
        yield "too_many"
    if wants_to_know(heard) and not heard.won:
        yield "unknown_question"
    if heard.acts == {"small_talk"}:
        yield "small_talk"
    if not heard.readings and not asks and not heard.slips and len(heard.text.strip()) < 3:
        yield "not_understood"


def _raise_again(said: _Said) -> bool:
    """Asked what the trouble is, the customer puts the newest open objection in other words."""
    newest = newest_open(said.scenario, said.state)
    for objection in said.scenario.objections:
        if objection.id == newest:
            pool = objection.lines.get("raised", ())
            return said.say("raised", pool, objection_owner(said.scenario, objection))
    return False


def _care(said: _Said) -> bool:
    """A softened line of the objection on the table, when the rep did something for it."""
    heard = said.heard
    if heard is None or not (
        heard.won or heard.acts & {"acknowledge", "restate", "offer_solution", "prove", "quantify", "trade"}
    ):
        return False
    order = sorted(said.scenario.objections, key=lambda one: -said.state.objections[one.id].since)
    for objection in order:
        if said.state.objections[objection.id].state in SOFT and said.say(
            "softened", objection.lines.get("softened", ()), objection_owner(said.scenario, objection)
        ):
            return True
    return False


def _bring_up(said: _Said, moved: Moved) -> None:
    """What the customer says of his own accord: a new objection, a provocation, cross talk, an open fact."""
    scenario = said.scenario
    for objection in scenario.objections:
        if objection.id in moved.raised:
            said.say("raised", objection.lines.get("raised", ()), objection_owner(scenario, objection))
            return
    fired = {one.id for one in said.state.fired}
    fresh = any(said.state.turns - one.number < BREATHER for one in said.state.fired)
    for provocation in scenario.provocations:
        if provocation.id not in fired and holds(
            provocation.when, View(scenario, said.state, scenario.main.id)
        ):
            busy = fresh or any(step.move.kind in ("fact", "guarded", "resolved") for step in said.steps)
            if not busy and said.say("provocation", (provocation.line,), None):
                mark = Fired(provocation.id, said.state.turns)
                said.state = replace(said.state, fired=(*said.state.fired, mark))
                return
    for id, lines in (*cross_talk(scenario, said.state), *ignored(scenario, said.state)):
        said.state = replace(said.state, once=said.state.once | {id})
        for line in lines:
            said.say("cross_talk", (line,), line.who)
        return
    for who in interrupters(scenario, said.state, said.dice):
        if said.generic("listening", who):
            return
    if said.steps and said.steps[-1].move.kind == "listening":
        _volunteer(said)


def _volunteer(said: _Said) -> None:
    """Now and then an open fact comes out unasked; only to a rep who is trusted enough to be told."""
    scenario, heard = said.scenario, said.heard
    if heard is None or said.dice.random() >= scenario.difficulty.volunteers or not heard.acts & _CARE:
        return
    for fact in scenario.private_facts:
        who = owner(scenario, fact)
        if fact.id not in said.state.facts and not fact.guarded and may_tell(fact, said.state, who):
            said.state = replace(said.state, facts=(*said.state.facts, fact.id))
            said.say("fact", fact.lines, who, fact=fact.id)
            return


def _ending_pool(scenario: Scenario, reason: EndReason) -> Sequence[Line]:
    return scenario.endings[reason].lines if reason in scenario.endings else ()
