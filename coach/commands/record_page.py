"""How a record looks in a terminal: five numbered actions, the three highlights, what is missing, what to know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from coach.conversation import clock
from coach.visits.record import FIVE_ACTIONS, HIGHLIGHTS, Record
from coach.vocabulary import Language, name

if TYPE_CHECKING:
    from coach.visits.record import Said

_WORDS: Final = {
    "zh": {"visit": "拜访", "rep": "销售", "none": "（没有）", "no_day": "没约日期", "highlights": "三类重点", "missing": "缺", "notes": "注意"},
    "en": {"visit": "Visit", "rep": "Rep", "none": "(none)", "no_day": "no day agreed", "highlights": "Highlights", "missing": "Missing", "notes": "Notes"},
}  # fmt: skip


def page(record: Record) -> None:
    """Print one record to stdout."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    words = _WORDS[record.language]
    head = Text(record.file, style="bold")
    head.append(
        f"  {words['visit']} {record.visit_date or '—'}  {words['rep']} {record.rep_speaker or '—'}",
        style="dim",
    )
    console.print(head)
    for number, field in enumerate(FIVE_ACTIONS, 1):
        console.print(Text(f"{number} {name(field, record.language)}", style="bold cyan"))
        for line in _lines(getattr(record, field), record.language) or [f"   {words['none']}"]:
            console.print(Text(line))
    console.print(Text(words["highlights"], style="bold cyan"))
    for field in HIGHLIGHTS:
        entries: tuple[Said, ...] = getattr(record, field)
        if entries:
            console.print(Text(f"  {name(field, record.language)}"))
            for line in _lines(entries, record.language):
                console.print(Text(line))
    if record.missing:
        named = "、".join(name(field, record.language) for field in record.missing)
        console.print(Text(f"{words['missing']}: {named}", style="yellow"))
    for warning in record.warnings:
        console.print(Text(f"{words['notes']}: {warning}", style="yellow"))
    console.print()


def _lines(entries: Iterable[Said], language: Language) -> list[str]:
    """One line an entry: where it was said, the words, and what they mean."""
    lines = []
    for entry in entries:
        place = clock(entry.time) if entry.time is not None else f"#{entry.turn}"
        lines.append(f"   {place:>6}  “{entry.quote}”{_meaning(entry, language)}")
    return lines


def _meaning(entry: Said, language: Language) -> str:
    from coach.visits import record as kinds

    match entry:
        case kinds.NextStep():
            return f"  → {name(entry.owner, language)} · {entry.due or _WORDS[language]['no_day']}"
        case kinds.HiddenConcern():
            return f"  → {entry.summary}"
        case kinds.Feedback():
            return f"  [{name(entry.polarity, language)}]"
        case kinds.Objection():
            return f"  [{name(entry.type, language)}]"
        case kinds.DecisionRoleMention():
            return f"  [{name(entry.role, language)}]"
        case kinds.TimePoint():
            return f"  → {entry.date}" if entry.date else ""
        case _:
            return ""
