"""Rules: a first opinion about every clause, added up from cues with hand-set weights (rules.yaml)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.reading.offline.evidence import Evidence

_FILE: Final = Path(__file__).with_name("rules.yaml")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[float, tuple[tuple[tuple[str, ...], bool, float], ...]]]:
    """label -> (bias, ((cues that must all hold, looked for in the whole turn?, weight) …))."""
    import yaml

    raw: dict[str, dict[str, float]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    table = {}
    for label, weights in raw.items():
        terms = tuple(
            (tuple(key.removeprefix("turn:").split("+")), key.startswith("turn:"), weight)
            for key, weight in weights.items()
            if key != "bias"
        )
        table[label] = (weights["bias"], terms)
    return table


def labels() -> tuple[str, ...]:
    """The labels that rules speak about, in the order of the file."""
    return tuple(_table())


def opinions(evidence: Evidence) -> dict[str, float]:
    """Log-odds of every label for one clause."""
    result = {}
    for label, (bias, terms) in _table().items():
        total = bias
        for needed, in_turn, weight in terms:
            present = evidence.around if in_turn else evidence.cues
            if all(cue in present for cue in needed):
                total += weight
        result[label] = total
    return result
