"""Verdicts: the trained weights that turn signals into how sure a yes is, and the band in which nothing is scored.

Checks that every scenario has (the rubric's) were marked turn by turn in dialogues and have weights of their own, which
lean on the common ones; a scenario's own points share those.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from coach.errors import Broken
from coach.reading.offline.signals import NAMES

ARTEFACT: Final = Path(__file__).parent / "artefacts" / "verdicts-1.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a signal; from `sure` on a yes (`sure_harm` for red lines), between `doubt` and that not scored."""

    weights: tuple[float, ...]
    doubt: float
    sure: float
    sure_harm: float

    def probability(self, values: Sequence[float]) -> float:
        """0..1 for the values of `signals.NAMES`."""
        total = sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The common weights, and those of checks that have their own, by id."""

    common: Weights
    own: Mapping[str, Weights]

    def of(self, check: str) -> Weights:
        """The weights of the check with this id."""
        return self.own.get(check, self.common)


@lru_cache(maxsize=1)
def verdict_weights(artefact: Path = ARTEFACT) -> Verdicts:
    """The shipped weights (Broken when the file is damaged or missing)."""
    try:
        raw = json.loads(artefact.read_text(encoding="utf-8"))
        return Verdicts(_weights(raw), {check: _weights(own) for check, own in raw["own"].items()})
    except (OSError, KeyError, ValueError) as error:
        raise Broken(
            ("离线判定模型的文件坏了或不见了。", "The offline verdict model's file is damaged or missing."),
            ("重新安装陪跑。", "Install the coach again."),
        ) from error


def _weights(raw: Mapping[str, Any]) -> Weights:
    weights = tuple(float(raw["weights"].get(name, 0.0)) for name in NAMES)
    return Weights(weights, float(raw["doubt"]), float(raw["sure"]), float(raw["sure_harm"]))
