"""`coach certify [SCENARIO …]`: rep bots play the scenarios; exits with 4 when one may not be published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from coach.errors import Refused

if TYPE_CHECKING:
    from coach.practice.certificate import Certificate
    from coach.vocabulary import Language
    from scenarios.schema import Scenario

REFUSED = 4


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("certify")(certify)


def certify(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO …]", help="剧本编号；不写则全部。Ids; all when none."),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=50, help="每个机器人练几场。Practices a bot.")] = 5,
    store: Annotated[
        bool, typer.Option("--store", help="存到剧本旁边。Keep the certificates beside the scenarios.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
) -> None:
    """机器人陪练：剧本能不能发布。Bots play it: may the scenario be published?"""
    from coach.app import open_coach
    from coach.practice.certificate import certify as play_all
    from scenarios.check import check_folders

    coach = open_coach()
    language = coach.settings.language
    chosen = [coach.scenario(id) for id in scenarios] if scenarios else list(coach.scenarios.values())
    faults = [fault for fault in check_folders() if fault.grade == "fault"]
    refused = False
    for scenario in chosen:
        own = sum(fault.path.stem.partition(".")[0] == scenario.id for fault in faults)
        typer.echo(f"… {scenario.id}", err=True)
        played = range(1, seeds + 1)
        result = play_all(scenario, coach.offline, seeds=played, faults=own)
        refused = refused or not result.passed
        if store:
            _store(result, scenario, coach.offline.name, played)
        if as_json:
            typer.echo(json.dumps(result.as_json(language), ensure_ascii=False, separators=(",", ":")))
        else:
            _page(result, language)
    if refused:
        raise typer.Exit(REFUSED)


def _store(result: Certificate, scenario: Scenario, engine: str, seeds: range) -> None:
    """Keep it beside the scenarios that ship; what people made here keeps its own when it is published."""
    import datetime as dt

    from coach.practice.certificates import kept_from, write
    from scenarios.loader import BUILT_IN

    if engine.endswith("+own"):
        raise Refused(
            (
                "自己教过的读法发的证书不能跟剧本走。",
                "A certificate by a reader of your own cannot go with the scenarios.",
            ),
            ("挪开 COACH_HOME 里的 reading 再来。", "Move reading in COACH_HOME away and run it again."),
        )
    if not (BUILT_IN / scenario.language / f"{scenario.id}.yaml").exists():
        raise Refused(
            (f"{scenario.id} 不是自带的剧本。", f"{scenario.id} does not ship."),
            ("自己的剧本用 coach scenarios publish。", "Publish your own with coach scenarios publish."),
        )
    path = write(kept_from(result, scenario, engine, seeds, dt.date.today()))
    typer.echo(f"→ {path.name}", err=True)


def _page(result: Certificate, language: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    zh = language == "zh"
    console = Console(highlight=False)
    verdict = (
        ("可以发布" if result.passed else "不能发布")
        if zh
        else ("may be published" if result.passed else "refused")
    )
    console.print(f"[bold]{result.scenario} {result.version} · {verdict}[/bold]")
    table = Table(box=None, pad_edge=False)
    heads = ("机器人", "谈成", "及格", "客户走了", "均分", "来回")
    for head in heads if zh else ("bot", "won", "passed", "walked away", "mean", "turns"):
        table.add_column(head, justify="left" if head == heads[0] or head == "bot" else "right")
    for bot, one in result.rates.items():
        total = "–" if one.total is None else f"{one.total:g}"
        table.add_row(
            bot, f"{one.win:.0%}", f"{one.passed:.0%}", f"{one.walked_away:.0%}", total, f"{one.turns:g}"
        )
    console.print(table)
    console.print(
        f"泄密 {result.leak:.2%} · 角色颠倒 {result.inversion:.2%}"
        if zh
        else f"leaks {result.leak:.2%} · role inversion {result.inversion:.2%}"
    )
    for reason in result.reasons:
        console.print(f"  · {reason[0 if zh else 1]}")
