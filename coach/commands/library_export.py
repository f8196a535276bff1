"""`coach library export`: cases and handbooks as a folder, a JSON or a spreadsheet that can be read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def export_files(
    target: Annotated[
        Path, typer.Argument(help="文件夹，或 .xlsx / .json 文件。A folder, or .xlsx / .json.")
    ],
    form: Annotated[
        str | None,
        typer.Option(help="xlsx | json | yaml | markdown；不写就看名字。By the name, unless said."),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="只导 zh 或 en。Only zh or en.")] = None,
    only: Annotated[str | None, typer.Option(help="cases | handbooks：只导一样。Only one of them.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """导出战例和手册；导出的能原样导回来。Write cases and handbooks; what is read back is equal."""
    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.commands.notes import say_on_stderr
    from coach.exchange.export import books, export, form_of

    if only not in (None, "cases", "handbooks"):
        raise typer.BadParameter("cases | handbooks", param_hint="--only")
    wanted = language_said(lang)
    coach = open_coach(note=say_on_stderr)
    shelf = coach.library.shelf
    cases = [one for one in shelf.cases() if wanted in (None, one.language)] if only != "handbooks" else []
    handbooks = (
        [one for one in books(shelf.folders) if wanted in (None, one.language)] if only != "cases" else []
    )
    written = form_of(target, form)
    files = export(cases, handbooks, target, written, coach.settings.language)
    if coach.database.is_there:
        from coach.keeping.loose_files import note_made
        from coach.store.audit import write_audit

        note_made(coach.database, coach.person, [target])
        write_audit(coach.database, coach.person, "exported", written, {"cases": len(cases), "files": files})
    if as_json:
        body = {
            "target": str(target),
            "form": written,
            "files": files,
            "cases": len(cases),
            "handbooks": len(handbooks),
        }
        typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
    elif coach.settings.language == "zh":
        typer.echo(f"{target}：{len(cases)} 条战例，{len(handbooks)} 本手册，{files} 个文件。")
    else:
        typer.echo(f"{target}: {len(cases)} cases, {len(handbooks)} handbooks, {files} files.")
