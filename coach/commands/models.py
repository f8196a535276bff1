"""`coach models`: which Whisper models are here, which one listens; fetching, choosing and removing one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from coach.settings import Settings
    from coach.speech.models import InstalledWhisper

DOWNLOADS: Final = {
    "large-v3": 3090,
    "large-v3-turbo": 1620,
    "medium": 1530,
    "small": 484,
    "base": 148,
    "tiny": 78,
}
"""Megabytes that pulling a model takes, roughly and only to help choosing; `pull` shows what it really is."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A model in the list; `megabytes` is on disk where it is here, else what pulling takes."""

    name: str
    here: bool
    in_use: bool
    megabytes: float | None
    state: str
    folder: str = ""


def register(app: typer.Typer) -> None:
    """Add `coach models list|pull|use|remove`."""
    group = typer.Typer(help="听写模型 · Whisper models.", no_args_is_help=True)

    @group.command("list")
    def list_models(
        as_json: Annotated[bool, typer.Option("--json", help="每行一个对象 · One object a line.")] = False,
    ) -> None:
        """这台机器上有哪些、用哪个 · What is here, and which one listens."""
        settings = _settings()
        rows = _rows(settings)
        if as_json:
            for row in rows:
                typer.echo(json.dumps(asdict(row), ensure_ascii=False, separators=(",", ":")))
        else:
            _print(rows, settings)

    @group.command()
    def pull(name: Annotated[str, typer.Argument(help="small, medium, large-v3 …")] = "small") -> None:
        """联网取一个模型，能续传 · Fetch a model from the hub once; an interrupted fetch goes on."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        from coach.speech.pull import pull as fetch

        settings = _settings()
        columns = (
            "{task.description}",
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(name, total=None)
            model = fetch(
                name, settings, lambda done, total: bar.update(task, completed=done, total=total or None)
            )
        typer.echo(str(model.folder))
        _say_in_use(settings)

    @group.command()
    def use(
        name: Annotated[str, typer.Argument(help="名字或文件夹 · A name from the list, or a folder.")],
    ) -> None:
        """以后用这个，先逐个文件检查 · Listen with this one from now on; every file is checked first."""
        from coach.speech.models import use as choose

        settings = _settings()
        typer.echo(str(choose(name, settings).folder))
        _say_in_use(settings)

    @group.command()
    def remove(name: Annotated[str, typer.Argument(help="拉取来的模型 · A pulled model.")]) -> None:
        """删掉一个拉取来的模型 · Throw a pulled model away."""
        from coach.speech.models import remove as throw_away

        settings = _settings()
        typer.echo(str(throw_away(name, settings).folder))
        _say_in_use(settings)

    app.add_typer(group, name="models")


def _settings() -> Settings:
    from coach.app import open_coach

    return open_coach().settings


def _rows(settings: Settings) -> list[_Row]:
    from coach.errors import ModelMissing
    from coach.speech.models import NAMES, faults, find, installed

    side = 0 if settings.language == "zh" else 1
    here = installed(settings)
    try:
        chosen: InstalledWhisper | None = find(settings)
    except ModelMissing:
        # What is chosen is not here: the list is where one looks to see that.
        chosen = None
    if chosen is not None and chosen not in here:
        here.insert(0, chosen)
    rows = []
    for model in here:
        found = faults(model.folder)
        state = found[0][side] if found else "ok"
        in_use = chosen is not None and model == chosen and not settings.transcribe_base_url
        rows.append(_Row(model.name, True, in_use, round(model.size / 1e6, 1), state, str(model.folder)))
    names = {model.name for model in here}
    return rows + [_Row(name, False, False, DOWNLOADS[name], "") for name in NAMES if name not in names]


def _print(rows: list[_Row], settings: Settings) -> None:
    from rich.console import Console
    from rich.table import Table

    zh = settings.language == "zh"
    table = Table(box=None)
    for column in ("", "模型" if zh else "model", "MB", "状态" if zh else "state"):
        table.add_column(column, justify="right" if column == "MB" else "left")
    for row in rows:
        state = row.state if row.here else f"coach models pull {row.name}"
        if row.name == "demo":
            state = "只听得懂样例录音" if zh else "understands the sample recordings only"
        size = f"{row.megabytes:g}" if row.here else f"≈{row.megabytes:g}"
        table.add_row("→" if row.in_use else "", row.name, size, state)
    Console().print(table)
    _say_in_use(settings)


def _say_in_use(settings: Settings) -> None:
    """Which one listens and why, as a note: a setting may overrule what was just chosen."""
    from coach.errors import ModelMissing
    from coach.speech.models import chosen, find

    side = 0 if settings.language == "zh" else 1
    if settings.transcribe_base_url:
        name, why = settings.transcribe_model, "COACH_TRANSCRIBE_BASE_URL"
    else:
        try:
            name = find(settings).name
        except ModelMissing as error:
            typer.echo(f"{error.what[side]} {error.next[side]}", err=True)
            return
        if settings.whisper_model:
            why = "COACH_WHISPER_MODEL"
        elif chosen(settings):
            why = "coach models use"
        else:
            why = ("装好的里面最好的", "the best of those that are here")[side]
    typer.echo((f"现在用 {name}（{why}）", f"{name} listens ({why})")[side], err=True)
