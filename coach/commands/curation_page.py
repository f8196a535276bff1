"""How curated cases look on a terminal and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import typer

if TYPE_CHECKING:
    from coach.curation.contributions import Contribution
    from coach.curation.likeness import Twin
    from coach.privacy.spans import PrivateKind
    from coach.store.cases import KeptCase, KeptStep
    from coach.vocabulary import Language

STEPS: Final = {
    "drafted": ("存草稿", "kept as draft"),
    "submitted": ("交审", "handed in"),
    "commented": ("留言", "commented"),
    "approved": ("通过", "approved"),
    "sent_back": ("退回", "sent back"),
    "published": ("发布", "published"),
    "revised": ("改版", "revised"),
    "retired": ("下架", "retired"),
}


def case_object(kept: KeptCase) -> dict[str, Any]:
    """A case as JSON."""
    return {
        "case_id": kept.case_id,
        "title": kept.body.get("title", ""),
        "outcome": kept.body.get("outcome", ""),
        "language": kept.language,
        "state": kept.state,
        "version": kept.newest,
        "live_version": kept.live,
        "approved": kept.approved,
        "author": kept.author,
        "updated_at": _utc(kept.updated_at),
    }


def case_line(kept: KeptCase, language: Language) -> str:
    """A case in one line."""
    from coach.curation.steps import state_name

    zh = language == "zh"
    state = state_name(kept.state)[0 if zh else 1]
    if kept.state == "in_review" and kept.approved:
        state = "已通过，可以发布" if zh else "approved, may be published"
    live = ""
    if kept.live and kept.live != kept.newest:
        live = f"（架上是第 {kept.live} 版）" if zh else f" (version {kept.live} is on the shelf)"
    version = f"第 {kept.newest} 版" if zh else f"version {kept.newest}"
    return f"{kept.case_id}  {kept.body.get('title', '')}  [{state} · {version}{live}]"


def step_object(step: KeptStep) -> dict[str, Any]:
    """A step as JSON."""
    return {
        "version": step.number,
        "step": step.step,
        "who": step.who,
        "at": _utc(step.at),
        "comment": step.comment,
    }


def step_line(step: KeptStep, language: Language) -> str:
    """A step in one line."""
    zh = language == "zh"
    version = f"第 {step.number} 版" if zh else f"version {step.number}"
    said = f"  “{step.comment}”" if step.comment else ""
    return f"{step.at:%Y-%m-%d %H:%M}  {version}  {STEPS[step.step][0 if zh else 1]}  {step.who}{said}"


def twin_object(twin: Twin) -> dict[str, Any]:
    """A near duplicate as JSON."""
    return {"case_id": twin.case_id, "title": twin.title, "likeness": twin.likeness, "published": twin.live}


def twin_line(twin: Twin, language: Language) -> str:
    """A near duplicate in one line."""
    if language == "zh":
        return f"像是已经有了：{twin.title}（{twin.case_id}{'' if twin.live else '，还在等审'}）"
    return f"There may be one already: {twin.title} ({twin.case_id}{'' if twin.live else ', still waiting'})"


def masked_words(masked: Mapping[PrivateKind, int], language: Language) -> str:
    """What was masked, in one line."""
    from coach.privacy.spans import kind_name

    named = [f"{kind_name(kind, language)} {many}" for kind, many in masked.items()]
    return "遮住了：" + "、".join(named) if language == "zh" else "Masked: " + ", ".join(named)


def review_page(kept: KeptCase, alike: Sequence[Twin], steps: Sequence[KeptStep], language: Language) -> None:
    """The whole text, the cases most like it, what happened so far."""
    import yaml

    zh = language == "zh"
    typer.echo(case_line(kept, language))
    typer.echo()
    typer.echo(yaml.safe_dump(kept.body, allow_unicode=True, sort_keys=False, width=100).rstrip())
    typer.echo()
    for twin in alike:
        typer.echo(twin_line(twin, language))
    if not alike:
        typer.echo("没有相近的战例。" if zh else "No case is nearly the same.")
    typer.echo()
    for step in steps:
        typer.echo(step_line(step, language))


def contribution_object(row: Contribution) -> dict[str, Any]:
    """One author's figures as JSON; `adoption` is null when nothing was shown."""
    return {
        "author": row.author,
        "name": row.name,
        "published": row.published,
        "this_month": row.this_month,
        "shown": row.shown,
        "opened": row.opened,
        "adopted": row.adopted,
        "adopted_by_others": row.adopted_by_others,
        "adoption": row.adoption,
    }


def contribution_table(rows: Sequence[Contribution], language: Language) -> None:
    """Every author in one table."""
    from rich.console import Console
    from rich.table import Table

    zh = language == "zh"
    table = Table(box=None, pad_edge=False)
    heads = (
        "谁 已发布 本月交 展示 打开 采纳 采纳率"
        if zh
        else "who published this-month shown opened adopted adoption"
    )
    for n, head in enumerate(heads.split()):
        table.add_column(head.replace("-", " "), justify="left" if n == 0 else "right")
    for row in rows:
        rate = ("未评" if zh else "not scored") if row.adoption is None else f"{100 * row.adoption:.0f}%"
        figures = (row.published, row.this_month, row.shown, row.opened, row.adopted)
        table.add_row(author_name(row, language), *map(str, figures), rate)
    Console(highlight=False).print(table)


def author_name(row: Contribution, language: Language) -> str:
    """What an author is called; the one person of local mode, who gave no name, is "me"."""
    from coach.curation.contributions import SHIPPED

    if row.author == SHIPPED:
        return "自带样例" if language == "zh" else "shipped samples"
    return row.name or ("我" if language == "zh" else "me")


def _utc(at: dt.datetime) -> str:
    return at.replace(tzinfo=dt.UTC).isoformat(timespec="seconds")
