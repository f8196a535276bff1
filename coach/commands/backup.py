"""`coach backup` and `coach restore`: everything that cannot be made anew, in one file, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")]
File = Annotated[
    Path,
    typer.Argument(
        help="备份文件；coach backup list 列出来的写名字就行。A backup; a listed one by its name."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the group `backup` and the command `restore`."""
    group = typer.Typer(invoke_without_command=True, help="备份：开着也能做。Back up, while others work.")
    group.callback()(backup)
    group.command("list")(list_backups)
    group.command("check")(check)
    app.add_typer(group, name="backup")
    app.command("restore")(restore)


def backup(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(help="文件夹或 .tar 文件；不写就在数据目录的 backups 里。A folder or a .tar file."),
    ] = None,
    as_json: Json = False,
) -> None:
    """备份数据库、录音、手册，一个文件。The database, recordings and handbooks in one file."""
    if context.invoked_subcommand is not None:
        return
    from coach.app import open_coach
    from coach.keeping.archive import make_backup
    from coach.keeping.retention import expires_on
    from coach.store.audit import write_audit

    coach = open_coach()
    file, manifest = make_backup(coach.settings, coach.database, to)
    size = file.stat().st_size
    write_audit(coach.database, coach.person, "backed_up", "", {"files": len(manifest.files), "bytes": size})
    goes = expires_on(file, coach.settings) if to is None else None
    if as_json:
        body = {"file": str(file), "files": len(manifest.files), "bytes": size, "revision": manifest.revision}
        typer.echo(_compact({**body, "expires": goes.isoformat() if goes else None}))
        return
    zh = coach.settings.language == "zh"
    typer.echo(
        f"{file}：{len(manifest.files)} 个文件，{size / 1e6:.1f} MB。"
        if zh
        else f"{file}: {len(manifest.files)} files, {size / 1e6:.1f} MB."
    )
    if goes is not None:
        typer.echo(f"{goes} 以后会删掉。" if zh else f"It is erased after {goes}.", err=True)


def list_backups(as_json: Json = False) -> None:
    """数据目录里的备份，新的在前。The backups in the home, newest first."""
    from coach.keeping.retention import backups_in, expires_on
    from coach.settings import Settings

    settings = Settings()
    for file in backups_in(settings):
        goes = expires_on(file, settings)
        if as_json:
            body = {
                "file": str(file),
                "bytes": file.stat().st_size,
                "expires": goes.isoformat() if goes else None,
            }
            typer.echo(_compact(body))
        else:
            typer.echo(f"{file.name}  {file.stat().st_size / 1e6:8.1f} MB  → {goes or '∞'}")


def check(file: File, as_json: Json = False) -> None:
    """拆开核对每个文件的哈希，什么都不改。Unpack it, compare every hash, change nothing."""
    from coach.app import open_coach
    from coach.keeping.restore import check_backup

    coach = open_coach()
    manifest = check_backup(_found(file), coach.settings)
    if as_json:
        typer.echo(_compact({"ok": True, "files": len(manifest.files), "revision": manifest.revision}))
    else:
        zh = f"完好：{len(manifest.files)} 个文件，结构 {manifest.revision}。"
        en = f"Whole: {len(manifest.files)} files, schema {manifest.revision}."
        typer.echo(zh if coach.settings.language == "zh" else en)


def restore(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再问。Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """回到一个备份；现在的数据挪到一边，不删。Go back to a backup; what is there now is put aside."""
    from coach.app import open_coach
    from coach.keeping.restore import restore_backup

    coach = open_coach()
    zh = coach.settings.language == "zh"
    if not yes:
        question = f"用 {file.name} 换掉现在的数据？" if zh else f"Replace what is there by {file.name}?"
        typer.confirm(question, abort=True, err=True)
    done = restore_backup(_found(file), coach.settings, coach.database, coach.library, "local")
    if as_json:
        aside = str(done.aside) if done.aside else None
        typer.echo(
            _compact(
                {
                    "files": done.files,
                    "revision": done.revision,
                    "aside": aside,
                    "erased_again": done.erased_again,
                }
            )
        )
        return
    typer.echo(f"恢复了 {done.files} 个文件。" if zh else f"{done.files} files are back.")
    if done.aside:
        typer.echo(f"原来的在 {done.aside}" if zh else f"What was there is in {done.aside}", err=True)
    if done.erased_again:
        typer.echo(
            f"备份之后删过的 {done.erased_again} 次，又删了一遍。"
            if zh
            else f"What had been erased since was erased again ({done.erased_again}).",
            err=True,
        )


def _found(file: Path) -> Path:
    from coach.keeping.archive import backups_folder
    from coach.settings import Settings

    inside = backups_folder(Settings()) / file.name
    return inside if not file.exists() and inside.exists() else file


def _compact(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
