"""The card of whoever plays the customer: who they are, what they say, what they hold back, what ends the talk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from coach.errors import Words

if TYPE_CHECKING:
    from scenarios.schema import Scenario

_HEADS: Final[dict[str, Words]] = {
    "who": ("你演谁", "Who you are"),
    "open": ("你先开口，比如", "You open, for instance"),
    "objections": ("你的异议，和话背后的意思", "Your objections, and what is behind them"),
    "facts": ("问到才说的", "Say only when asked"),
    "never": ("怎么问都不说的", "Never say"),
    "red": ("他一碰就翻脸的", "What makes you turn"),
}


def customer_card(scenario: Scenario) -> tuple[tuple[Words, tuple[str, ...]], ...]:
    """(head in zh and en, lines in the scenario's language) of every part there is something to say about."""
    told = [fact for fact in scenario.private_facts if not fact.unlock.never]
    parts = {
        "who": tuple(_people(scenario)),
        "open": tuple(line.text for line in scenario.opening[:2]),
        "objections": tuple(
            " — ".join(part for part in (one.surface, one.true_cause.strip()) if part)
            for one in scenario.objections
        ),
        "facts": tuple(
            " ← ".join(part for part in (fact.statement, next(iter(fact.unlock.like), "")) if part)
            for fact in told
        ),
        "never": tuple(fact.statement for fact in scenario.private_facts if fact.unlock.never),
        "red": tuple(line.statement for line in scenario.red_lines),
    }
    return tuple((_HEADS[key], lines) for key, lines in parts.items() if lines)


def _people(scenario: Scenario) -> Iterator[str]:
    colon = "：" if scenario.language == "zh" else ": "
    for person in scenario.cast:
        told = (person.title, person.background, person.wants, person.fears)
        words = " ".join(part.strip() for part in told if part.strip())
        yield f"{person.name}{colon}{words}" if words else person.name
