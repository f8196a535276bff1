"""Progress of long work, on stderr, in the language of the settings."""

from __future__ import annotations

import typer

from coach.errors import Words


def say_on_stderr(words: Words) -> None:
    """Print one line of progress where it does not disturb the data."""
    from coach.settings import Settings

    typer.echo(words[0 if Settings().language == "zh" else 1], err=True)
