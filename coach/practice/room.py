"""Several people at one table: who is spoken to, who listens, who feels forgotten, what they say to each
other.

A talk between two is a room with one chair: everybody listens and nobody is forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from coach.practice.conditions import View, holds
from coach.practice.objections import affected
from coach.practice.state import Heard, State
from scenarios.people import Person
from scenarios.piece import Line
from scenarios.schema import Scenario
from scenarios.wording import says, says_any

FORGOTTEN: Final = 4.0
"""Patience lost each turn by somebody to whom nobody has spoken for too long."""


def addressed(scenario: Scenario, state: State, heard: Heard) -> str:
    """Who is spoken to: by name, by topic, else whoever the room's order names; empty means the whole
    table.
    """
    room = scenario.room
    if room is None:
        return scenario.main.id
    named = [person.id for person in scenario.cast if _names(person, heard.text)]
    if len(named) == 1:
        return named[0]
    if len(named) > 1:
        return ""
    for rule in room.who_answers:
        if rule == "topic_owner":
            owners = [
                who
                for who, topics in room.topic_owners.items()
                if any(says_any(heard.text, scenario.concepts.get(topic, ())) for topic in topics)
            ]
            if owners:
                return owners[0]
        elif rule == "last_speaker" and state.last_speaker:
            return state.last_speaker
        elif rule == "least_patient":
            return min(state.people, key=lambda who: state.people[who].patience)
    return scenario.main.id


def listeners(scenario: Scenario, heard: Heard) -> dict[str, bool]:
    """Who may answer a question, those who were spoken to first."""
    order = sorted(scenario.cast, key=lambda person: person.id != heard.to)
    return {person.id: heard.to in ("", person.id) for person in order}


def after_room(scenario: Scenario, state: State, heard: Heard) -> State:
    """Alliances that now hold, and patience lost by those who were left out."""
    room = scenario.room
    if room is None:
        return state
    for alliance in room.alliances:
        if alliance.id not in state.once and holds(alliance.when, View(scenario, state, scenario.main.id)):
            state = replace(affected(scenario, state, alliance.effect), once=state.once | {alliance.id})
    unheard = {
        person.id: 0 if heard.to in ("", person.id) else state.unheard.get(person.id, 0) + 1
        for person in scenario.cast
    }
    people = {
        id: temper.moved(patience=-FORGOTTEN if unheard[id] > room.ignored_after_turns else 0)
        for id, temper in state.people.items()
    }
    return replace(state, unheard=unheard, people=people)


def cross_talk(scenario: Scenario, state: State) -> Iterator[tuple[str, Sequence[Line]]]:
    """(id, lines) of exchanges between people in the room that are due and were not heard yet."""
    for talk in scenario.room.cross_talk if scenario.room else ():
        if talk.id not in state.once and holds(talk.when, View(scenario, state, scenario.main.id)):
            yield talk.id, [Line(text=part.text, who=part.who) for part in talk.exchange]


def ignored(scenario: Scenario, state: State) -> Iterator[tuple[str, Sequence[Line]]]:
    """(id, lines) of people who say that they were forgotten."""
    room = scenario.room
    if room is None:
        return
    for who, lines in room.ignored_lines.items():
        if state.unheard.get(who, 0) == room.ignored_after_turns:
            for index, line in enumerate(lines):
                if f"ignored/{who}/{index}" not in state.once:
                    yield f"ignored/{who}/{index}", [line.model_copy(update={"who": who})]
                    break


def interrupters(scenario: Scenario, state: State, dice: random.Random) -> Iterator[str]:
    """People who now break in although nobody spoke to them."""
    for who, chance in (scenario.room.interrupts if scenario.room else {}).items():
        if dice.random() < chance and state.last_speaker != who:
            yield who


def _names(person: Person, text: str) -> bool:
    names = {person.id, person.name, person.address, *person.name.split()}
    return any(says(text, name) for name in names if len(name) > 1)
