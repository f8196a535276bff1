"""The score of a practice: pure arithmetic over the ledger. No model ever writes a number.

total = points proved / points that could be scored × 100, less the hints that were bought. Items
the engine could not decide are left out of both; with fewer than the rubric's `scored_at_least`
points left there is no total. A crossed red line fails whatever the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from coach.practice.checks import Item, Ledger
from coach.practice.composure import Composure
from coach.reading.engine import Finding, Verdict
from coach.vocabulary import DIMENSIONS, Dimension, InformationKind
from scenarios.rubric import Rubric
from scenarios.schema import Scenario

Outcome = Literal["pass", "fail", "not_scored"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One scored item with its words; `reason` says why something is not scored."""

    item: Item
    finding: Finding

    @property
    def verdict(self) -> Verdict:
        """yes, no or not_scored."""
        return self.finding.verdict


@dataclass(frozen=True, slots=True)
class Missing:
    """Information the customer had and the rep did not get."""

    id: str
    kind: InformationKind
    statement: str


@dataclass(frozen=True, slots=True)
class Score:
    """The whole result; `dimensions` holds 0-100 or None where nothing could be scored."""

    outcome: Outcome
    total: int | None
    reason: str
    checks: tuple[CheckResult, ...]
    red_lines: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    composure: Composure
    dimensions: dict[Dimension, int | None]
    hint_cost: float
    pass_mark: float
    engine: str
    scenario: str
    scenario_version: str
    rubric_version: str

    def as_json(self, file: str | None = None) -> dict[str, Any]:
        """The stable object that commands print."""
        return {
            "file": file,
            "outcome": self.outcome,
            "total": self.total,
            "reason": self.reason,
            "checks": [
                {
                    "id": one.item.id,
                    "dimension": one.item.dimension,
                    "weight": one.item.weight,
                    "verdict": one.finding.verdict,
                    "quote": one.finding.quote,
                    "turn": one.finding.turn,
                    "start": one.finding.start,
                    "end": one.finding.end,
                    "tip": one.item.tip,
                }
                for one in self.checks
            ],
            "red_lines": [
                {"id": one.check, "quote": one.quote, "turn": one.turn, "start": one.start, "end": one.end}
                for one in self.red_lines
            ],
            "missing": [{"id": one.id, "kind": one.kind, "statement": one.statement} for one in self.missing],
            "composure": {
                "index": self.composure.index,
                "signals": [
                    {"id": one.id, "turn": one.turn, "result": one.result, "quote": one.quote}
                    for one in self.composure.signals
                ],
            },
            "engine": self.engine,
            "scenario": self.scenario,
            "scenario_version": self.scenario_version,
            "rubric_version": self.rubric_version,
        }


def score(
    scenario: Scenario,
    rubric: Rubric,
    items: Sequence[Item],
    ledger: Ledger,
    composure: Composure,
    *,
    facts: Sequence[str],
    hint_cost: float = 0,
    engine: str = "",
    rep_turns: int = 1,
) -> Score:
    """The score of what is in the ledger. `rep_turns` is 0 when the rep never spoke: then nothing is
    scored.
    """
    checks = tuple(CheckResult(item, ledger.verdict(item.id)) for item in items if item.kind != "red_line")
    red = tuple(
        ledger.verdict(item.id) for item in items if item.kind == "red_line" and ledger.proved(item.id)
    )
    unsure = [check for check in checks if check.verdict == "not_scored"]
    total, scored = _total(checks, hint_cost)
    zh = scenario.language == "zh"
    outcome: Outcome
    if rep_turns == 0:
        outcome, total, reason = (
            "not_scored",
            None,
            "你还没开口，没有可评的。" if zh else "You said nothing, so nothing is scored.",
        )
    elif red:
        outcome = "fail"
        crossed = (
            "；".join(_statement(items, one) for one in red)
            if zh
            else "; ".join(_statement(items, one) for one in red)
        )
        reason = f"碰了红线：{crossed}" if zh else f"Crossed a red line: {crossed}"
    elif scored < rubric.scored_at_least:
        outcome, total = "not_scored", None
        why = unsure[0].finding.reason if unsure else ""
        reason = (
            f"有 {len(unsure)} 项判不了，只剩 {scored:g} 分可评，不出总分。{why}"
            if zh
            else f"{len(unsure)} checks could not be decided; only {scored:g} points are left to score. {why}"
        ).strip()
    else:
        assert total is not None
        outcome = "pass" if total >= rubric.pass_mark else "fail"
        reason = (
            f"{total} 分，及格线 {rubric.pass_mark:g}。"
            if zh
            else f"{total} points; the pass mark is {rubric.pass_mark:g}."
        )
    if red and scored < rubric.scored_at_least:
        total = None
    return Score(
        outcome,
        total,
        reason,
        checks,
        red,
        missing(scenario, facts),
        composure,
        dimension_values(checks),
        hint_cost,
        rubric.pass_mark,
        engine,
        scenario.id,
        scenario.version,
        f"{rubric.id}/{rubric.version}",
    )


def missing(scenario: Scenario, facts: Sequence[str]) -> tuple[Missing, ...]:
    """What was there to be learned and was not; facts that are never told are nobody's miss."""
    return tuple(
        Missing(fact.id, fact.kind, fact.statement)
        for fact in scenario.private_facts
        if fact.id not in facts and not fact.unlock.never
    )


def dimension_values(checks: Sequence[CheckResult]) -> dict[Dimension, int | None]:
    """0-100 for each dimension; None where no check could be scored."""
    values: dict[Dimension, int | None] = {}
    for dimension in DIMENSIONS:
        mine = [check for check in checks if check.item.dimension == dimension]
        values[dimension] = _total(mine, 0)[0]
    return values


def total_of(checks: Sequence[CheckResult], cost: float) -> int | None:
    """0-100 over these checks alone; None where none of them could be scored."""
    return _total(checks, cost)[0]


def _total(checks: Sequence[CheckResult], cost: float) -> tuple[int | None, float]:
    """(0-100 or None, points that could be scored)."""
    decided = [check for check in checks if check.verdict != "not_scored"]
    scored = sum(check.item.weight for check in decided)
    if not scored:
        return None, 0
    proved = sum(check.item.weight for check in decided if check.verdict == "yes")
    return round(max(0.0, 100 * proved / scored - cost)), scored


def _statement(items: Sequence[Item], finding: Finding) -> str:
    return next(item.name for item in items if item.id == finding.check).rstrip("。.")
