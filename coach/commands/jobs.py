"""`coach jobs list | show | add | cancel | retry`: recordings and transcripts that are worked on in the background."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.commands.consenting import AsUsual, How, Scope, Who, consent_said

if TYPE_CHECKING:
    from coach.store.jobs import Priority, StoredJob

Json = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]
Ids = Annotated[
    list[str], typer.Argument(metavar="ID…", help="编号，写开头几位就行。Ids; their beginning is enough.")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(
        no_args_is_help=True,
        help="后台工作：录音排队转写，断了接着做。Jobs: recordings in a queue, resumed after a crash.",
    )
    for command in (add, show, cancel, retry):
        group.command(command.__name__)(command)
    group.command("list")(list_jobs)
    app.add_typer(group, name="jobs")


def add(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="录音或文字稿。Recordings or transcripts.")
    ],
    consent: Who = None,
    agreed: AsUsual = False,
    how: How = None,
    scope: Scope = None,
    date: Annotated[str | None, typer.Option(help="拜访日期 YYYY-MM-DD。Day of the visit.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="zh | en；不写则自动判断。Detected when not given.")
    ] = None,
    deal: Annotated[str | None, typer.Option(help="属于哪个商机。The deal it belongs to.")] = None,
    priority: Annotated[str, typer.Option(help="high | normal | low")] = "normal",
    as_json: Json = False,
) -> None:
    """存下文件，排进队。Store files and queue them."""
    from coach.app import open_coach
    from coach.commands.each_file import day, each_file, language
    from coach.commands.jobs_page import as_object, one_line
    from coach.jobs.intake import take_in

    rank, visited_on, spoken = _priority(priority), day(date), language(lang)
    coach = open_coach()
    said = consent_said(coach, consent, agreed, how, scope)
    deal_id = (coach.deals.by_title(deal) or coach.deals.save(deal, deal)) if deal else None

    def one(path: Path) -> None:
        job, _ = take_in(
            coach.jobs,
            coach.settings,
            path,
            visited_on=visited_on,
            consent=said or "",
            language=spoken,
            deal_id=deal_id,
            priority=rank,
        )
        if as_json:
            typer.echo(_compact({**as_object(job, coach.settings.language), "file": str(path)}))
        else:
            typer.echo(one_line(job, coach.settings.language))

    each_file(files, one, as_json=as_json, language=coach.settings.language)
    zh = "coach serve 或 coach worker 开着时会做。"
    en = "They are done while coach serve or coach worker runs."
    typer.echo(zh if coach.settings.language == "zh" else en, err=True)


def list_jobs(
    everything: Annotated[
        bool, typer.Option("--all", help="做完和取消的也列。Also those that are over.")
    ] = False,
    as_json: Json = False,
) -> None:
    """排着队的、在做的、出了问题的。What waits, runs, or is in trouble."""
    from coach.app import open_coach
    from coach.commands.jobs_page import as_object, table

    coach = open_coach()
    jobs = coach.jobs.newest(200) if everything else coach.jobs.unfinished()
    if as_json:
        for job in jobs:
            typer.echo(_compact(as_object(job, coach.settings.language)))
        return
    table(jobs, coach.settings.language)


def show(
    job_id: Annotated[str, typer.Argument(metavar="ID", help="编号。Its id.")], as_json: Json = False
) -> None:
    """一项工作：到哪一步，已经听出了什么。One job: how far it is, and what was heard until now."""
    from coach.app import open_coach
    from coach.commands.jobs_page import as_object, page
    from coach.jobs.heard import heard_so_far

    coach = open_coach()
    job = coach.jobs.load(job_id)
    heard = heard_so_far(coach.jobs.kept(job.id))
    if as_json:
        said = [{"start": line.start, "end": line.end, "text": line.text} for line in heard]
        typer.echo(_compact({**as_object(job, coach.settings.language), "heard": said}))
        return
    page(job, heard, coach.settings.language)


def cancel(ids: Ids, as_json: Json = False) -> None:
    """停下来；已存的录音和已听写的部分留着。Stop; the recording and what was heard are kept."""
    from coach.app import open_coach

    _each(ids, open_coach().jobs.cancel, as_json=as_json)


def retry(ids: Ids, as_json: Json = False) -> None:
    """再试一次，做完的步骤不重做。Try again; finished steps are not done twice."""
    from coach.app import open_coach

    _each(ids, open_coach().jobs.retry, as_json=as_json)


def _each(ids: list[str], do: Callable[[str], StoredJob], *, as_json: bool) -> None:
    from coach.commands.jobs_page import as_object, one_line
    from coach.settings import Settings

    language = Settings().language
    for job_id in ids:
        job = do(job_id)
        typer.echo(_compact(as_object(job, language)) if as_json else one_line(job, language))


def _priority(text: str) -> Priority:
    if text in ("high", "normal", "low"):
        return text  # type: ignore[return-value]
    raise typer.BadParameter("high | normal | low", param_hint="--priority")


def _compact(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
