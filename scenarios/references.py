"""Do the ids of a scenario resolve? Every name that points at nothing, with the spot where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.located import Spot
from coach.vocabulary import REPLY_ACTS
from scenarios.condition import Condition, Topics
from scenarios.people import Effect
from scenarios.piece import Lines
from scenarios.schema import Scenario


@dataclass(frozen=True, slots=True)
class Loose:
    """A name at a spot that resolves to nothing of its kind."""

    spot: Spot
    kind: str
    name: str


def conditions(scenario: Scenario) -> Iterator[tuple[Spot, Condition]]:
    """Every condition of the scenario with the spot where it stands."""
    for number, objection in enumerate(scenario.objections):
        spot: Spot = ("objections", number)
        if objection.raised_when:
            yield (*spot, "raised_when"), objection.raised_when
        yield (*spot, "softens_when"), objection.softens_when
        yield (*spot, "hardens_when"), objection.hardens_when
        yield (*spot, "resolves_when"), objection.resolves_when
    for number, provocation in enumerate(scenario.provocations):
        yield ("provocations", number, "when"), provocation.when
    for reason, ending in scenario.endings.items():
        if ending.when:
            yield ("endings", reason, "when"), ending.when
    if scenario.room:
        for number, talk in enumerate(scenario.room.cross_talk):
            yield ("room", "cross_talk", number, "when"), talk.when
        for number, alliance in enumerate(scenario.room.alliances):
            yield ("room", "alliances", number, "when"), alliance.when


def topic_uses(scenario: Scenario) -> Iterator[tuple[Spot, Topics]]:
    """Every list of topics with the spot where it stands."""
    for number, fact in enumerate(scenario.private_facts):
        for index, asked in enumerate(fact.unlock.asked):
            yield ("private_facts", number, "unlock", "asked", index), asked.about
    for number, point in enumerate(scenario.key_points):
        yield ("key_points", number, "concepts"), point.concepts
    for number, line in enumerate(scenario.red_lines):
        yield ("red_lines", number, "concepts"), line.concepts
    for spot, condition in conditions(scenario):
        for part in condition.walk():
            if part.asked:
                yield spot, part.asked.about
    if scenario.room:
        for person, topics in scenario.room.topic_owners.items():
            yield ("room", "topic_owners", person), tuple((topic,) for topic in topics)


def loose_ends(scenario: Scenario) -> list[Loose]:
    """Every name that resolves to nothing."""
    known = _Known(scenario)
    return [
        *_topics(scenario),
        *_conditions(scenario, known),
        *_facts(scenario, known),
        *_lines(scenario, known),
        *_effects(scenario, known),
        *_others(scenario, known),
    ]


class _Known:
    """The ids that exist, by kind."""

    def __init__(self, scenario: Scenario) -> None:
        self.facts = {fact.id for fact in scenario.private_facts}
        self.points = {point.id for point in scenario.key_points}
        self.objections = {objection.id for objection in scenario.objections}
        self.red_lines = {line.id for line in scenario.red_lines}
        self.people = {person.id for person in scenario.cast}


def _topics(scenario: Scenario) -> Iterator[Loose]:
    for spot, topics in topic_uses(scenario):
        for name in (name for entry in topics for name in entry):
            if name not in scenario.concepts:
                yield Loose(spot, "concept", name)


def _conditions(scenario: Scenario, known: _Known) -> Iterator[Loose]:
    for spot, condition in conditions(scenario):
        for part in condition.walk():
            wanted = (
                ("fact", part.fact, known.facts),
                ("key point", part.key_point, known.points),
                ("objection", part.objection, known.objections),
                ("red line", part.red_line, known.red_lines | {"any"}),
                ("person", part.who, known.people),
                ("person", part.to, known.people),
            )
            for kind, name, ids in wanted:
                if name is not None and name not in ids:
                    yield Loose(spot, kind, name)


def _facts(scenario: Scenario, known: _Known) -> Iterator[Loose]:
    for number, fact in enumerate(scenario.private_facts):
        for name in fact.unlock.after:
            if name not in known.facts:
                yield Loose(("private_facts", number, "unlock", "after"), "fact", name)
    for number, point in enumerate(scenario.key_points):
        if point.requires_fact is not None and point.requires_fact not in known.facts:
            yield Loose(("key_points", number, "requires_fact"), "fact", point.requires_fact)


def spoken(scenario: Scenario) -> Iterator[tuple[Spot, Lines]]:
    """Every list of customer lines with the spot where it stands; stock lines that the file lacks come
    too.
    """
    yield ("opening",), scenario.opening
    for number, fact in enumerate(scenario.private_facts):
        yield ("private_facts", number, "lines"), fact.lines
        yield ("private_facts", number, "guarded"), fact.guarded
    for number, objection in enumerate(scenario.objections):
        for state, lines in objection.lines.items():
            yield ("objections", number, "lines", state), lines
    for number, red_line in enumerate(scenario.red_lines):
        yield ("red_lines", number, "lines"), red_line.lines
    for number, provocation in enumerate(scenario.provocations):
        yield ("provocations", number, "line"), (provocation.line,)
    for person, kinds in scenario.generic_lines.items():
        for generic, lines in kinds.items():
            yield ("generic_lines", person, generic), lines
    for reason, ending in scenario.endings.items():
        yield ("endings", reason, "lines"), ending.lines
    for number, variant in enumerate(scenario.exam_variants):
        yield ("exam_variants", number, "opening"), variant.opening
    if scenario.room:
        for person, lines in scenario.room.ignored_lines.items():
            yield ("room", "ignored_lines", person), lines


def _lines(scenario: Scenario, known: _Known) -> Iterator[Loose]:
    for spot, lines in spoken(scenario):
        for index, line in enumerate(lines):
            for name in line.needs:
                if name not in known.facts:
                    yield Loose((*spot, index), "fact", name)
            if line.who is not None and line.who not in known.people:
                yield Loose((*spot, index), "person", line.who)


def _effects(scenario: Scenario, known: _Known) -> Iterator[Loose]:
    effects: list[tuple[Spot, Effect]] = [
        (("red_lines", number, "effect"), line.effect) for number, line in enumerate(scenario.red_lines)
    ]
    if scenario.room:
        effects += [
            (("room", "alliances", number, "effect"), one.effect)
            for number, one in enumerate(scenario.room.alliances)
        ]
    for spot, effect in effects:
        for name in effect.people:
            if name not in known.people:
                yield Loose(spot, "person", name)
        for name in effect.objections:
            if name not in known.objections:
                yield Loose(spot, "objection", name)


def _others(scenario: Scenario, known: _Known) -> Iterator[Loose]:
    for number, provocation in enumerate(scenario.provocations):
        for name in provocation.watch:
            if name not in known.red_lines and name not in REPLY_ACTS:
                yield Loose(("provocations", number, "watch"), "act or red line", name)
    for number, line in enumerate(scenario.expert_script):
        for kind, names, ids in (
            ("key point", line.covers, known.points),
            ("fact", line.unlocks, known.facts),
        ):
            for name in names:
                if name not in ids:
                    yield Loose(("expert_script", number), kind, name)
    for name in scenario.ways:
        if name not in known.points:
            yield Loose(("ways", name), "key point", name)
    for number, person in enumerate(scenario.cast):
        if person.persona and person.persona not in scenario.personas:
            yield Loose(("cast", number, "persona"), "persona", person.persona)
    owned = [("private_facts", number, one.who) for number, one in enumerate(scenario.private_facts)]
    owned += [("objections", number, one.who) for number, one in enumerate(scenario.objections)]
    for place, number, who in owned:
        if who is not None and who not in known.people:
            yield Loose((place, number), "person", who)
    unsaid = scenario.debrief.unsaid
    for name in [*(scenario.generic_lines.keys() - {""}), *(unsaid if isinstance(unsaid, dict) else ())]:
        if name not in known.people:
            yield Loose(("generic_lines" if name in scenario.generic_lines else "debrief",), "person", name)
    if scenario.room:
        room = scenario.room
        people = [*room.topic_owners, *room.interrupts, *room.ignored_lines]
        people += [part.who for talk in room.cross_talk for part in talk.exchange]
        for name in people:
            if name not in known.people:
                yield Loose(("room",), "person", name)
