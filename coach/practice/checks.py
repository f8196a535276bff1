"""What is scored: a scenario's key points and red lines and the rubric's generic checks, as the engine's
questions.

The ledger keeps, turn by turn, what was proved with which words. It asks the engine only about the newest
rep turn and only what is still open, so the live score and the report are one and the same count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from coach.conversation import Conversation
from coach.practice.harm import BEYOND_DOUBT, SURE_ENOUGH_TO_FAIL, acts_of, borne_out
from coach.reading.engine import Check, Engine, Finding, NearMiss, Reading
from coach.vocabulary import HARMFUL_ACTS, Dimension
from scenarios.piece import NearMisses, Ways
from scenarios.rubric import Rubric
from scenarios.schema import Scenario
from scenarios.wording import length, nearest

PER_TURN: Final = 2
"""Key points, and generic checks, that one rep turn can earn: more at once is recital, not conversation."""
PER_SPEECH: Final = 1
"""The same for a speech that nobody can listen to."""
THIN: Final = 6
"""Weight below which words take nothing in: Chinese characters count one, English words two."""
_TAKING_IN: Final = frozenset({"acknowledge", "restate"})
LIKE_AN_EXAMPLE: Final = 0.5
"""Nearness to an example that a red line without words or harmful acts of its own needs."""
ANSWERS: Final = frozenset({"offer_solution", "quantify", "prove", "trade", "concede_price"})
"""Acts that answer an objection."""

NO_MORE: Final = Ways()

Kind = Literal["key_point", "generic", "red_line"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is scored, and when it may be."""

    id: str
    kind: Kind
    check: Check
    name: str
    weight: float = 0
    dimension: Dimension | None = None
    hint: str = ""
    tip: str = ""
    requires_fact: str | None = None
    after_objection: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rep turn met: facts that were out before it, whether an objection had been raised by then."""

    facts: frozenset[str] = frozenset()
    objection_raised: bool = True


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known about every item so far; a yes stays a yes, a red line stays crossed."""

    findings: dict[str, Finding] = field(default_factory=dict)

    def verdict(self, id: str) -> Finding:
        """The finding of an item; no when nothing was ever found."""
        return self.findings.get(id) or Finding(id, "no")

    def proved(self, id: str) -> bool:
        """Whether it stands as yes."""
        return self.verdict(id).verdict == "yes"


def items_of(scenario: Scenario, rubric: Rubric) -> tuple[Item, ...]:
    """Everything that is scored in this scenario, key points first."""
    language = scenario.language
    points = [
        Item(
            point.id,
            "key_point",
            Check(
                point.id,
                point.statement,
                language,
                acts=point.acts,
                concepts=scenario.topics(point.concepts),
                examples=(*point.examples, *ways.examples),
                near_misses=_near((*point.near_misses, *ways.near_misses)),
            ),
            point.statement,
            point.weight,
            point.dimension,
            point.hint,
            point.tip,
            point.requires_fact,
        )
        for point in scenario.key_points
        for ways in (scenario.ways.get(point.id, NO_MORE),)
    ]
    generic = []
    for one in rubric.checks:
        words = one.words(language)
        generic.append(
            Item(
                one.id,
                "generic",
                Check(
                    one.id,
                    words.statement,
                    language,
                    acts=one.acts,
                    concepts=words.concepts,
                    examples=words.examples,
                    near_misses=_near(words.near_misses),
                    specific=one.specific,
                ),
                words.name,
                one.weight,
                one.dimension,
                words.hint,
                words.tip,
                after_objection=one.after == "objection",
            )
        )
    red = [
        Item(
            line.id,
            "red_line",
            Check(
                line.id,
                line.statement,
                language,
                acts=line.acts,
                concepts=scenario.topics(line.concepts),
                examples=line.examples,
                near_misses=_near(line.near_misses),
            ),
            line.statement,
        )
        for line in scenario.red_lines
    ]
    return (*points, *generic, *red)


def open_items(items: Iterable[Item], ledger: Ledger, scene: Scene) -> list[Item]:
    """The items that the coming rep turn can still change."""
    return [
        item
        for item in items
        if not ledger.proved(item.id)
        and (item.requires_fact is None or item.requires_fact in scene.facts)
        and not (item.after_objection and not scene.objection_raised)
    ]


