"""`coach report export`: a finished practice's report as a file that one keeps; it is drawn by the pages' own parts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(no_args_is_help=True, help="练习报告写成文件。Reports of practices as files.")
    group.callback()(_group)
    group.command("export")(export_report)
    app.add_typer(group, name="report")


def _group() -> None:
    """练习报告写成文件。Reports of practices as files."""


def export_report(
    practice: Annotated[
        str, typer.Argument(metavar="ID", help="编号，写开头几位就行。Its id; the beginning is enough.")
    ],
    target: Annotated[Path, typer.Argument(help=".html、.md 或 .pdf 文件。An .html, .md or .pdf file.")],
    form: Annotated[
        str | None, typer.Option(help="html | md | pdf；不写就看文件名。By the name, unless said.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="zh | en")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """网页、Markdown 或 PDF；PDF 由这台机器上的浏览器印。A web page, Markdown or PDF; a browser on this machine prints the PDF."""
    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.errors import BadInput
    from coach.store.disk import writing
    from ui.addresses import REPORT_FORMS
    from ui.desks.practice import PracticeRoom

    wanted = form or target.suffix.lstrip(".").lower()
    chosen = next((one for one in REPORT_FORMS if one == wanted), None)
    if chosen is None:
        raise BadInput(
            (f"不会写 {wanted or target}", f"{wanted or target} cannot be written"),
            (
                "写成 .html、.md 或 .pdf。",
                "Write .html, .md or .pdf.",
            ),
        )
    coach = open_coach()
    stored = coach.practices.find(practice)
    language = language_said(lang) or coach.settings.language
    _, body = PracticeRoom(coach).file(stored.id, chosen, language)
    with writing():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    if as_json:
        made = {"practice": stored.id, "form": wanted, "target": str(target)}
        typer.echo(json.dumps(made, ensure_ascii=False, separators=(",", ":")))
    else:
        typer.echo(str(target))
