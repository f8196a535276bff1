"""`coach calibrate list | vote | figures | export`: trainers vote on verdicts; agreement per check follows from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from coach.practice.calibration.agreement import Figure
    from coach.practice.calibration.desk import Case
    from coach.vocabulary import Language

AsJson = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]
Lang = Annotated[str, typer.Option(help="只看 zh 或 en。Only zh or en.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(
        no_args_is_help=True,
        help="校准判定：列出、投票、一致率、导出。Calibrate verdicts: list, vote, figures, export.",
    )
    group.command("list")(list_open)
    group.command("vote")(vote)
    group.command("figures")(figures)
    group.command("export")(export)
    app.add_typer(group, name="calibrate")


def list_open(
    lang: Lang = "",
    many: Annotated[int, typer.Option("-n", min=1, max=500, help="列几条。How many.")] = 10,
    as_json: AsJson = False,
) -> None:
    """待投的判定：最拿不准、没人看过的在前。Verdicts to vote on, the least sure and unseen first."""
    from coach.app import open_coach

    coach = open_coach()
    desk = coach.calibration
    desk.lay_out()
    voted = desk.voted()
    fresh = [one for one in desk.queue(lang) if one.id not in voted]
    for one in fresh[:many]:
        case = desk.case(one.id)
        _echo(_told(case)) if as_json else _page(case, coach.settings.language)
    zh = coach.settings.language == "zh"
    left = max(0, len(fresh) - many)
    typer.echo(f"还有 {left} 条。" if zh else f"{left} more.", err=True)


def vote(
    verdict: Annotated[str, typer.Argument(help="判定编号，前几位就行。Id of a verdict, or how it begins.")],
    what: Annotated[str, typer.Argument(metavar="VOTE", help="accept | adjust | reject")],
    meant: Annotated[str, typer.Option(help="改判成 yes、no、not_scored。The verdict it should have.")] = "",
    remark: Annotated[str, typer.Option(help="为什么。Why.")] = "",
) -> None:
    """投一票：认可、改判、作废；再投以新的为准。Vote; a later vote of yours replaces it."""
    from coach.app import open_coach

    coach = open_coach()
    one = coach.calibration.vote(verdict, what, meant, remark)
    typer.echo(one.id)


def figures(lang: Lang = "", as_json: AsJson = False) -> None:
    """每项判定的一致率、95% 区间和 κ。Agreement of each check with its 95 % interval and kappa."""
    from coach.app import open_coach

    coach = open_coach()
    desk, zh = coach.calibration, coach.settings.language == "zh"
    found = desk.figures(lang)
    whole = desk.overall(lang)
    if as_json:
        for key, one in found.items():
            about = {
                "check": key.check_id,
                "scope": key.scope,
                "language": key.language,
                "engine": key.engine,
            }
            _echo({**about, **_figure(one)})
        _echo({"check": None, **_figure(whole)})
        return
    if not found:
        typer.echo(
            "还没有数：先投票，见 coach calibrate list。"
            if zh
            else "No figure yet: vote first, see coach calibrate list."
        )
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for head in ("检查项", "在哪", "语言", "n", "一致", "95%", "κ", "") if zh else (
        "check", "scope", "lang", "n", "agree", "95%", "κ", ""
    ):  # fmt: skip
        table.add_column(head, overflow="fold")
    advice = "仅供参考" if zh else "advice only"
    for key, one in sorted(found.items(), key=lambda pair: (-pair[1].n, pair[0].check_id)):
        table.add_row(key.check_id, key.scope, key.language, *_cells(one), advice if one.advice_only else "")
    table.add_row("全部" if zh else "all", "", "", *_cells(whole), "")
    Console(highlight=False).print(table)


def export() -> None:
    """全部投票，一行一个 JSON，带原话。Every vote with the words it was about, one JSON object a line."""
    from coach.app import open_coach
    from coach.store.audit import write_audit

    coach = open_coach()
    rows = coach.calibration.rows()
    write_audit(coach.database, coach.person, "exported", "votes", {"count": len(rows)})
    for row in rows:
        _echo(row)


def _echo(body: dict[str, Any]) -> None:
    typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def _told(case: Case) -> dict[str, Any]:
    told = case.verdict.told
    return {
        "id": case.verdict.id,
        "check": told.check_id,
        "scope": told.scope,
        "language": told.language,
        "statement": told.statement,
        "verdict": told.verdict,
        "p": told.p,
        "edge": told.edge,
        "quote": case.quote,
        "said": case.said,
    }


def _page(case: Case, language: Language) -> None:
    from coach.reading.engine import Verdict
    from coach.vocabulary import name

    told = case.verdict.told
    verdict: Verdict = told.verdict  # type: ignore[assignment]
    sure = f" {told.p:.2f}/{told.edge:.2f}" if told.p is not None and told.edge is not None else ""
    typer.echo(f"{case.verdict.id[:8]}  {name(verdict, language)}{sure}  {told.statement}")
    if case.quote:
        typer.echo(f"          “{case.quote}”")


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "n": one.n,
        "agreed": one.agreed,
        "rate": one.rate,
        "low": one.low,
        "high": one.high,
        "kappa": one.kappa,
        "advice_only": one.advice_only,
    }


def _cells(one: Figure) -> tuple[str, str, str, str]:
    if one.rate is None or one.low is None or one.high is None:
        return "0", "–", "–", "–"
    kappa = "–" if one.kappa is None else f"{one.kappa:.2f}"
    return str(one.n), f"{one.rate:.0%}", f"{one.low:.0%}–{one.high:.0%}", kappa
