"""`coach library import`: cases and handbooks from files; looked at first with --dry-run, then kept for review."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from coach.exchange.handbooks import Placed
    from coach.exchange.intake import Outcome, Progress
    from coach.exchange.reading import As, Headed, Heard
    from coach.vocabulary import Language

COULD_NOT: Final = 1
SOME_FAILED: Final = 3

Files = Annotated[
    list[Path],
    typer.Argument(help="xlsx、csv、md、docx、pptx、pdf、json、yaml，或一个文件夹。Files, or a folder."),
]


def import_files(
    files: Files,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会怎样，什么都不存。Only look; keep nothing.")
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="列名=字段 COLUMN=FIELD", help="纠正列的对应。Correct a column."),
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", help="case | handbook：文章当哪一种。What documents are.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="存成草稿，先不送审。Keep as drafts, not for review yet.")
    ] = False,
    faults: Annotated[
        Path | None, typer.Option(help="没收进来的写到这个 CSV。Where rows that were not taken are listed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="一个 JSON。One JSON object.")] = False,
) -> None:
    """导入：能收的收，收不了的一行行说清楚。Take in what can be taken; name every row that cannot."""
    from coach.app import open_coach
    from coach.commands.notes import say_on_stderr
    from coach.exchange.bringing import Manner, bring
    from coach.exchange.faults import write_faults

    coach = open_coach(note=say_on_stderr)
    language = coach.settings.language
    columns: list[dict[str, object]] = []
    manner = Manner(_pairs(map_), _kind(as_), "draft" if draft else "in_review", dry_run)
    # An import leaves no circles behind, and looking for them took a sixth of its time.
    gc.disable()
    try:
        brought = bring(
            files,
            coach.intake,
            coach.settings.home / "library" / "handbooks",
            manner,
            heard=_hearing(columns, language, as_json=as_json),
            progress=_progress(language),
        )
    finally:
        gc.enable()
    outcome, placed = brought.outcome, brought.handbooks
    if outcome.bad:
        faults = faults or Path("import-faults.csv")
        write_faults(faults, outcome.bad, language)
        if coach.database.is_there:
            from coach.keeping.loose_files import note_made

            note_made(coach.database, coach.person, [faults])
    listed = faults if outcome.bad else None
    if as_json:
        _print_json(outcome, placed, listed, columns, dry_run=dry_run)
    else:
        _print(outcome, placed, listed, language, dry_run=dry_run)
    if outcome.bad:
        raise typer.Exit(SOME_FAILED if outcome.taken or placed else COULD_NOT)


def _pairs(said: list[str] | None) -> dict[str, str]:
    """`列名=字段` as a mapping; anything else is a wrong call."""
    pairs = [one.partition("=") for one in said or ()]
    if wrong := [head for head, mark, _ in pairs if not mark or not head.strip()]:
        raise typer.BadParameter(f"{wrong[0]!r}: COLUMN=FIELD", param_hint="--map")
    return {head.strip(): field.strip() for head, _, field in pairs}


def _kind(as_: str | None) -> As | None:
    if as_ in ("case", "handbook", None):
        return as_  # type: ignore[return-value]
    raise typer.BadParameter("case | handbook", param_hint="--as")


def _hearing(columns: list[dict[str, object]], language: Language, *, as_json: bool) -> Heard:
    """Keeps which column was taken for what, and says it on stderr before the rows are read."""
    from coach.exchange.fields import BY_PATH

    def heard(one: Headed) -> None:
        told, unknown = one.columns.told(), list(one.columns.unknown)
        columns.append({"sheet": one.sheet.name, "columns": dict(told), "unknown": unknown})
        if as_json:
            return
        pairs = [f"{head} → {BY_PATH[field].name(language)}" for head, field in told]
        typer.echo(f"{one.sheet.name} {' · '.join(pairs)}".strip(), err=True)
        if unknown:
            words = "没认出来" if language == "zh" else "not recognised"
            typer.echo(f"  {words}: {', '.join(unknown)}", err=True)

    return heard


def _progress(language: Language) -> Progress:
    def tell(done: int) -> None:
        if done % 5000 == 0:
            typer.echo(f"{done} 行……" if language == "zh" else f"{done} rows…", err=True)

    return tell


def _print_json(
    outcome: Outcome,
    placed: Sequence[Placed],
    faults: Path | None,
    columns: list[dict[str, object]],
    *,
    dry_run: bool,
) -> None:
    counts = {"new": outcome.new, "changed": outcome.changed, "same": outcome.same, "bad": len(outcome.bad)}
    books = [
        {"id": one.id, "title": one.title, "fate": one.fate, "version": one.version, "sections": one.sections}
        for one in placed
    ]
    body = {
        "dry_run": dry_run,
        "cases": counts,
        "handbooks": books,
        "masked": outcome.private,
        "columns": columns,
        "faults": str(faults) if faults else None,
    }
    typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def _print(
    outcome: Outcome, placed: Sequence[Placed], faults: Path | None, language: Language, *, dry_run: bool
) -> None:
    zh = language == "zh"
    if dry_run:
        typer.echo("试跑，什么都没存。" if zh else "A dry run: nothing was kept.")
    n, changed, same, bad = outcome.new, outcome.changed, outcome.same, len(outcome.bad)
    if n or changed or same:
        typer.echo(
            f"战例：新 {n}，改 {changed}，没变 {same}。新的和改的在等审核：`coach library pending`。"
            if zh
            else f"Cases: {n} new, {changed} changed, {same} the same. They wait for review: `coach library pending`."
        )
    fates = {"new": ("新", "new"), "changed": ("改", "changed"), "same": ("没变", "the same")}
    for one in placed:
        fate = fates[one.fate][0 if zh else 1]
        typer.echo(
            f"{'手册' if zh else 'Handbook'} {one.id} {one.version} · {one.title} · {fate} · {one.sections}"
        )
        if one.private:
            typer.echo(
                f"  里头有 {one.private} 处像号码或邮箱，看一眼该不该留。"
                if zh
                else f"  {one.private} places look like numbers or addresses of people; have a look.",
            )
    if outcome.private:
        counts = ", ".join(f"{kind} {many}" for kind, many in outcome.private.items())
        typer.echo(f"遮掉：{counts}" if zh else f"Masked: {counts}")
    if bad:
        typer.echo(
            f"没收 {bad} 行，哪一行、哪一列、怎么改都在 {faults}"
            if zh
            else f"Not taken: {bad}; row by row in {faults}"
        )