def ask(engine: Engine, items: Sequence[Item], talk: Conversation) -> list[Finding]:
    """The engine's findings about the last turn of `talk`, in the items' order.

    Each kind is asked on its own, so that a limit an engine sets on one kind never hides a red line.
    """
    kinds = [
        [replace(item.check, from_turn=talk.turns[-1].number) for item in items if item.kind == kind]
        for kind in ("key_point", "generic", "red_line")
    ]
    asked = [checks for checks in kinds if checks]
    answered = engine.answer_each(asked, talk)
    found = {
        check.id: finding
        for checks, findings in zip(asked, answered, strict=True)
        for check, finding in zip(checks, findings, strict=True)
    }
    return [found[item.id] for item in items]


def enter(
    ledger: Ledger,
    items: Sequence[Item],
    findings: Sequence[Finding],
    talk: Conversation,
    readings: Sequence[Reading],
    most: int = PER_TURN,
) -> tuple[Ledger, list[Finding]]:
    """The ledger after one rep turn, and the findings of it that count.

    A yes needs its exact words in the last turn of `talk`; a red line also needs one of its acts among the
    turn's `readings`. At most `most` of a kind count.
    """
    turn = talk.turns[-1]
    labels = acts_of(readings, sure=SURE_ENOUGH_TO_FAIL)
    by_weight = sorted(zip(items, findings, strict=True), key=lambda pair: -pair[0].weight)
    earned: dict[Kind, int] = {}
    counted: list[Finding] = []
    unsure: list[Finding] = []
    for item, answered in by_weight:
        finding = answered if answered.verdict == "yes" else plain_harm(item, readings) or answered
        if finding.verdict == "not_scored":
            unsure.append(finding)
        if finding.verdict != "yes" or not _stands(finding, turn.number, turn.text):
            continue
        if item.kind == "red_line":
            if not _crosses(item.check, finding, labels):
                continue
        elif earned.get(item.kind, 0) >= most or _too_thin(item.check, finding):
            continue
        earned[item.kind] = earned.get(item.kind, 0) + 1
        counted.append(finding)
    known = dict(ledger.findings)
    for finding in unsure:
        known.setdefault(finding.check, finding)
    for finding in counted:
        known[finding.check] = finding
    return Ledger(known), counted


def _too_thin(check: Check, finding: Finding) -> bool:
    """Whether a nod ("您说得对", "I see") passes for taking something in or saying it back."""
    return bool(check.acts) and set(check.acts) <= _TAKING_IN and length(finding.quote) < THIN


def plain_harm(item: Item, readings: Sequence[Reading]) -> Finding | None:
    """A red line that consists of a harmful act alone is also crossed where that act was read beyond
    doubt.
    """
    if item.kind != "red_line" or item.check.concepts or not _only_harm(item.check):
        return None
    for one in readings:
        if one.label in item.check.acts and borne_out(one, readings, sure=BEYOND_DOUBT):
            return Finding(item.id, "yes", one.quote, one.turn, one.start, one.end)
    return None


def _only_harm(check: Check) -> bool:
    return bool(check.acts) and set(check.acts) <= set(HARMFUL_ACTS)


def _crosses(check: Check, finding: Finding, labels: Collection[str]) -> bool:
    """Whether a yes on a red line is beyond doubt: it fails a practice, so words and act must both speak.

    One of its acts must be read in the turn; a red line that is told neither by a harmful act nor by words
    of its own must be worded like one of its examples.
    """
    if check.acts and not set(check.acts) & set(labels):
        return False
    return (
        _only_harm(check) or bool(check.concepts) or nearest(finding.quote, check.examples) >= LIKE_AN_EXAMPLE
    )


def _stands(finding: Finding, number: int, text: str) -> bool:
    """Whether a yes points at exact words of the turn that was asked about."""
    return (
        finding.turn == number
        and finding.start is not None
        and finding.end is not None
        and bool(finding.quote.strip())
        and text[finding.start : finding.end] == finding.quote
    )


def _near(misses: NearMisses) -> tuple[NearMiss, ...]:
    return tuple(NearMiss(miss.text, miss.why) for miss in misses)
