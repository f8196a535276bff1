"""Long trials: each has `run(rounds, seed) -> Report` and is run by `make soak`, few rounds of it by the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Report:
    """What a trial found. `faults` says of each broken promise what was done and what happened; none is a pass."""

    name: str
    rounds: int
    seed: int
    seconds: float
    faults: tuple[str, ...] = ()
    figures: Mapping[str, str | int | float] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether every promise was kept."""
        return not self.faults
