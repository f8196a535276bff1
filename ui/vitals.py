"""What `/healthz` says: whether this server can do its work now. Words of state only, no names, no figures of people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from coach.app import Coach

State = Literal["ok", "broken"]
_SPACE: Final = 256 << 20
"""Bytes below which a recording may no longer fit."""


class Vitals:
    """The few things without which nothing works; each is looked at in a moment."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self.works: Callable[[], bool] = lambda: True
        """Whether the background work still runs."""

    def look(self) -> dict[str, State]:
        """Each part's state; `status` is broken when any is."""
        parts: dict[str, Callable[[], bool]] = {
            "database": self._database,
            "disk": self._disk,
            "worker": lambda: self.works(),
        }
        found: dict[str, State] = {name: _state(look) for name, look in parts.items()}
        whole: State = "ok" if all(state == "ok" for state in found.values()) else "broken"
        return {"status": whole, **found}

    def _database(self) -> bool:
        from sqlalchemy import text

        if not self._coach.database.is_there:
            return True  # nothing was kept yet
        with self._coach.database.session() as session:
            return bool(session.scalar(text("SELECT 1")) == 1)

    def _disk(self) -> bool:
        home = self._coach.settings.home
        there = next(folder for folder in (home, *home.parents) if folder.exists())
        return os.access(there, os.W_OK) and shutil.disk_usage(there).free > _SPACE


def _state(look: Callable[[], bool]) -> State:
    try:
        return "ok" if look() else "broken"
    except Exception:
        return "broken"
