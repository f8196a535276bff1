"""`coach library list | show | ask | check | build | status`: battle bank and handbooks, and their index."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

REFUSED = 4

AsJson = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]
Lang = Annotated[str | None, typer.Option(help="只看 zh 或 en。Only zh or en.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    from coach.commands import curation
    from coach.commands.library_ask import ask
    from coach.commands.library_coverage import coverage_map, reviewed, stale
    from coach.commands.library_export import export_files
    from coach.commands.library_import import import_files
    from coach.commands.library_pack import pack

    group = typer.Typer(no_args_is_help=True, help="战例银行与手册。The battle bank and the handbooks.")
    group.command("list")(list_all)
    group.command("show")(show)
    group.command("ask")(ask)
    group.command("check")(check)
    group.command("build")(build)
    group.command("status")(status)
    group.command("import")(import_files)
    group.command("export")(export_files)
    group.command("pack")(pack)
    group.command("coverage")(coverage_map)
    group.command("stale")(stale)
    group.command("reviewed")(reviewed)
    curation.register(group)
    app.add_typer(group, name="library")


def list_all(lang: Lang = None, as_json: AsJson = False) -> None:
    """全部已发布的战例。Every published case."""
    from rich.console import Console
    from rich.table import Table

    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.commands.notes import say_on_stderr
    from coach.vocabulary import name

    coach = open_coach(note=say_on_stderr)
    cases = coach.library.cases(language_said(lang))
    if as_json:
        for case in cases:
            _line(
                {
                    key: getattr(case, key)
                    for key in ("id", "language", "title", "outcome", "industry", "sample")
                }
            )
        return
    language = coach.settings.language
    table = Table(box=None, pad_edge=False)
    for head in ("编号 标题 结果 卡在" if language == "zh" else "id title outcome obstacle").split():
        table.add_column(head, overflow="fold", no_wrap=head in ("编号", "id"))
    for case in cases:
        kinds = "、".join(name(kind, language) for kind in case.objection_types)
        table.add_row(case.id, case.title, name(case.outcome, language), kinds)
    Console(highlight=False).print(table)


def show(
    what: Annotated[str, typer.Argument(help="战例编号，或 手册#章节。A case id, or handbook#anchor.")],
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """一个战例，或手册的一节。One case, or one section of a handbook."""
    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr

    library = open_coach(note=say_on_stderr).library
    if "#" in what:
        parts = library.sections(what)
        if as_json:
            _line(
                {
                    "link": what,
                    "title": parts[0].title,
                    "text": "\n\n".join(_titled(p.heading, p.text) for p in parts),
                }
            )
            return
        typer.echo(parts[0].title)
        for part in parts:
            typer.echo("\n" + _titled(part.heading, part.text))
        return
    case = library.case(what)
    if as_json:
        _line(case.model_dump(mode="json", by_alias=True))
    else:
        typer.echo(_story(case.model_dump(mode="json", exclude_defaults=True)))


def check(as_json: AsJson = False) -> None:
    """查内容：所有问题一次说完，带文件和行。Every fault, with file and line; exit code 4 if any."""
    from coach.app import open_coach
    from knowledge.check import check as faults_of
    from scenarios.loader import BUILT_IN as SCENARIOS
    from scenarios.loader import scenario_files

    coach = open_coach()
    citing = tuple(scenario_files(SCENARIOS))
    faults = faults_of(coach.library.shelf.folders, frozenset(coach.scenarios), citing)
    for fault in faults:
        if as_json:
            words = fault.words(coach.settings.language)
            _line({"file": str(fault.path), "line": fault.line, "message": words})
        else:
            typer.echo(fault.text(coach.settings.language))
    if faults:
        raise typer.Exit(REFUSED)
    if not as_json:
        typer.echo("没有问题。" if coach.settings.language == "zh" else "No faults.")


def build(as_json: AsJson = False) -> None:
    """重建索引：旁边写好、逐条核对、一步换上。Make the index anew; readers keep the old one meanwhile."""
    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr

    coach = open_coach(note=say_on_stderr)
    coach.library.build()
    _print_status(as_json=as_json)


def status(as_json: AsJson = False) -> None:
    """索引里有什么，是不是最新。What the index holds, and whether it follows the content."""
    _print_status(as_json=as_json)


def _print_status(*, as_json: bool) -> None:
    from coach.app import open_coach

    coach = open_coach()
    now = coach.library.status()
    made = now.made_at.isoformat(timespec="seconds") if now.made_at else None
    facts = {
        "build": now.name,
        "made_at": made,
        "embedder": now.embedder,
        "fresh": now.fresh,
        "counts": now.counts,
    }
    if as_json:
        _line(facts)
        return
    zh = coach.settings.language == "zh"
    if now.name is None:
        typer.echo(
            "还没有索引，第一次查会建。" if zh else "There is no index yet; the first search makes one."
        )
        return
    fresh = (
        ("是最新" if zh else "up to date")
        if now.fresh
        else ("内容变了，下次查会重建" if zh else "content changed")
    )
    typer.echo(f"{now.name} · {made} · {fresh}")
    typer.echo(f"{now.embedder} · " + " · ".join(f"{name} {count}" for name, count in now.counts.items()))


def _line(facts: Any) -> None:
    typer.echo(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))


def _titled(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if heading else text


def _story(case: Any) -> str:
    """A case as YAML to read, in the order of the schema."""
    import yaml

    return yaml.safe_dump(case, allow_unicode=True, sort_keys=False, width=100).rstrip()
