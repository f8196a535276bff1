"""What may be said when: the facts that are certainly out before a line can be spoken, and the leaks that
follow.

A leak is a word that gives a locked fact away in a line (or hint, or brief) that can come before the unlock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.located import Spot
from scenarios.condition import Condition
from scenarios.references import spoken
from scenarios.schema import Fact, Scenario
from scenarios.wording import says


@dataclass(frozen=True, slots=True)
class Leak:
    """`word` of fact `fact` stands at `spot`, where the fact may still be locked."""

    spot: Spot
    fact: str
    word: str


class Known:
    """Which facts must be out for a condition to hold: what all roads to it share."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._facts = {fact.id: fact for fact in scenario.private_facts}
        self._points = {point.id: point for point in scenario.key_points}
        self._objections = {objection.id: objection for objection in scenario.objections}

    def fact(self, id: str) -> frozenset[str]:
        """The fact itself and everything that comes before it."""
        out: set[str] = set()
        waiting = [id]
        while waiting:
            one = waiting.pop()
            if one in self._facts and one not in out:
                out.add(one)
                waiting.extend(self._facts[one].unlock.after)
        return frozenset(out)

    def when(self, condition: Condition | None, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """Facts that are out whenever `condition` holds."""
        if condition is None:
            return frozenset()
        out: frozenset[str] = frozenset()
        if condition.fact:
            out |= self.fact(condition.fact)
        if condition.key_point and condition.key_point in self._points:
            required = self._points[condition.key_point].requires_fact
            out |= self.fact(required) if required else frozenset()
        if condition.objection:
            roads = [self.state(condition.objection, state, seen) for state in condition.state or ()]
            out |= frozenset.intersection(*roads) if roads else frozenset()
        for part in condition.all_of or ():
            out |= self.when(part, seen)
        if condition.any_of:
            out |= frozenset.intersection(*(self.when(part, seen) for part in condition.any_of))
        return out

    def state(self, id: str, state: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """Facts that are out whenever objection `id` is in `state`."""
        if id not in self._objections or f"{id}:{state}" in seen:
            return frozenset()
        objection = self._objections[id]
        seen |= {f"{id}:{state}"}
        raised = self.when(objection.raised_when, seen) if objection.starts == "latent" else frozenset()
        if state == "latent":
            return frozenset()
        if state in ("softened", "acknowledged", "explored", "answered"):
            return raised | self.when(objection.softens_when, seen)
        if state == "resolved":
            return raised | self.when(objection.resolves_when, seen)
        return raised

    def line(self, spot: Spot) -> frozenset[str]:
        """Facts that are out whenever the list of lines at `spot` is used."""
        scenario = self._scenario
        match spot:
            case ("private_facts", int(number), "lines"):
                return self.fact(scenario.private_facts[number].id)
            case ("objections", int(number), "lines", str(state)):
                return self.state(scenario.objections[number].id, state)
            case ("provocations", int(number), *_):
                return self.when(scenario.provocations[number].when)
            case ("endings", str(reason), *_):
                return next(
                    (self.when(e.when) for key, e in scenario.endings.items() if key == reason), frozenset()
                )
            case _:
                return frozenset()


def leaks(scenario: Scenario) -> Iterator[Leak]:
    """Every word that gives a fact away too early."""
    known = Known(scenario)
    told = list(_texts(scenario, known))
    for fact in scenario.private_facts:
        for spot, out, text in told:
            if fact.id not in out:
                for word in fact.leak_words:
                    if says(text, word):
                        yield Leak(spot, fact.id, word)


def _texts(scenario: Scenario, known: Known) -> Iterator[tuple[Spot, frozenset[str], str]]:
    """(spot, facts that are out by then, text) of everything a rep can read or hear before the end."""
    for spot, lines in spoken(scenario):
        out = known.line(spot)
        for index, line in enumerate(lines):
            needed = frozenset[str]().union(*(known.fact(need) for need in line.needs))
            yield (*spot, index), out | needed, line.text
    for number, point in enumerate(scenario.key_points):
        required = known.fact(point.requires_fact) if point.requires_fact else frozenset()
        yield ("key_points", number, "hint"), required, point.hint
    yield ("brief",), frozenset(), scenario.brief.text
    yield ("title",), frozenset(), scenario.title
    yield ("teaser",), frozenset(), scenario.teaser
    for number, claim in enumerate(scenario.fact_sheet):
        yield ("fact_sheet", number), frozenset(), claim.text


def silent_lines(fact: Fact) -> Iterator[int]:
    """Indices of the fact's lines that carry none of its leak words: such a line does not tell the fact for
    sure.
    """
    for index, line in enumerate(fact.lines):
        if fact.leak_words and not any(says(line.text, word) for word in fact.leak_words):
            yield index
