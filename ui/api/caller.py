"""Who calls: the coach of that person, and the language for words."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from coach.app import Coach, OneOfMany
from coach.vocabulary import Language
from ui.api.errors import language_of
from ui.asking import Asker, on

if TYPE_CHECKING:
    from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Caller:
    """`coach` is this person's; `asker` is None on one's own machine, where there are no accounts."""

    coach: Coach
    language: Language
    asker: Asker | None


def caller(request: Request) -> Caller:
    """Whoever the doorkeeper let in; without accounts the machine's own person."""
    asker, state = on(request.scope), request.app.state
    if asker is None and state.guarded:
        raise HTTPException(401)
    coach = OneOfMany(state.house, asker.who.person) if asker else state.house
    return Caller(coach, language_of(request), asker)


Here = Annotated[Caller, Depends(caller)]
"""A parameter of a route: who calls."""


@contextmanager
def laid_down(sent: BinaryIO | str, name: str) -> Iterator[Path]:
    """What was sent as a file for as long as the block lasts, named safely; its ending is kept."""
    import re
    import shutil

    ending = re.sub(r"[^.A-Za-z0-9]", "", Path(name.replace("\x00", "")).suffix)[:10]
    with tempfile.TemporaryDirectory(prefix="peipao-") as folder:
        path = Path(folder) / f"upload{ending}"
        if isinstance(sent, str):
            path.write_text(sent, encoding="utf-8")
        else:
            with path.open("wb") as file:
                shutil.copyfileobj(sent, file, 1 << 20)
        yield path
