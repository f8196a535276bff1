"""What was practised, in the terminal: the kept ones, today's round, scores per type, two branches side by side."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

import typer

from coach.vocabulary import name

if TYPE_CHECKING:
    from rich.console import Console

    from coach.app import Coach
    from coach.practice.branches import Fork, Side
    from coach.practice.session import Session
    from coach.store.practices import StoredPractice
    from coach.vocabulary import Language

_BARS: Final = "▁▂▃▄▅▆▇█"
_SHOWN: Final = 20
_MODES: Final = {
    "practice": ("练习", "practice"),
    "exam": ("考试", "exam"),
    "colleague": ("同事对练", "with a colleague"),
}


def page_of_kept(coach: Coach, *, as_json: bool) -> None:
    """Print the kept practices, newest first; for people also what is due today."""
    from coach.practice.exam import attempt

    language = coach.settings.language
    zh = language == "zh"
    rows = coach.practices.newest(_SHOWN)
    exams = {one.scenario: coach.practices.exams(one.scenario) for one in rows if one.mode == "exam"}
    places = {one.id: attempt(one, exams[one.scenario]) for one in rows if one.mode == "exam"}
    if as_json:
        for one in rows:
            _echo(_kept_json(one, places.get(one.id)))
        return
    from rich.table import Table

    console = _console()
    table = Table(box=None, pad_edge=False)
    for head in ("编号", "什么时候", "剧本", "", "结果") if zh else ("id", "when", "scenario", "", "result"):
        table.add_column(head, overflow="fold")
    for one in rows:
        scenario = coach.scenarios.get(one.scenario)
        table.add_row(
            one.id[:8],
            one.created_at.replace(tzinfo=dt.UTC).astimezone().strftime("%m-%d %H:%M"),
            scenario.title if scenario else one.scenario,
            _kind(one, places.get(one.id), zh=zh),
            _result(one, language),
        )
    if rows:
        console.print(table)
    else:
        console.print("还没有存下来的练习。" if zh else "No practice has been kept yet.")
    _due(coach, console, language)


def page_of_trends(coach: Coach, *, as_json: bool) -> None:
    """Print the scores of each type of objection, oldest first, with how they moved."""
    from coach.practice.history import trends

    language = coach.settings.language
    zh = language == "zh"
    found = trends(coach.practices.newest(500), coach.scenarios)
    if as_json:
        for trend in found:
            attempts = [
                {
                    "id": one.id,
                    "at": one.at.isoformat(),
                    "total": one.total,
                    "held": one.held,
                    "exam": one.exam,
                }
                for one in trend.attempts
            ]
            _echo({"type": trend.type, "change": trend.change, "attempts": attempts})
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    heads = ("异议", "次数", "接住", "分数", "最近", "变化")
    for head in heads if zh else ("objection", "times", "held", "scores", "last", "change"):
        table.add_column(head)
    for trend in found:
        scores = trend.totals
        table.add_row(
            name(trend.type, language),
            str(len(trend.attempts)),
            f"{sum(one.held for one in trend.attempts)}/{len(trend.attempts)}",
            "".join(_BARS[min(7, score * 8 // 100)] for score in scores[-16:]) or "–",
            str(scores[-1]) if scores else "–",
            "–" if trend.change is None else f"{trend.change:+d}",
        )
    _console().print(table)


def page_of_fork(coach: Coach, old: Session, new: Session, turn: int) -> None:
    """Print a branch beside what it came from: the words from the fork, the scores, what changed."""
    from rich.table import Table

    from coach.practice.branches import fork

    both = fork(old, new, turn)
    zh = coach.settings.language == "zh"
    console = _console()
    console.print()
    console.print(f"从第 {turn} 句分开，两边对着看" if zh else f"Side by side from turn {turn}", style="bold")
    for line in both.lead:
        console.print(f"{line.name} {line.text}", style="dim", markup=False)
    table = Table(box=None, padding=(0, 2, 0, 0))
    for head, side in (("原来" if zh else "Before", both.old), ("重来" if zh else "Redone", both.new)):
        table.add_column(f"{head} · {_came_to(side, coach.settings.language)}", ratio=1, overflow="fold")
    for place in range(max(len(both.old.lines), len(both.new.lines))):
        table.add_row(*(_cell(side, place) for side in (both.old, both.new)))
    console.print(table)
    _changed(console, both, zh=zh)


def _changed(console: Console, both: Fork, *, zh: bool) -> None:
    if not both.changes:
        console.print("两边的判据一样。" if zh else "The same checks on both sides.")
    for change in both.changes:
        sign = "+" if change.better else "−"
        quote = f" “{change.quote}”" if change.quote else ""
        console.print(f"{sign} {change.name}{quote}", style="green" if change.better else "red", markup=False)


def _came_to(side: Side, language: Language) -> str:
    total = "–" if side.total is None else str(side.total)
    return f"{total} {name(side.ended, language)}" if side.ended else total


def _cell(side: Side, place: int) -> str:
    from rich.markup import escape

    if place >= len(side.lines):
        return ""
    line = side.lines[place]
    style = "bold" if line.role == "rep" else "cyan"
    return f"[{style}]{escape(line.name)}[/{style}] {escape(line.text)}"


def _due(coach: Coach, console: Console, language: Language) -> None:
    zh = language == "zh"
    found = coach.due_today(language)
    if found is not None:
        why = {
            "visit": ("拜访里没接住", "left open in a visit"),
            "practice": ("上次没接住", "left open last time"),
            "least": ("两周里练得最少", "practised least in two weeks"),
        }[found.why][0 if zh else 1]
        said = f" “{found.said}”" if found.said else ""
        console.print()
        console.print("今天练" if zh else "Due today", style="bold")
        console.print(f"  {name(found.objection, language)} · {why}{said}", markup=False)
        console.print("  coach practice --today", style="dim")
    console.print()
    console.print("今天的六场" if zh else "Today's round", style="bold")
    for type, id in coach.daily_round(language):
        console.print(f"  {name(type, language)} · {coach.scenario(id).title} ({id})", markup=False)


def _kind(one: StoredPractice, place: int | None, *, zh: bool) -> str:
    words = _MODES[one.mode][0 if zh else 1]
    if one.parent_id:
        return f"{words} · {'从' if zh else 'from '} {one.parent_id[:8]} #{one.from_turn}"
    if place:
        return f"{words} {place}{'（算数）' if zh else ' (counts)'}" if place == 1 else f"{words} {place}"
    return words


def _result(one: StoredPractice, language: Language) -> str:
    if one.ended_at is None:
        return "停在半路" if language == "zh" else "left halfway"
    total = "" if one.total is None else f" {round(one.total)}"
    return f"{name(one.outcome or 'not_scored', language)}{total}"


def _kept_json(one: StoredPractice, place: int | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "scenario": one.scenario,
        "mode": one.mode,
        "attempt": place,
        "counts": place == 1 if one.mode == "exam" else None,
        "parent": one.parent_id,
        "from_turn": one.from_turn,
        "began": one.created_at.isoformat(),
        "ended": one.ended_at.isoformat() if one.ended_at else None,
        "outcome": one.outcome,
        "total": None if one.total is None else round(one.total),
    }


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _echo(body: dict[str, Any]) -> None:
    typer.echo(json.dumps(body, ensure_ascii=False, separators=(",", ":")))
