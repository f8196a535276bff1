"""`coach scenarios list | show | check`: the stock of scenarios, one of them, every fault of the content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from coach.commands import own_scenarios

REFUSED = 4


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(
        no_args_is_help=True,
        help="练习剧本：列出、看一个、查内容、收进自己的、发布。Scenarios: list, show, check, add your own, publish.",
    )
    group.command("list")(list_all)
    group.command("show")(show)
    group.command("check")(check)
    group.command("add")(own_scenarios.add)
    group.command("export")(own_scenarios.export)
    group.command("publish")(own_scenarios.publish)
    app.add_typer(group, name="scenarios")


def list_all(
    lang: Annotated[str | None, typer.Option(help="只看 zh 或 en。Only zh or en.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """全部剧本。Every scenario."""
    from rich.console import Console
    from rich.table import Table

    from coach.app import open_coach
    from coach.practice.certificates import STANDINGS, standing
    from coach.vocabulary import name

    coach = open_coach()
    chosen = [one for one in coach.scenarios.values() if lang in (None, one.language)]
    kept = coach.certificates
    if as_json:
        for one in chosen:
            body = _outside(one.model_dump(mode="json"))
            body["certificate"] = standing(one, kept.get(one.id))
            typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        return
    table = Table(box=None, pad_edge=False)
    language = coach.settings.language
    for head in (
        ("编号", "标题", "难度", "异议", "证书")
        if language == "zh"
        else ("id", "title", "level", "objections", "certificate")
    ):
        table.add_column(head, overflow="fold", no_wrap=head in ("编号", "id"))
    for one in chosen:
        kinds = "、".join(name(kind, language) for kind in one.objection_types)
        stands = STANDINGS[standing(one, kept.get(one.id))][0 if language == "zh" else 1]
        table.add_row(one.id, one.title, one.difficulty.level, kinds, stands)
    Console(highlight=False).print(table)


def show(
    scenario: Annotated[str, typer.Argument(help="剧本编号。Scenario id.")],
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """学员开练前看到的内容。What the rep sees before the start."""
    from coach.app import open_coach

    one = open_coach().scenario(scenario)
    if as_json:
        typer.echo(
            json.dumps(_outside(one.model_dump(mode="json")), ensure_ascii=False, separators=(",", ":"))
        )
        return
    brief = one.brief
    for text in (
        f"{one.title} ({one.id} {one.version})",
        one.teaser,
        brief.you,
        brief.situation.strip(),
        *brief.known,
    ):
        if text:
            typer.echo(text)
    for text in (brief.goal, brief.your_authority):
        if text:
            typer.echo(f"→ {text}")


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(exists=True, help="文件或文件夹；不写则查自带的。Files or folders.")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="也列出可改可不改的。Craft notes too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """一次列出剧本的全部毛病，带文件和行号。Every fault at once, with file and line."""
    from coach.settings import Settings
    from scenarios.check import check_file, check_folders
    from scenarios.loader import BUILT_IN

    language = Settings().language
    found = []
    for path in paths or [BUILT_IN]:
        found.extend(check_folders([path]) if path.is_dir() else check_file(path))
    faults = [fault for fault in found if fault.grade == "fault"]
    for fault in found if notes else faults:
        if as_json:
            body = {
                "file": str(fault.path),
                "line": fault.line,
                "grade": fault.grade,
                "message": fault.words(language),
            }
            typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        else:
            typer.echo(fault.text(language))
    count = len(found) - len(faults)
    zh = f"错 {len(faults)} 处，可改进 {count} 处（--notes 列出）。"
    en = f"{len(faults)} fault(s), {count} craft note(s) (--notes lists them)."
    typer.echo(zh if language == "zh" else en, err=bool(faults) or as_json)
    if faults:
        raise typer.Exit(REFUSED)


def _outside(data: dict[str, Any]) -> dict[str, Any]:
    """What may be shown without spoiling the practice: no facts, causes, key points, scripts or debrief."""
    open_keys = (
        "id",
        "version",
        "language",
        "title",
        "teaser",
        "objection_types",
        "industry",
        "segment",
        "customer_size",
        "stage",
        "format",
        "time_limit_minutes",
        "status",
        "brief",
        "fact_sheet",
        "rubric",
    )
    return {**{key: data[key] for key in open_keys}, "level": data["difficulty"]["level"]}
