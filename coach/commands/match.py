"""`coach match TEXT`: the three cases that fit a new deal, with reasons, differences and a tip sheet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.deals.match import Matches
    from coach.vocabulary import Language


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("match")(match)


def match(
    text: Annotated[str, typer.Argument(help="客户什么情况，卡在哪儿。The deal in your own words.")],
    industry: Annotated[str | None, typer.Option(help="行业，怎么说都行。Industry, in any words.")] = None,
    size: Annotated[str | None, typer.Option(help="人数或规模档。People, or a size band.")] = None,
    pain: Annotated[list[str] | None, typer.Option(help="痛点词，可写多个。Pain words, repeatable.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=20, help="要几个战例。How many cases.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON 对象。One JSON object.")] = False,
) -> None:
    """见客户之前找相近的战例：为什么是它、哪里不一样、带什么话去。Cases that fit a deal, and why."""
    from pydantic import ValidationError

    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr
    from coach.deals.match import NewDeal

    if not text.strip():
        raise typer.BadParameter("说说这个客户的情况 · say what the deal is about", param_hint="TEXT")
    try:
        deal = NewDeal.model_validate(
            {"text": text, "industry": industry, "size": size, "pain": tuple(pain or ())}
        )
    except ValidationError:
        bands = "micro, small, medium, large, enterprise"
        raise typer.BadParameter(
            f"{size!r}：人数 / a number of people, {bands}", param_hint="--size"
        ) from None
    coach = open_coach(note=say_on_stderr)
    found = coach.match(deal, k)
    if as_json:
        typer.echo(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")))
    else:
        _print(found, coach.settings.language)


def _print(found: Matches, language: Language) -> None:
    from rich.console import Console
    from rich.text import Text

    from coach.vocabulary import name

    console = Console(highlight=False, soft_wrap=True)  # Chinese lines have no blanks to break at
    zh = language == "zh"
    for note in found.notes:
        console.print(note, style="yellow")
    if found.abstained:
        none = "没有够相近的战例，不硬凑。把卡在哪儿说具体些再试。"
        console.print(
            none if zh else "No case is near enough, so none is shown. Say more about what is in the way."
        )
    for number, one in enumerate(found.cases, 1):
        console.print(Text(f"\n{number}. {one.title}  [{name(one.case.outcome, language)}]", style="bold"))
        console.print(Text(f"   {one.case_id}", style="dim"))
        console.print(Text(f"   {one.case.one_line}"))
        for sign, lines in (("+", one.why), ("≠", one.differs)):
            for line in lines:
                console.print(Text(f"   {sign} {line}"))
    if found.tips:
        console.print(Text("\n见面前看一眼" if zh else "\nBefore the meeting", style="bold"))
    for tip in found.tips:
        console.print(Text(f" · {tip.text}"))
        console.print(Text(f"   {tip.source}", style="dim"))
