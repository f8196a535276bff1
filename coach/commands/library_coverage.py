"""`coach library coverage` and `coach library stale`: where cases are missing, and what must be looked at again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.vocabulary import ObjectionType, Stage

Lang = Annotated[str | None, typer.Option(help="只看 zh 或 en。Only zh or en.")]
AsJson = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]


def coverage_map(
    lang: Lang = None,
    stage: Annotated[str | None, typer.Option(help="只看一个阶段。Only one stage.")] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="只列空格，最缺的在前。Only what is missing.")] = False,
    as_json: AsJson = False,
) -> None:
    """覆盖图：行业 × 异议，每格几条，空格就是活儿。Cases by trade and obstacle; what is empty is work."""
    from rich.console import Console
    from rich.table import Table

    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.commands.notes import say_on_stderr
    from coach.library.coverage import coverage
    from coach.library.coverage import gaps as empty_places
    from coach.library.demand import asked_for
    from coach.vocabulary import OBJECTION_TYPES, name
    from knowledge.loader import load_industries

    chosen = _stage(stage)
    coach = open_coach(note=say_on_stderr)
    language, tree = coach.settings.language, load_industries()
    the_map = coverage(coach.library.cases(language_said(lang)), tree)
    asked = asked_for(_deals(coach), tree)
    sectors = {place.id: place.name(language) for place in tree} | {
        "other": "其他" if language == "zh" else "Other"
    }
    if gaps:
        for gap in empty_places(the_map, asked):
            facts = {
                "sector": gap.cell.sector,
                "objection": gap.cell.objection,
                "asked": gap.asked,
                "near": gap.near,
            }
            if as_json:
                _line(facts)
            else:
                words = f"{sectors[gap.cell.sector]} · {name(gap.cell.objection, language)}"
                more = (
                    (f"（{gap.asked} 个商机在找）" if language == "zh" else f" ({gap.asked} deals ask)")
                    if gap.asked
                    else ""
                )
                typer.echo(words + more)
        return
    rows = [
        (sector, [the_map.many(sector, kind, chosen) for kind in OBJECTION_TYPES])
        for sector in the_map.sectors
    ]
    if as_json:
        for sector, counts in rows:
            _line(
                {"sector": sector, "stage": chosen, "cases": dict(zip(OBJECTION_TYPES, counts, strict=True))}
            )
        return
    table = Table("", *(name(kind, language) for kind in OBJECTION_TYPES), box=None, pad_edge=False)
    for sector, counts in rows:
        table.add_row(sectors[sector], *(str(n) if n else "–" for n in counts))
    Console(highlight=False).print(table)
    filled, places = the_map.filled
    typer.echo(
        f"{the_map.counted} 条战例，{places} 格里有 {filled} 格不空。缺什么：`coach library coverage --gaps`"
        if language == "zh"
        else f"{the_map.counted} cases; {filled} of {places} places are filled. What is missing: `--gaps`"
    )


def stale(
    everything: Annotated[bool, typer.Option("--all", help="连没到期的也列。Also what is fresh.")] = False,
    samples: Annotated[
        bool, typer.Option("--samples/--no-samples", help="算不算自带样例。Count the samples.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """到期没看的：级别、谁管、哪天该看。What is late or due soon: tier, owner, day, and how late."""
    import datetime as dt

    from rich.console import Console
    from rich.table import Table

    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr
    from coach.library.freshness import board, decay, items

    coach = open_coach(note=say_on_stderr)
    today, zh = dt.date.today(), coach.settings.language == "zh"
    everything_kept = items(coach.library.cases(), coach.library.shelf.handbooks(), coach.library.looks())
    found = [one for one in everything_kept if samples or not one.sample]
    heads = "级别 到期 晚了几天 谁管 状态 编号" if zh else "tier due late owner state id"
    table = Table(*heads.split(), box=None, pad_edge=False)
    lanes = board(found, today)
    for lane in lanes:
        for one in lane.items:
            state = one.state(today)
            if not everything and state in ("fresh", "undated"):
                continue
            due = one.due.isoformat() if one.due else None
            if as_json:
                facts = {"id": one.id, "kind": one.kind, "tier": one.tier, "owner": one.owner, "due": due}
                more = {"late": one.late_by(today), "state": state, "rank": round(decay(one, today), 2)}
                _line({**facts, **more, "sample": one.sample})
            else:
                words = _STATES[state][0 if zh else 1]
                tier = _TIERS[one.tier][0 if zh else 1]
                table.add_row(
                    tier, due or "–", str(one.late_by(today) or "–"), one.owner or "–", words, one.id
                )
    if as_json:
        return
    Console(highlight=False).print(table)
    for lane in lanes:
        tier = _TIERS[lane.tier][0 if zh else 1]
        typer.echo(f"{tier}: {lane.kept} / {lane.dated} " + ("没过期" if zh else "not late"))


def reviewed(
    item: Annotated[str, typer.Argument(help="战例或手册的编号。The id of a case or of a handbook.")],
    owner: Annotated[str, typer.Option(help="以后谁管。Who keeps it from now on.")] = "",
    due: Annotated[
        str | None, typer.Option(help="下次哪天看，不写按级别算。The next day; by its tier unless said.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """看过了，还对：记下谁管、下次哪天看。It was looked at and still holds: whose it is, when it is due next."""
    import datetime as dt

    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr

    coach = open_coach(note=say_on_stderr)
    try:
        day = dt.date.fromisoformat(due) if due else None
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD", param_hint="--due") from None
    now = coach.looking.looked(item, owner=owner, due=day)
    told = now.due.isoformat() if now.due else None
    if as_json:
        _line({"id": now.id, "kind": now.kind, "tier": now.tier, "owner": now.owner, "due": told})
    else:
        typer.echo(f"{now.id} → {told}" + (f" · {now.owner}" if now.owner else ""))


_STATES = {
    "fresh": ("新鲜", "fresh"),
    "soon": ("快到期", "due soon"),
    "late": ("过期", "late"),
    "aside": ("先别用", "set aside"),
    "undated": ("没写日子", "no day"),
}
_TIERS = {
    "weapon": ("武器级", "weapon"),
    "tactical": ("战术级", "tactical"),
    "strategic": ("战略级", "strategic"),
}


def _deals(coach: Coach) -> list[tuple[str, tuple[ObjectionType, ...]]]:
    """(trade, obstacles) of this person's latest deals."""
    from coach.vocabulary import OBJECTION_TYPES

    if not coach.database.is_there:
        return []
    return [
        (deal.industry or "", tuple(kind for kind in OBJECTION_TYPES if kind in deal.pain))
        for deal in coach.deals.newest(500)
    ]


def _stage(words: str | None) -> Stage | None:
    from coach.vocabulary import STAGES

    if words is None:
        return None
    found = next((stage for stage in STAGES if stage == words), None)
    if found is None:
        raise typer.BadParameter(" | ".join(STAGES), param_hint="--stage")
    return found


def _line(facts: Any) -> None:
    typer.echo(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
