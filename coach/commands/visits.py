"""`coach visits list | export | consent`: kept visits with the clock of their form, their records, who agreed to what."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.store.visits import StoredVisit
    from coach.vocabulary import Language

Json = Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")]
_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the group of commands to `app`."""
    group = typer.Typer(
        no_args_is_help=True,
        help="存下的拜访：等着确认的，导出记录。Kept visits: what waits to be confirmed, records as files.",
    )
    group.command("list")(list_visits)
    group.command("export")(export_visits)
    group.command("consent")(consent)
    app.add_typer(group, name="visits")


def list_visits(
    waiting: Annotated[
        bool, typer.Option("--waiting", help="只列等着确认的。Only those that wait to be confirmed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """存下的拜访，新的在前。Kept visits, newest first."""
    from coach.app import open_coach

    coach = open_coach()
    language = coach.settings.language
    stored = [one for one in coach.visits.newest(_SHOWN) if not (waiting and one.confirmed_at)]
    for one in stored:
        typer.echo(_compact(_as_object(one)) if as_json else _line(one, language))
    if not stored and not as_json:
        typer.echo("还没有拜访。" if language == "zh" else "No visits yet.", err=True)


def export_visits(
    target: Annotated[Path, typer.Argument(help="文件夹，或一个文件。A folder, or one file.")],
    visits: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID…]", help="编号，写开头几位就行；不写就是全部。Ids; all when left out."),
    ] = None,
    form: Annotated[
        str | None, typer.Option(help="xlsx | md | json | ics；不写就看文件名。By the name, unless said.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="表头用 zh 还是 en。Language of the heads.")] = None,
    as_json: Json = False,
) -> None:
    """记录写成文件：表格、文档、数据、日历；人改过的都在里面。Records as files, with everything people changed."""
    from coach.app import open_coach
    from coach.commands.each_file import language as language_said
    from coach.errors import NotFound
    from coach.keeping.loose_files import note_made
    from coach.visits.export import export, form_of
    from coach.visits.standing import as_it_stands

    one_file = bool(target.suffix) and not target.is_dir()
    chosen = form_of(form or (target.suffix.lstrip(".").lower() if one_file else "xlsx"))
    coach = open_coach()
    wanted: Language = language_said(lang) or coach.settings.language
    stored = [coach.visits.find(start) for start in visits] if visits else coach.visits.newest(10_000)
    if not stored:
        raise NotFound(
            ("还没有拜访可以导出。", "There is no visit to export."),
            (
                "先存一次：coach record FILE --save --consent …",
                "Keep one first: coach record FILE --save --consent …",
            ),
        )
    if one_file and len(stored) > 1:
        raise typer.BadParameter("几次拜访要写进文件夹 · several visits need a folder", param_hint="TARGET")
    for one in stored:
        stands = as_it_stands(one)
        try:
            body = export(stands, chosen, wanted)
        except NotFound as error:
            if len(stored) == 1:
                raise
            typer.echo(f"{stands.title}: {error.message(wanted)}", err=True)
            continue
        file = target if one_file else target / f"{_plain(stands.title)}-{one.id[:8]}.{chosen}"
        _write(file, body)
        note_made(coach.database, coach.person, [file])  # so that erasing the visit finds it
        typer.echo(_compact({"visit": one.id, "form": chosen, "target": str(file)}) if as_json else str(file))


def consent(
    visit: Annotated[
        str, typer.Argument(metavar="ID", help="编号，写开头几位就行。Its beginning is enough.")
    ],
    who: Annotated[str | None, typer.Option(help="谁同意了，写一句话。Who agreed, in words.")] = None,
    how: Annotated[str | None, typer.Option(help="spoken | written | notice")] = None,
    scope: Annotated[str | None, typer.Option(help="record | coaching | training")] = None,
    as_json: Json = False,
) -> None:
    """这次拜访谁同意了什么：不加选项就看，加了就重新登记，新的算数。Who agreed to what; with an option, anew."""
    from coach.app import open_coach
    from coach.commands.consenting import put_together
    from coach.privacy.consent import EVERYBODY, NOBODY, agreed, in_words

    coach = open_coach()
    side = 0 if coach.settings.language == "zh" else 1
    sha256 = coach.visits.find(visit).visit.sha256
    now = coach.consents.of_bytes(sha256)
    if who or how or scope:
        now = agreed(put_together(now, who, how, scope, EVERYBODY[side]))
        assert now is not None  # it names somebody, if only everybody
        coach.consents.give(sha256, now)
    if as_json:
        body = {"who": now.who, "how": now.how, "scope": now.scope} if now else {}
        typer.echo(_compact({"visit": visit, "consent": body or None}))
    else:
        typer.echo(in_words(now)[side] if now else NOBODY[side])


def _write(file: Path, body: bytes) -> None:
    from coach.store.disk import writing

    with writing():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)


def _plain(title: str) -> str:
    """A title as part of a file's name on any system."""
    return "".join(sign if sign.isalnum() or sign in "-_ " else "-" for sign in title).strip()[:60] or "visit"


def _line(one: StoredVisit, language: Language) -> str:
    from coach.visits.form import deadline, hours_left

    zh = language == "zh"
    day = one.visit.visited_on or one.created_at.date()
    if one.confirmed_at:
        clock = "已提交" if zh else "handed in"
    else:
        left = hours_left(deadline(one.created_at, one.visit.visited_on), dt.datetime.now().astimezone())
        clock = (
            (f"还剩 {left} 小时" if zh else f"{left} h left")
            if left > 0
            else (f"晚了 {-left} 小时" if zh else f"{-left} h late")
        )
    return f"{one.id[:8]}  {day}  {clock}  {one.visit.source_name}"


def _as_object(one: StoredVisit) -> dict[str, object]:
    from coach.visits.form import deadline
    from coach.visits.standing import as_it_stands

    return {
        "visit": one.id,
        "file": one.visit.source_name,
        "visit_date": one.visit.visited_on.isoformat() if one.visit.visited_on else None,
        "due": deadline(one.created_at, one.visit.visited_on).isoformat(timespec="seconds"),
        "confirmed_at": one.confirmed_at.isoformat() + "Z" if one.confirmed_at else None,
        "missing": list(as_it_stands(one).record.missing),
    }


def _compact(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
