"""kill -9 while somebody practises: every line that was answered is in the log once and in its place, and the talk goes on.

A line under way is there with its answer or not at all. A practice that was ended has its outcome, total and end, or
it is still running; it never stands between the two.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evals.soak import Report
from evals.soak.diaries import first_deeds, killed_somewhere, noted, noting
from evals.soak.lives import LIVES

if TYPE_CHECKING:
    from coach.app import Coach
    from scenarios.schema import Scenario

SCENARIO: Final = "zh-autoparts-quench-oil-tea"
LINES: Final = 7
"""After so many lines the rep leaves."""
DEEDS: Final = 6
"""A life is killed within the time in which an undisturbed one does so much."""
SAID: Final = (
    "您拿哪一家的价在比？",
    "停一小时线，您这边要亏多少？",
    "我理解您嫌贵，我们按停线损失一起算一笔。",
    "那我周三之前把两家的对比发给您。",
    "除了价格，您还担心什么？",
)


def run(rounds: int, seed: int) -> Report:
    """Kill `rounds` times at random moments; a fault is a broken promise."""
    began = time.monotonic()
    chance = random.Random(seed)
    figures: Counter[str] = Counter()
    faults: list[str] = []
    _scenario()
    with tempfile.TemporaryDirectory() as name:
        home, diary = Path(name) / "home", Path(name) / "first.diary"
        longest = first_deeds("practising", home, diary, DEEDS)
        figures["longest life ms"] = round(1000 * longest)
        deeds = list(noted(diary))
        for number in range(rounds):
            diary = Path(name) / f"{number}.diary"
            found = list(killed_somewhere("practising", home, diary, chance, longest, figures))
            deeds += noted(diary)
            faults += [f"round {number}: {fault}" for fault in (*found, *_wrong(home, deeds))]
        figures.update(Counter(f"{deed[0]} done" for deed in deeds if deed[-1]))
        figures["killed under way"] = sum(not deed[-1] for deed in deeds)
    return Report("practice", rounds, seed, time.monotonic() - began, tuple(faults), dict(figures))


def practising_life(home: Path, diary: Path, seed: int) -> None:
    """Go on with the practice that was left, or begin one; say line after line until somebody kills us."""
    from coach.app import open_coach
    from coach.errors import NotFound
    from coach.practice.kept import Clock
    from coach.settings import Settings

    coach = open_coach(Settings(home=home, engine="offline"))
    vars(coach)["shipped"] = {SCENARIO: _scenario()}
    chance, note = random.Random(seed), noting(diary)
    for number in range(100_000):
        try:
            id = coach.practices.find().id
        except NotFound:
            note("begin", f"{seed}.{number}", "", False)
            session = coach.start(SCENARIO, seed=chance.randrange(10**6))
            note("begin", f"{seed}.{number}", coach.keeping.begin(session), True)
            continue
        session = coach.keeping.load(id).session
        if session.state.turns >= LINES:
            note("end", f"{seed}.{number}", id, False)
            session.end()
            coach.keeping.save(id, session, Clock(elapsed=session.state.elapsed))
            note("end", f"{seed}.{number}", id, True)
            continue
        words = f"{chance.choice(SAID)}单号 {seed}.{number}。"
        note("say", f"{seed}.{number}", id, words, False)
        session.say(words, 5.0)
        coach.keeping.save(id, session, Clock(elapsed=session.state.elapsed))
        note("say", f"{seed}.{number}", id, words, True)


LIVES["practising"] = practising_life


@cache
def _scenario() -> Scenario:
    """Read once, before any life is forked: reading all that ship takes longer than most lives."""
    from scenarios.loader import BUILT_IN, load_scenario

    return load_scenario(BUILT_IN / "zh" / f"{SCENARIO}.yaml")


def _wrong(home: Path, deeds: list[list[Any]]) -> Iterator[str]:
    """What a new process finds wrong, given what was said to be done."""
    from coach.app import open_coach
    from coach.settings import Settings

    coach = open_coach(Settings(home=home, engine="offline"))
    try:
        yield from wrong_practices(coach, deeds)
    finally:
        coach.database.close()


def wrong_practices(coach: Coach, deeds: list[list[Any]]) -> Iterator[str]:
    kept = {one.id: one for one in coach.practices.newest(100_000)} if coach.database.is_there else {}
    begun = {deed[2] for deed in deeds if deed[0] == "begin" and deed[-1]}
    under_way = sum(deed[0] == "begin" and not deed[-1] for deed in deeds)
    for id in begun - kept.keys():
        yield f"{id} was begun and is lost"
    if len(kept) > len(begun) + under_way:
        yield f"{len(kept)} practices, and only {len(begun) + under_way} were ever begun"
    said: dict[str, list[tuple[str, bool]]] = {}
    ended: dict[str, bool] = {}
    for act, _, id, *more in deeds:
        if act == "say":
            said.setdefault(id, []).append((more[0], more[-1]))
        if act == "end":
            ended[id] = ended.get(id, False) or more[-1]
    for id, one in kept.items():
        lines = [exchange["text"] for exchange in one.state["exchanges"]]
        sure = [words for words, done in said.get(id, []) if done]
        told = [words for words, done in said.get(id, []) if done or words in lines]
        if lines != told:
            yield f"{id}: {len(lines)} lines, {len(sure)} were answered: {set(sure) ^ set(lines)}"
        if any(not exchange["said"] for exchange in one.state["exchanges"]):
            yield f"{id}: a line without its answer"
        over = (one.ended_at is not None, one.outcome is not None, one.objections is not None)
        if len(set(over)) > 1:
            yield f"{id} is half over: {over}"
        if ended.get(id) and one.ended_at is None:
            yield f"{id} was ended and goes on"
