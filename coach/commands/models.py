"""`coach models`: which Whisper models are here, which one listens, and fetching one when asked to."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `coach models list|pull`."""
    group = typer.Typer(help="听写模型 · Whisper models.", no_args_is_help=True)

    @group.command("list")
    def list_models(
        as_json: Annotated[bool, typer.Option("--json", help="每行一个对象 · One object a line.")] = False,
    ) -> None:
        """这台机器上有哪些、用哪个 · What is here, and which one listens."""
        from rich.console import Console
        from rich.table import Table

        from coach.app import open_coach
        from coach.speech.models import NAMES, faults, find, installed

        settings = open_coach().settings
        zh = settings.language == "zh"
        here = installed(settings)
        chosen = find(settings)
        if chosen not in here:
            here.insert(0, chosen)
        rows = [
            {
                "name": model.name,
                "here": True,
                "in_use": model == chosen,
                "megabytes": round(model.size / 1e6, 1),
                "state": (faults(model.folder)[0][0 if zh else 1] if faults(model.folder) else "ok"),
            }
            for model in here
        ]
        names = {model.name for model in here}
        rows += [
            {"name": name, "here": False, "in_use": False, "megabytes": None, "state": ""}
            for name in NAMES
            if name not in names
        ]
        if as_json:
            for row in rows:
                typer.echo(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
            return
        table = Table(box=None)
        for column in ("", "模型" if zh else "model", "MB", "状态" if zh else "state"):
            table.add_column(column)
        for row in rows:
            absent = f"coach models pull {row['name']}"
            state = row["state"] if row["here"] else absent
            if row["name"] == "demo":
                state = "只听得懂样例录音" if zh else "understands the sample recordings only"
            size = str(row["megabytes"]) if row["here"] else "–"
            table.add_row("→" if row["in_use"] else "", str(row["name"]), size, str(state))
        Console().print(table)

    @group.command()
    def pull(name: Annotated[str, typer.Argument(help="small, medium, large-v3 …")] = "small") -> None:
        """联网取一个模型，能续传 · Fetch a model from the hub once; an interrupted fetch goes on."""
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TransferSpeedColumn

        from coach.app import open_coach
        from coach.speech.pull import pull as fetch

        settings = open_coach().settings
        console = Console(stderr=True)
        with Progress(
            "{task.description}", BarColumn(), DownloadColumn(), TransferSpeedColumn(), console=console
        ) as bar:
            task = bar.add_task(name, total=None)
            model = fetch(
                name, settings, lambda done, total: bar.update(task, completed=done, total=total or None)
            )
        typer.echo(str(model.folder))

    app.add_typer(group, name="models")
