"""Rules: a first opinion about every clause, added up from cues with hand-set weights (rules.yaml)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.reading.offline.evidence import Evidence

_FILE: Final = Path(__file__).with_name("rules.yaml")


@lru_cache(maxsize=1)
def labels() -> tuple[str, ...]:
    """What rules have an opinion about, in the order of the file."""
    return tuple(_raw())


def opinions(evidence: Evidence) -> dict[str, float]:
    """Log-odds of every label for one clause."""
    return dict(zip(labels(), added_up(evidence.cues, evidence.around), strict=True))


@lru_cache(maxsize=8192)
def added_up(cues: frozenset[str], around: frozenset[str]) -> tuple[float, ...]:
    """Log-odds in the order of `labels` for a clause with these cues in a turn with those."""
    totals = list(_biases())
    single, joint = _terms()
    for cue in cues:
        for label, weight in single.get(cue, ()):
            totals[label] += weight
    for cue in around:
        for label, weight in single.get(f"turn:{cue}", ()):
            totals[label] += weight
    for needed, label, weight in joint:
        if needed <= cues:
            totals[label] += weight
    return tuple(totals)


@lru_cache(maxsize=1)
def _raw() -> dict[str, dict[str, float]]:
    import yaml

    raw: dict[str, dict[str, float]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return raw


@lru_cache(maxsize=1)
def _biases() -> tuple[float, ...]:
    return tuple(weights["bias"] for weights in _raw().values())


@lru_cache(maxsize=1)
def _terms() -> tuple[dict[str, list[tuple[int, float]]], list[tuple[frozenset[str], int, float]]]:
    """Terms of one cue by that cue (`turn:` before those of the whole turn), and terms of several cues together."""
    single: dict[str, list[tuple[int, float]]] = {}
    joint: list[tuple[frozenset[str], int, float]] = []
    for label, weights in enumerate(_raw().values()):
        for key, weight in weights.items():
            if "+" in key:
                joint.append((frozenset(key.split("+")), label, weight))
            elif key != "bias":
                single.setdefault(key, []).append((label, weight))
    return single, joint
