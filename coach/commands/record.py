"""`coach record FILE…`: recordings or transcripts become five-action records; prints, and stores only with --save."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.commands.consenting import AsUsual, How, Scope, Who, consent_said

if TYPE_CHECKING:
    from coach.app import Coach
    from coach.privacy.consent import Agreed
    from coach.speech.recording import Heard
    from coach.visits.record import Record


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("record")(record)


def record(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="录音或文字稿。Recordings or transcripts.")
    ],
    date: Annotated[str | None, typer.Option(help="拜访日期 YYYY-MM-DD。Day of the visit.")] = None,
    rep: Annotated[str | None, typer.Option(help="哪个说话人是销售。The rep's label in the file.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="zh | en；不写则自动判断。Detected when not given.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一行一个 JSON。One JSON object a line.")] = False,
    save: Annotated[
        bool,
        typer.Option(
            "--save", help="存下来（要 --consent 或 --agreed）。Store it (needs --consent or --agreed)."
        ),
    ] = False,
    deal: Annotated[str | None, typer.Option(help="属于哪个商机。The deal it belongs to.")] = None,
    consent: Who = None,
    agreed: AsUsual = False,
    how: How = None,
    scope: Scope = None,
) -> None:
    """黄金五动作：核心诉求、响应方案点、当场反馈、下一步、隐性顾虑。The five-action record of a visit."""
    from coach.app import open_coach
    from coach.commands.each_file import day, each_file, language

    visit_day, spoken = day(date), language(lang)
    coach = open_coach()
    said = consent_said(coach, consent, agreed, how, scope)
    if save and said is None:
        raise typer.BadParameter(
            "存录音要写明谁同意了 · say who agreed to be recorded", param_hint="--consent / --agreed"
        )

    def one(path: Path) -> None:
        heard = coach.hear(
            path,
            language=spoken,
            date=visit_day,
            on_progress=_progress(coach) if sys.stderr.isatty() else None,
        )
        made = _record(coach, heard, path, rep)
        if save and said is not None:
            _save(coach, path, heard, made, deal, said)
        _print(made, as_json=as_json)

    each_file(files, one, as_json=as_json, language=coach.settings.language)


def _record(coach: Coach, heard: Heard, path: Path, rep: str | None) -> Record:
    from coach.visits.assemble import assemble
    from coach.visits.sides import read_sides

    talk = heard.conversation
    made = assemble(talk, read_sides(coach.engine, talk, rep))
    spoken = [zh if talk.language == "zh" else en for zh, en in heard.warnings]
    warnings = tuple(dict.fromkeys((*spoken, *made.warnings)))
    return made.model_copy(update={"file": str(path), "warnings": warnings})


def _save(coach: Coach, path: Path, heard: Heard, made: Record, deal: str | None, consent: Agreed) -> None:
    from coach.conversation import write_transcript
    from coach.store.recordings import sha256_of
    from coach.store.visits import NewVisit

    talk = heard.conversation
    visit = NewVisit(
        source_name=path.name,
        sha256=sha256_of(path),
        language=talk.language,
        transcript=write_transcript(talk),
        visited_on=talk.date,
        seconds=heard.duration,
        deal_id=(coach.deals.by_title(deal) or coach.deals.save(deal, deal)) if deal else None,
        consent=consent.who,
    )
    coach.consents.give(visit.sha256, consent)
    visit_id = coach.visits.save(visit, engine=made.engine, machine=made.model_dump(mode="json"))
    typer.echo(f"已存 · saved {visit_id}", err=True)


def _print(made: Record, *, as_json: bool) -> None:
    if as_json:
        typer.echo(made.model_dump_json(exclude={"engine"}))
        return
    from coach.commands.record_page import page

    page(made)


def _progress(coach: Coach) -> Callable[[float, float], None]:
    """A line on stderr that says how far the listening is and how long it will still take."""
    from coach.speech.pace import Pace, spoken

    pace, side = Pace(), 0 if coach.settings.language == "zh" else 1

    def show(done: float, total: float) -> None:
        left = spoken(pace.left(done, total))[side]
        typer.echo(f"\r\x1b[K{done:.0f}/{total:.0f} s  {left}", err=True, nl=done >= total)

    return show
