"""`coach forget customer | user | visit`: erase, everywhere, after a look at what would go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from coach.errors import Words
    from coach.keeping.forget import Erased
    from coach.vocabulary import Language

DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会删什么。Only look at what would go.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再问。Do not ask.")]
Json = Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")]

_TABLES: Final[dict[str, Words]] = {
    "person": ("人", "people"),
    "customer": ("客户", "customers"),
    "deal": ("商机", "deals"),
    "visit": ("拜访", "visits"),
    "record": ("记录", "records"),
    "job": ("排队的工作", "jobs"),
    "practice": ("对练", "practices"),
    "own_scenario": ("自编剧本", "own scenarios"),
    "case": ("战例", "cases"),
    "consent": ("录音同意", "consents"),
}


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(
        no_args_is_help=True, help="删干净：一个客户、一个人、一次拜访。Erase a customer, a user or a visit."
    )
    for command in (customer, user, visit):
        group.command()(command)
    app.add_typer(group, name="forget")


def customer(
    name: Annotated[str, typer.Argument(help="客户的名字，或商机的标题、编号。Its name, or a deal's.")],
    also: Annotated[
        list[str] | None, typer.Option(help="它的别的叫法。Other names of it; may be repeated.")
    ] = None,
    with_mentions: Annotated[
        bool,
        typer.Option(
            "--with-mentions",
            help="别处提到它的拜访，连录音整次删。Also erase other visits in which it is mentioned, with their sound.",
        ),
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """删一个客户：商机、拜访、录音、由它来的一切；别处的名字涂黑。A customer and all that came of it."""
    from coach.app import open_coach

    coach = open_coach()
    names = [name, *(also or ())]
    if not dry_run:
        _ask(coach.forgetting.customer(names, with_mentions=with_mentions, dry_run=True), yes)
    done = coach.forgetting.customer(names, with_mentions=with_mentions, dry_run=dry_run)
    _print(done, dry_run=dry_run, as_json=as_json)


def user(
    person: Annotated[str, typer.Argument(help="人的编号；local 是单机的那个人。The person's id.")],
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """删一个人和他的一切；发布了的战例和剧本留下，不留名。A person; what they published stays, unnamed."""
    from coach.app import open_coach

    coach = open_coach()
    if not dry_run:
        _ask(coach.forgetting.user(person, dry_run=True), yes)
    _print(coach.forgetting.user(person, dry_run=dry_run), dry_run=dry_run, as_json=as_json)


def visit(
    visit_id: Annotated[
        str, typer.Argument(metavar="ID", help="编号，写开头几位就行。Its beginning is enough.")
    ],
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """删一次拜访：录音、记录、由它来的练习和战例。A visit with its recording and what was made of it."""
    from coach.app import open_coach

    coach = open_coach()
    if not dry_run:
        _ask(coach.forgetting.visit(visit_id, dry_run=True), yes)
    _print(coach.forgetting.visit(visit_id, dry_run=dry_run), dry_run=dry_run, as_json=as_json)


def _ask(looked: Erased, yes: bool) -> None:
    from coach.settings import Settings

    if yes or looked.nothing:
        return
    zh = Settings().language == "zh"
    what = _told(looked, "zh" if zh else "en")
    question = f"{what}。删了找不回来，删吗？" if zh else f"{what}. This cannot be undone. Erase it?"
    typer.confirm(question, abort=True, err=True)


def _told(done: Erased, language: Language) -> str:
    side = 0 if language == "zh" else 1
    parts = [
        f"{_TABLES[name][0]} {many}" if side == 0 else f"{many} {_TABLES[name][1]}"
        for name, many in done.rows.items()
        if name in _TABLES
    ]
    if blacked := sum(done.blacked.values()):
        parts.append(f"另有 {blacked} 处涂黑" if side == 0 else f"blacked out in {blacked} other places")
    return ("，" if side == 0 else ", ").join(parts) or ("什么都没有" if side == 0 else "nothing")


def _print(done: Erased, *, dry_run: bool, as_json: bool) -> None:
    from coach.settings import Settings

    if as_json:
        body = {
            "dry_run": dry_run,
            "rows": done.rows,
            "blacked": done.blacked,
            "mentioned_in": done.mentioned_in,
            "recordings": done.recordings,
            "exports": [str(file) for file in done.exports],
            "exports_changed_since": [str(file) for file in done.exports_changed_since],
            "handbooks": done.handbooks,
            "backups": done.backups,
            "pages_pending": done.pages_pending,
        }
        typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        return
    language = Settings().language
    zh = language == "zh"
    told = _told(done, language)
    if dry_run:
        typer.echo(f"会删：{told}" if zh else f"Would erase: {told}")
    else:
        sound = done.recordings
        typer.echo(f"删了：{told}；文件 {sound} 个" if zh else f"Erased: {told}; {sound} files")
    for words, listed in (
        (("还有拜访提到它（录音里也有，要整次删加 --with-mentions）", "Other visits mention it, their sound too (--with-mentions erases them)"), done.mentioned_in),
        (("导出的文件删了", "Exports erased"), done.exports),
        (("导出后改过，请自己看", "Exports changed since, look at them yourself"), done.exports_changed_since),
        (("手册里涂黑了", "Blacked out in handbooks"), done.handbooks),
        (("这些备份里还有，到期删；恢复时会再删一遍", "Backups still hold it until they expire; restoring erases it again"), done.backups),
    ):  # fmt: skip
        if listed:
            typer.echo(f"{words[0 if zh else 1]}: " + ", ".join(str(one) for one in listed), err=True)
    if done.reader:
        typer.echo(
            "本机教过的离线引擎一起删了，要的话重新教：coach reading train --with-confirmed"
            if zh
            else "The reader taught on this machine went too; teach it again: coach reading train --with-confirmed",
            err=True,
        )
    if done.pages_pending:
        typer.echo(
            "有人正用着数据库，空页还没清；过会儿运行 coach doctor --fix。"
            if zh
            else "The database is in use; its free pages are not clean yet. Run coach doctor --fix later.",
            err=True,
        )
