"""How objections move: latent → raised → acknowledged → explored → answered → resolved, or hardened.

The scenario's conditions decide; the acts of the rep only say which shade of softened it is. A pitch or a
dodge while an objection is open pushes it; pushed too often it hardens.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from coach.practice.asked import wants_to_know
from coach.practice.checks import ANSWERS
from coach.practice.conditions import View, holds
from coach.practice.state import OPEN, SOFT, Heard, State
from coach.vocabulary import ObjectionState
from scenarios.condition import StateWord
from scenarios.people import Effect
from scenarios.schema import Objection, Scenario
from scenarios.wording import length

CRUMB: Final = 8
"""Weight below which a turn says next to nothing: Chinese characters count one, English words two."""
_TAKING_IN: Final = frozenset({"acknowledge", "explore", "map_decision", "restate", "trade"})
_HARM: Final = frozenset({"overpromise", "disparage", "pressure", "dismiss", "concede_price", "evade"})


@dataclass(frozen=True, slots=True)
class Moved:
    """What happened to objections in one rep turn, by id, most weighty first."""

    resolved: tuple[str, ...] = ()
    hardened: tuple[str, ...] = ()
    softened: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    pushed: tuple[str, ...] = ()


def move(scenario: Scenario, state: State, heard: Heard) -> tuple[State, Moved]:
    """The objections after the rep turn `heard`, which is already part of `state`."""
    turn = state.turns
    done: dict[str, list[str]] = {"resolved": [], "hardened": [], "softened": [], "raised": [], "pushed": []}
    for objection in scenario.objections:
        now = state.objections[objection.id]
        view = View(scenario, state, owner(scenario, objection), now.since)
        if now.state == "latent":
            if not done["raised"] and objection.raised_when and holds(objection.raised_when, view):
                state = state.standing(objection.id, now.now("raised", turn))
                done["raised"].append(objection.id)
            continue
        if now.state != "resolved" and holds(objection.resolves_when, view) and not heard.crossed:
            state = state.standing(objection.id, now.now("resolved", turn))
            done["resolved"].append(objection.id)
        elif holds(objection.hardens_when, view):
            state = state.standing(objection.id, now.now("hardened", turn))
            done["hardened"].append(objection.id)
        elif now.state in ("raised", "hardened"):
            kind = _soften_or_push(scenario, objection, state, heard)
            if kind == "softened":
                shade: ObjectionState = (
                    "explored" if heard.acts & {"explore", "map_decision"} else "acknowledged"
                )
                state = state.standing(objection.id, now.now(shade, turn))
            elif kind == "hardened":
                state = state.standing(objection.id, now.now("hardened", turn))
            elif kind == "pushed":
                state = state.standing(objection.id, now.pushed())
            if kind:
                done[kind].append(objection.id)
        elif now.state in SOFT:
            state = state.standing(objection.id, replace(now, state=_shade(now.state, heard)))
    return state, Moved(
        *(tuple(done[kind]) for kind in ("resolved", "hardened", "softened", "raised", "pushed"))
    )


def _soften_or_push(scenario: Scenario, objection: Objection, state: State, heard: Heard) -> str:
    """softened, pushed, hardened or nothing, for an objection that is raised or hardened."""
    now = state.objections[objection.id]
    view = View(scenario, state, owner(scenario, objection), now.since)
    kind_turn = bool(heard.acts & _TAKING_IN or heard.won) and not heard.acts & _HARM
    if kind_turn and holds(objection.softens_when, view):
        return "softened"
    if (
        now.state == "hardened"
        or newest_open(scenario, state) != objection.id
        or not dodges(heard, _last(state))
    ):
        return ""
    return "hardened" if now.pushes >= scenario.difficulty.evasions_before_hardened else "pushed"


def _last(state: State) -> Heard | None:
    """The rep turn before the newest one."""
    return state.heard[-2] if state.turns > 1 else None


def dodges(heard: Heard, last: Heard | None) -> bool:
    """Whether a turn walks past the customer: it pitches, evades or says next to nothing, and asks nothing.

    Talk in which the engine found no act at all is given the benefit of the doubt, but not twice in a row.
    """
    if heard.acts & _TAKING_IN or heard.won or wants_to_know(heard):
        return False
    if last is None and heard.acts <= {"small_talk"}:
        return False
    return bool(heard.acts) or length(heard.text) < CRUMB or (last is not None and not last.acts)


def _shade(state: ObjectionState, heard: Heard) -> ObjectionState:
    """Acknowledged, explored, answered: only ever onwards."""
    if heard.acts & ANSWERS and not heard.acts & _HARM:
        return "answered"
    if state == "acknowledged" and heard.acts & {"explore", "map_decision"}:
        return "explored"
    return state


def newest_open(scenario: Scenario, state: State) -> str | None:
    """The open objection that came up last; None when nothing is open."""
    still = [one.id for one in scenario.objections if state.objections[one.id].state in OPEN]
    return max(still, key=lambda id: state.objections[id].since, default=None)


def affected(scenario: Scenario, state: State, effect: Effect) -> State:
    """The state after a red line's or an alliance's effect."""
    state = state.shifted(effect.people)
    for id, word in effect.objections.items():
        now = state.objections[id]
        if word == "pushed" and now.state != "latent":
            again = now if now.state == "raised" else now.now("raised", state.turns)
            state = state.standing(id, again.pushed())
        elif word != "pushed" and now.state != word:
            state = state.standing(id, now.now(_as_state(word), state.turns))
    return state


def owner(scenario: Scenario, objection: Objection) -> str:
    """Who raises it."""
    return objection.who or scenario.main.id


def _as_state(word: StateWord) -> ObjectionState:
    if word == "softened":
        return "acknowledged"
    return "raised" if word == "pushed" else word
