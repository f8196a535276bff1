"""`coach read FILE…`: every reading of every turn, for people who want to see what the engine saw."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.conversation import Conversation
    from coach.reading.engine import Readings


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("read")(read)


def read(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="录音或文字稿。Recordings or transcripts.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """逐句读出：谁说的哪几个字是什么意思。Every reading of every turn."""
    from coach.app import open_coach
    from coach.commands.each_file import each_file

    coach = open_coach()

    def one(path: Path) -> None:
        talk = coach.hear(path).conversation
        readings = coach.engine.read(talk)
        if as_json:
            typer.echo(_json(path, talk, readings))
        else:
            _page(path, talk, readings)

    each_file(files, one, as_json=as_json, language=coach.settings.language)


def _json(path: Path, talk: Conversation, readings: Readings) -> str:
    """The contract of `coach read --json`."""
    turns = [
        {
            "turn": turn.number,
            "speaker": turn.speaker,
            "role": readings.roles.get(turn.speaker),
            "readings": [
                {
                    "label": reading.label,
                    "type": reading.type,
                    "quote": reading.quote,
                    "start": reading.start,
                    "end": reading.end,
                    "p": reading.p,
                }
                for reading in readings.of(turn.number)
            ],
        }
        for turn in talk.turns
    ]
    return json.dumps({"file": str(path), "turns": turns}, ensure_ascii=False, separators=(",", ":"))


def _page(path: Path, talk: Conversation, readings: Readings) -> None:
    from rich.console import Console
    from rich.text import Text

    from coach.vocabulary import name

    console = Console(highlight=False)
    console.print(Text(str(path), style="bold"))
    for turn in talk.turns:
        console.print(Text(f"{turn.number:>3} {turn.speaker}: {turn.text}"))
        for reading in readings.of(turn.number):
            kind = f" · {name(reading.type, talk.language)}" if reading.type else ""
            label = name(reading.label, talk.language)
            console.print(Text(f"      {label}{kind}  “{reading.quote}”  {reading.p:.2f}", style="dim"))
    console.print()
