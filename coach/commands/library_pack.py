"""`coach library pack`: what somebody new reads and plays first, as one HTML page or as Markdown in a ZIP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer


def pack(
    out: Annotated[Path, typer.Option(help="写到哪：.html 或 .zip。Where to: .html or .zip.")],
    for_: Annotated[
        Literal["newcomer"], typer.Option("--for", help="给谁：newcomer 新人。For whom.")
    ] = "newcomer",
    lang: Annotated[str | None, typer.Option(help="zh 或 en。zh or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """知识包：三本先读的手册、一打战例、要练的场景、词表。Handbooks, cases, drills and words to begin with."""
    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.commands.notes import say_on_stderr
    from coach.exchange.bundle import as_html, as_zip
    from coach.store.disk import writing

    if out.suffix not in (".html", ".zip"):
        raise typer.BadParameter(".html | .zip", param_hint="--out")
    coach = open_coach(note=say_on_stderr)
    language = language_said(lang) or coach.settings.language
    made = coach.newcomer_pack(language)
    with writing():
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(as_zip(made) if out.suffix == ".zip" else as_html(made).encode())
    if coach.database.is_there:
        from coach.keeping.loose_files import note_made

        note_made(coach.database, coach.person, [out])
    if as_json:
        facts = {
            "file": str(out),
            "handbooks": [one.id for one in made.handbooks],
            "cases": [one.id for one in made.cases],
            "drills": {one.obstacle: one.scenario.id for one in made.drills},
            "terms": len(made.terms),
        }
        typer.echo(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
    else:
        counts = (len(made.handbooks), len(made.cases), len(made.drills), len(made.terms))
        zh = "{}：手册 {}，战例 {}，场景 {}，词 {}"
        en = "{}: handbooks {}, cases {}, drills {}, words {}"
        typer.echo((zh if coach.settings.language == "zh" else en).format(out, *counts))
