"""Commands that take several files: one that fails says why in its own line, and the others go on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import typer

from coach.errors import CoachError
from coach.vocabulary import Language

COULD_NOT: Final = 1
SOME_FAILED: Final = 3


def each_file(
    files: Sequence[Path], one: Callable[[Path], None], *, as_json: bool, language: Language
) -> None:
    """Do `one` for every file. Exits with 1 when no file could be done, 3 when only some could."""
    failed = 0
    for path in files:
        try:
            one(path)
        except CoachError as error:
            failed += 1
            if as_json:
                body = {"file": str(path), "error": error.as_json(language)}
                typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
            else:
                way_on = error.way_on(language)
                typer.echo(
                    f"{path.name}: {error.message(language)}{' → ' + way_on if way_on else ''}", err=True
                )
    if failed:
        raise typer.Exit(COULD_NOT if failed == len(files) else SOME_FAILED)


def day(text: str | None) -> dt.date | None:
    """A day as YYYY-MM-DD; anything else is a wrong call."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r}: YYYY-MM-DD", param_hint="--date") from None


def language(text: str | None) -> Language | None:
    """zh, en or None; anything else is a wrong call."""
    if text in ("zh", "en", None):
        return text  # type: ignore[return-value]
    raise typer.BadParameter("zh | en", param_hint="--lang")
