"""How the shelf is picked through: what was chosen, and what can be chosen with how many scenarios behind it."""

from __future__ import annotations

from dataclasses import dataclass

from ui.views.practice import ScenarioCard


@dataclass(frozen=True, slots=True)
class Picked:
    """The filters: ids, empty for any. `recommended` shows what the coach would choose, with its reasons."""

    type: str = ""
    trade: str = ""
    level: str = ""
    recommended: bool = False

    @property
    def any(self) -> bool:
        """Whether any filter is set."""
        return bool(self.type or self.trade or self.level or self.recommended)

    def query(self) -> dict[str, str]:
        """As the page's address says it; empty values are left out there."""
        return {
            "type": self.type,
            "trade": self.trade,
            "level": self.level,
            "pick": "1" if self.recommended else "",
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its id, what people call it, and how many scenarios it would leave."""

    id: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The scenarios that are left, with every filter's choices."""

    cards: tuple[ScenarioCard, ...]
    picked: Picked
    types: tuple[Choice, ...]
    trades: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    recommended: int
