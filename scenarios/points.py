"""Are a scenario's key points, red lines and expert script sound? What is asked of them can be told from
the file alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from coach.located import Fault, Spot
from scenarios.condition import Topics
from scenarios.loader import Source
from scenarios.piece import NearMiss
from scenarios.rubric import SCENARIO_POINTS
from scenarios.schema import Scenario
from scenarios.wording import bare, length, plain, says_all

SHARED_RUN: Final = {"zh": 8, "en": 4}
"""Characters (zh) or words (en) in a row that an expert's script may not share with the examples."""
LONGEST_EXAMPLE: Final = 60
LONGEST_EXPERT: Final = {"zh": 80, "en": 100}


def point_faults(scenario: Scenario, source: Source) -> Iterator[Fault]:
    """Faults of key points, red lines and the expert script."""
    where = source.located
    total = sum(point.weight for point in scenario.key_points)
    if abs(total - SCENARIO_POINTS) > 0.05:
        yield where.fault(
            ("key_points",),
            f"要点权重合计 {total:g}，应为 {SCENARIO_POINTS}",
            f"the key points weigh {total:g} together, not {SCENARIO_POINTS}",
        )
    for number, point in enumerate(scenario.key_points):
        spot: Spot = ("key_points", number)
        if len(point.examples) < 2:
            yield where.fault(spot, "至少写两句示例", "two examples at least")
        yield from _wording(scenario, source, spot, point.concepts, point.examples, point.near_misses)
        yield from _hint(scenario, source, number)
    for number, line in enumerate(scenario.red_lines):
        if ("red_lines", number) in where.lines:
            spot = ("red_lines", number)
            yield from _wording(scenario, source, spot, line.concepts, line.examples, ())
            if not line.lines:
                yield where.fault(spot, "红线没有客户的反应台词", "the red line has no reaction")
    yield from _expert(scenario, source)


def _wording(
    scenario: Scenario,
    source: Source,
    spot: Spot,
    concepts: Topics,
    examples: Sequence[str],
    near_misses: Sequence[NearMiss],
) -> Iterator[Fault]:
    """Examples hit every group; one near-miss does too, else the groups alone would decide."""
    groups = scenario.topics(concepts)
    where = source.located
    for index, example in enumerate(examples):
        missing = [
            " / ".join(entry)
            for entry, group in zip(concepts, groups, strict=True)
            if not says_all(example, [group])
        ]
        if missing:
            yield where.fault(
                (*spot, "examples", index),
                f"示例没碰到概念：{'、'.join(missing)}",
                f"the example misses {', '.join(missing)}",
            )
        if length(example) > LONGEST_EXAMPLE:
            yield where.note((*spot, "examples", index), "示例太长，说不出口", "too long to be said aloud")
    if groups and near_misses and not any(says_all(miss.text, groups) for miss in near_misses):
        yield where.fault(
            (*spot, "near_misses"),
            "至少一句反例要碰到全部概念，否则只靠词就能判",
            "one near-miss at least must hit every concept, else words alone decide",
        )
    if not near_misses and spot[0] == "key_points":
        yield where.note(spot, "没有反例", "no near-miss")


def _hint(scenario: Scenario, source: Source, number: int) -> Iterator[Fault]:
    """A hint that would itself free a fact sells too much."""
    point = scenario.key_points[number]
    for fact in scenario.private_facts:
        for asked in fact.unlock.asked:
            groups = scenario.topics(asked.about)
            if point.hint and groups and says_all(point.hint, groups):
                yield source.located.fault(
                    ("key_points", number, "hint"),
                    f"提示里的词就能问出 {fact.id}",
                    f"the words of the hint would free {fact.id}",
                )


def _expert(scenario: Scenario, source: Source) -> Iterator[Fault]:
    where = source.expert or source.located
    examples = [(point.id, example) for point in scenario.key_points for example in point.examples]
    examples += [(id, example) for id, ways in scenario.ways.items() for example in ways.examples]
    for number, line in enumerate(scenario.expert_script):
        if length(line.say) > LONGEST_EXPERT[scenario.language]:
            yield where.note(("expert_script", number), "高手台词太长", "the expert's line is too long")
        for id, example in examples:
            run = shared_run(line.say, example, SHARED_RUN[scenario.language], scenario.language)
            if run:
                yield where.fault(
                    ("expert_script", number),
                    f"和 {id} 的示例连着一样：“{run}”，证书就成了自己考自己",
                    f"shares “{run}” with an example of {id}: the certificate would prove string matching",
                )


def shared_run(one: str, other: str, size: int, language: str) -> str:
    """The first run of `size` characters (zh) or words (en) that both texts hold; empty when there is
    none.
    """
    if language == "zh":
        a, b = bare(one), bare(other)
        return next((a[i : i + size] for i in range(len(a) - size + 1) if a[i : i + size] in b), "")
    words = re.findall(r"[a-z0-9']+", plain(one))
    text = " ".join(re.findall(r"[a-z0-9']+", plain(other)))
    runs = (" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
    return next((run for run in runs if f" {run} " in f" {text} "), "")
