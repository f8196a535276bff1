"""Trainees that play a scenario by themselves: bad ones with one fault each, and the expert with the script.

A bot sees what a rep sees, the customer's last lines, and answers with a line or, when it has nothing left,
None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

import yaml

from coach.practice.session import Session
from scenarios.schema import Scenario

BotName = Literal[
    "silent", "lazy", "pushy", "discounter", "pitcher", "parrot", "stuffer", "reciter", "injector", "expert"
]
BOTS: Final[tuple[BotName, ...]] = get_args(BotName)
LONGEST: Final = 40
"""Turns after which a bot gives up and leaves."""

Next = Callable[[int, Sequence[str]], str | None]
"""(rep turns so far, the customer's last lines) -> what the bot says."""


def play(session: Session, bot: BotName) -> Session:
    """The session after the bot has played it to an end; a bot that runs out of words leaves."""
    say = _voice(bot, session.scenario)
    last = [line.text for line in session.open().lines]
    for turn in range(LONGEST):
        words = say(turn, last)
        if words is None:
            break
        result = session.say(words)
        last = [line.text for line in result.lines]
        if result.ended:
            return session
    session.end()
    return session


def _voice(bot: BotName, scenario: Scenario) -> Next:
    """How a bot finds its next line."""
    if bot == "silent":
        return lambda turn, last: ""
    if bot == "parrot":
        return lambda turn, last: " ".join(last)
    if bot == "expert":
        return _in_order([line.say for line in scenario.expert_script])
    if bot == "stuffer":
        return _in_order(_word_heaps(scenario))
    if bot == "reciter":
        return _in_order(_answer_sheet(scenario))
    lines = _lines(scenario.language)[bot]
    return lambda turn, last: lines[turn % len(lines)]


def _in_order(lines: Sequence[str]) -> Next:
    return lambda turn, last: lines[turn] if turn < len(lines) else None


def _word_heaps(scenario: Scenario) -> list[str]:
    """Heaps of the scenario's key words, a few groups a turn."""
    groups = list(scenario.concepts.values())
    glue = "，" if scenario.language == "zh" else ", "
    return [
        glue.join(word for group in groups[i : i + 5] for word in group[:2]) for i in range(0, len(groups), 3)
    ]


def _answer_sheet(scenario: Scenario) -> list[str]:
    """The first example of every key point, five a turn: somebody got hold of the answer sheet."""
    examples = [point.examples[0] for point in scenario.key_points]
    return ["".join(examples[i : i + 5]) for i in range(0, len(examples), 5)] * 2


@lru_cache(maxsize=2)
def _lines(language: str) -> dict[str, list[str]]:
    path = Path(__file__).parent / f"{language}.yaml"
    loaded: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
