"""May a scenario be published? Rep bots play it; what they can win, and what slips out, decides.

Refused is a scenario that a bad bot can win or pass, that the expert's script cannot, in which a locked
fact slips out or the customer turns seller, or that its own linter faults. The expert must not be the
author's examples in disguise: the linter compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from coach.practice.bots import BOTS, BotName, play
from coach.practice.guard import fault, leaks
from coach.practice.session import Session
from coach.practice.transcript import Said
from coach.reading.engine import Engine, Move
from coach.vocabulary import Language
from scenarios.schema import Scenario

SEEDS: Final = 5
EXPERT_PASSES: Final = 0.8
"""Share of seeds in which the expert must pass and reach the scenario's best ending."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What one bot got out of a scenario, as shares of the seeds; `total` is the mean of the totals there
    were.
    """

    win: float
    passed: float
    walked_away: float
    total: float | None
    turns: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """The verdict; `reasons` are (zh, en) sentences, empty when it passed."""

    scenario: str
    version: str
    passed: bool
    rates: dict[BotName, Rates]
    leak: float
    inversion: float
    reasons: tuple[tuple[str, str], ...]

    def as_json(self, language: Language) -> dict[str, Any]:
        """The stable object that `coach certify` prints."""
        bots = {
            bot: {
                "win": one.win,
                "pass": one.passed,
                "exit": one.walked_away,
                "total": one.total,
                "turns": one.turns,
            }
            for bot, one in self.rates.items()
        }
        return {
            "scenario": self.scenario,
            "version": self.version,
            "passed": self.passed,
            "rates": {**bots, "leak": self.leak, "inversion": self.inversion},
            "reasons": [zh if language == "zh" else en for zh, en in self.reasons],
        }


def certify(
    scenario: Scenario,
    engine: Engine,
    *,
    seeds: Sequence[int] = range(SEEDS),
    faults: int = 0,
    told: Callable[[BotName, int], None] | None = None,
) -> Certificate:
    """Let every bot play the scenario once a seed. `faults` is how many the linter found in its file.

    `told` hears before each talk which bot plays it and how many talks are over.
    """
    rates: dict[BotName, Rates] = {}
    lines = leaked = inverted = done = 0
    stumbles: list[tuple[str, str]] = []
    for bot in BOTS:
        if bot == "expert" and not scenario.expert_script:
            continue
        played = []
        for seed in seeds:
            if told:
                told(bot, done)
            played.append(play(Session(scenario, engine, seed=seed), bot))
            done += 1
        if bot == "expert":
            stumbles = list(_stumbles(scenario, played))
        rates[bot] = _rates(scenario, bot, played)
        for session in played:
            said, slipped, sold = _slips(session)
            lines, leaked, inverted = lines + said, leaked + slipped, inverted + sold
    reasons = list(_reasons(scenario, rates, faults))
    if _fails(rates.get("expert")):
        reasons.extend(stumbles)
    if leaked:
        reasons.append(
            (f"有 {leaked} 句把锁着的事实说了出去。", f"{leaked} line(s) gave a locked fact away.")
        )
    if inverted:
        reasons.append(
            (f"有 {inverted} 句客户说成了销售。", f"In {inverted} line(s) the customer turned seller.")
        )
    share = 1 / max(1, lines)
    return Certificate(
        scenario.id,
        scenario.version,
        not reasons,
        rates,
        round(leaked * share, 4),
        round(inverted * share, 4),
        tuple(reasons),
    )


def _rates(scenario: Scenario, bot: BotName, played: Sequence[Session]) -> Rates:
    count = len(played)
    scores = [session.score() for session in played]
    totals = [score.total for score in scores if score.total is not None]
    won = scenario.best_ending if bot == "expert" else "advanced"
    return Rates(
        win=round(sum(session.ended == won for session in played) / count, 2),
        passed=round(sum(score.outcome == "pass" for score in scores) / count, 2),
        walked_away=round(sum(session.ended == "walked_away" for session in played) / count, 2),
        total=round(sum(totals) / len(totals), 1) if totals else None,
        turns=round(sum(session.state.turns for session in played) / count, 1),
    )


def _reasons(scenario: Scenario, rates: dict[BotName, Rates], faults: int) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if faults:
        found.append((f"内容检查有 {faults} 处错。", f"The content check found {faults} fault(s)."))
    for bot, one in rates.items():
        if bot == "expert":
            continue
        if one.win > 0 or one.passed > 0:
            found.append(
                (
                    f"{bot} 机器人能赢（谈成 {one.win:.0%}，及格 {one.passed:.0%}）。",
                    f"The {bot} bot can win (advanced {one.win:.0%}, passed {one.passed:.0%}).",
                )
            )
    expert = rates.get("expert")
    if expert is None:
        found.append(
            ("没有高手台词，证明不了练得成。", "There is no expert script, so nothing shows it can be done.")
        )
    elif _fails(expert):
        found.append(
            (
                f"高手也过不了（到达最好结局 {expert.win:.0%}，及格 {expert.passed:.0%}）。",
                f"The expert does not make it (best ending {expert.win:.0%}, passed {expert.passed:.0%}).",
            )
        )
    return found


def _fails(expert: Rates | None) -> bool:
    """Whether there was an expert who did not make it often enough."""
    return expert is not None and min(expert.passed, expert.win) < EXPERT_PASSES


def _stumbles(scenario: Scenario, played: Sequence[Session]) -> Iterator[tuple[str, str]]:
    """Lines of the script that did not do, in any talk, what the script says they do: the author's next
    task.
    """
    for number, line in enumerate(scenario.expert_script, 1):
        heard = [session.state.heard[number - 1] for session in played if session.state.turns >= number]
        said = [session.log.exchanges[number - 1].said for session in played if session.state.turns >= number]
        if not heard:
            continue
        for id in line.unlocks:
            if not any(one.fact == id for lines in said for one in lines):
                yield f"高手第 {number} 句没问出 {id}。", f"Line {number} of the expert does not free {id}."
        for id in line.covers:
            if not any(id in one.won for one in heard):
                yield f"高手第 {number} 句没得到 {id}。", f"Line {number} of the expert does not earn {id}."


def _slips(session: Session) -> tuple[int, int, int]:
    """(customer lines, lines that leak, lines that sell) of one session."""
    scenario = session.scenario
    known: set[str] = set()
    lines = leaked = sold = 0
    said: list[Said] = [*session.log.opening]
    for exchange in session.log.exchanges:
        said.extend(exchange.said)
    for one in (*said, *session.log.closing):
        if one.fact:
            known.add(one.fact)
        secrets = [
            word for fact in scenario.private_facts if fact.id not in known for word in fact.leak_words
        ]
        move = Move(one.kind, one.authored, one.who)
        lines += 1
        leaked += leaks(one.text, secrets) is not None
        sold += fault(one.text, move, scenario.language) == "inversion"
    return lines, leaked, sold
