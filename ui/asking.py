"""Who asks, while a request is being answered. Without accounts nobody is named and the one coach answers.

The name is set around each answer by whoever speaks the protocol (board, routes) and read where it counts: by the
coach that stands in for everybody's, by the upload folder, by the shell that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from coach.accounts.roles import Who
from coach.errors import Refused
from ui.words import WORDS

if TYPE_CHECKING:
    from starlette.types import Scope

    from coach.app import Coach

_KEY: Final = "peipao.asker"


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who was let in, and where what they upload lies until it is taken in."""

    who: Who
    uploads: Path


_ASKER: ContextVar[Asker | None] = ContextVar("asker", default=None)


def asking() -> Asker | None:
    """Who asks now; None without accounts, and where nothing is being answered."""
    return _ASKER.get()


@contextmanager
def asked_by(asker: Asker | None) -> Iterator[None]:
    """Everything inside is done for this person."""
    token = _ASKER.set(asker)
    try:
        yield
    finally:
        _ASKER.reset(token)


def put_on(scope: Scope, asker: Asker) -> None:
    """Write on a request who asks; only the doorkeeper does."""
    scope[_KEY] = asker


def on(scope: object) -> Asker | None:
    """Who asks by this request, None when nobody was let in."""
    found = scope.get(_KEY) if isinstance(scope, dict) else None
    return found if isinstance(found, Asker) else None


class CoachOfWhoeverAsks:
    """Stands where a coach would, and is each time the coach of the person who asks; nobody asking is refused."""

    def __init__(self, house: Coach) -> None:
        self._house = house

    def __getattr__(self, name: str) -> Any:
        from coach.app import OneOfMany

        if name == "settings":
            return self._house.settings
        asker = asking()
        if asker is None:
            raise Refused(WORDS["nobody_asks"], WORDS["nobody_asks_next"])
        return getattr(OneOfMany(self._house, asker.who.person), name)


def coach_of_whoever_asks(house: Coach) -> Coach:
    """The stand-in, for desks that ask a coach."""
    return cast("Coach", CoachOfWhoeverAsks(house))
