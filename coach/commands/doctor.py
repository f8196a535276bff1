"""`coach doctor`: names engine, models, database and index, says what is broken and how to mend it."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def doctor(
        fix: Annotated[
            bool,
            typer.Option(
                "--fix", help="先把能修的修好，不丢东西 · First mend what can be mended; nothing is lost."
            ),
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="一个 JSON 对象 · One JSON object.")] = False,
    ) -> None:
        """查一遍：引擎、模型、数据库、索引 · Is everything in order. Exit code 1 when something is broken."""
        from rich.console import Console

        from coach.app import open_coach
        from coach.health import examine

        coach = open_coach()
        side = 0 if coach.settings.language == "zh" else 1
        if fix:
            from coach.keeping.upkeep import mend

            for done in mend(coach.settings, coach.database, coach.library):
                typer.echo(done[side], err=True)
        findings = list(examine(coach))
        broken = any(finding.status == "broken" for finding in findings)
        if as_json:
            checks = [
                {"name": f.name, "status": f.status, "message": f.message[side], "fix": f.fix[side]}
                for f in findings
            ]
            typer.echo(
                json.dumps({"ok": not broken, "checks": checks}, ensure_ascii=False, separators=(",", ":"))
            )
        else:
            console = Console()
            signs = {"ok": "[green]✓[/]", "note": "[yellow]·[/]", "broken": "[red]✗[/]"}
            for finding in findings:
                console.print(f"{signs[finding.status]} {finding.name:<10}", end="")
                console.print(finding.message[side], markup=False, highlight=False)
                if finding.fix[side]:
                    console.print(f"             → {finding.fix[side]}", markup=False, highlight=False)
        if broken:
            raise typer.Exit(1)
