"""A visit's record as a file: XLSX, Markdown, JSON; its next steps as a calendar. People's changes are in all of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, get_args

from coach.conversation import clock
from coach.errors import BadInput
from coach.visits.calendar_file import calendar
from coach.visits.followup import drafts
from coach.visits.form import NOTES
from coach.visits.record import (
    FIELDS,
    FIVE_ACTIONS,
    DecisionRoleMention,
    Feedback,
    HiddenConcern,
    NextStep,
    Objection,
    Said,
    TimePoint,
)
from coach.visits.standing import Entry, Standing
from coach.vocabulary import Language, name

Form = Literal["xlsx", "md", "json", "ics"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
MEDIA: Final[Mapping[Form, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}
NOTE_NAMES: Final = {
    "agreed": ("说定试用的场景", "Use agreed to try"),
    "support": ("要谁帮忙", "Help needed"),
    "note": ("备注", "Notes"),
}
_HEADS: Final = {
    "zh": ("字段", "原话", "含义", "谁", "日期", "时间", "第几句", "依据", "人工"),
    "en": ("Field", "Quote", "Meaning", "Who", "Date", "Time", "Line", "Basis", "By a person"),
}
_WORDS: Final = {
    "zh": {"record": "记录", "talk": "逐字稿", "form": "访后跟进表", "confirmed": "已确认", "changed": "改过", "added": "补填", "none": "没有找到", "day": "拜访日期", "rep": "我方", "handed": "已提交", "open": "还没提交", "line": "第几句", "who": "谁", "words": "说的话", "drafts": "跟进草稿", "mail": "邮件", "message": "短消息", "note": "给同事"},
    "en": {"record": "Record", "talk": "Transcript", "form": "Post-visit form", "confirmed": "confirmed", "changed": "changed", "added": "added", "none": "not found", "day": "Day of the visit", "rep": "Our side", "handed": "handed in", "open": "not handed in", "line": "Line", "who": "Who", "words": "Words", "drafts": "Follow-up drafts", "mail": "Mail", "message": "Message", "note": "For colleagues"},
}  # fmt: skip


def form_of(words: str) -> Form:
    """A form by its name (BadInput)."""
    for form in FORMS:
        if words == form:
            return form
    raise BadInput(
        (f"不会写 {words}", f"{words} cannot be written"),
        ("可以写 xlsx、md、json、ics。", "Choose xlsx, md, json or ics."),
    )


def export(standing: Standing, form: Form, language: Language) -> bytes:
    """The file's bytes; heads and labels in `language`, words as they were spoken. Raises NotFound for an .ics without days."""
    made: Mapping[Form, Callable[[], bytes]] = {
        "xlsx": lambda: workbook(standing, language),
        "md": lambda: markdown(standing, language).encode("utf-8"),
        "json": lambda: as_json(standing).encode("utf-8"),
        "ics": lambda: calendar(standing),
    }
    return made[form]()


def as_json(standing: Standing) -> str:
    """One compact object: the record's contract, then what people did."""
    body = standing.record.model_dump(mode="json", exclude={"engine"})
    body["visit"] = standing.id
    body["confirmed_at"] = standing.confirmed_at.isoformat() + "Z" if standing.confirmed_at else None
    body["form"] = dict(standing.edits.form)
    body["by_people"] = [
        {"field": one.field, "turn": one.said.turn, "quote": one.said.quote, "confirmed": one.confirmed, "changed": one.changed}
        for one in standing.entries
        if one.confirmed or one.changed
    ]  # fmt: skip
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def markdown(standing: Standing, language: Language) -> str:
    """The record as a document: five actions, highlights, the form, the drafts, the transcript."""
    words, record = _WORDS[language], standing.record
    lines = [f"# {_md(standing.title)}", ""]
    lines += [
        f"- {words['day']}: {record.visit_date or '-'}",
        f"- {words['rep']}: {_md(record.rep_speaker or '-')}",
        f"- {words['form']}: {words['handed' if standing.confirmed_at else 'open']}",
        "",
    ]
    for field in FIELDS:
        lines += [f"## {name(field, language)}", ""]
        lines += [_md_entry(one, language) for one in standing.of(field)]
        if added := standing.edits.form.get(field, "").strip():
            lines.append(f"- {_md(added)} ({words['added']})")
        if not standing.of(field) and not added:
            lines.append(words["none"])
        lines.append("")
    notes = [(key, standing.edits.form.get(key, "").strip()) for key in NOTES]
    if any(text for _, text in notes):
        lines += [f"## {words['form']}", ""]
        lines += [
            f"- {NOTE_NAMES[key][0 if language == 'zh' else 1]}: {_md(text)}" for key, text in notes if text
        ]
        lines.append("")
    lines += [f"## {words['drafts']}", ""]
    for draft in drafts(standing):
        lines += [f"### {words[draft.kind]}", ""]
        lines += [f"**{_md(draft.subject)}**", ""] if draft.subject else []
        lines += [_md(draft.body), ""]
    lines += [f"## {words['talk']}", ""]
    for turn in standing.talk.turns:
        at = f"[{clock(turn.start)}] " if turn.start is not None else ""
        lines.append(f"{turn.number}. {at}**{_md(turn.speaker)}**: {_md(turn.text)}")
    return "\n".join(lines) + "\n"


def workbook(standing: Standing, language: Language) -> bytes:
    """The record, the form and the transcript as three sheets; no cell is ever a formula."""
    from io import BytesIO

    from openpyxl import Workbook  # type: ignore[import-untyped]
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]

    words = _WORDS[language]
    book = Workbook()
    book.remove(book.active) if book.active is not None else None
    sheets = (
        (words["record"], (14, 46, 34, 10, 12, 8, 8, 8, 10), [_HEADS[language], *_rows(standing, language)]),
        (words["form"], (22, 70), list(_form_rows(standing, language))),
        (words["talk"], (8, 8, 16, 90), [(words["line"], _HEADS[language][5], words["who"], words["words"]), *_talk_rows(standing)]),
    )  # fmt: skip
    for title, widths, rows in sheets:
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, _cell(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # words that begin with = are no formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions["ABCDEFGHI"[column - 1]].width = width
        sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(standing: Standing, language: Language) -> Iterator[tuple[str | int, ...]]:
    words = _WORDS[language]
    for field in FIELDS:
        for one in standing.of(field):
            said = one.said
            people = words["changed"] if one.changed else words["confirmed"] if one.confirmed else ""
            yield (
                name(field, language),
                said.quote,
                meaning(said, language),
                name(said.owner, language) if isinstance(said, NextStep) else "",
                day.isoformat() if (day := day_of(said)) else "",
                clock(said.time) if said.time is not None else "",
                said.turn,
                name(said.status, language),
                people,
            )
        if added := standing.edits.form.get(field, "").strip():
            yield (name(field, language), "", added, "", "", "", "", "", words["added"])
        elif field in FIVE_ACTIONS and not standing.of(field):
            yield (name(field, language), "", words["none"], "", "", "", "", "", "")


def _form_rows(standing: Standing, language: Language) -> Iterator[tuple[str, ...]]:
    words, side = _WORDS[language], 0 if language == "zh" else 1
    yield words["form"], words["handed" if standing.confirmed_at else "open"]
    yield words["day"], str(standing.record.visit_date or "")
    for key in NOTES:
        yield NOTE_NAMES[key][side], standing.edits.form.get(key, "")
    for draft in drafts(standing):
        yield words[draft.kind], f"{draft.subject}\n\n{draft.body}" if draft.subject else draft.body


def _talk_rows(standing: Standing) -> Iterator[tuple[str | int, ...]]:
    for turn in standing.talk.turns:
        yield turn.number, clock(turn.start) if turn.start is not None else "", turn.speaker, turn.text


def meaning(said: Said, language: Language) -> str:
    """What an entry means beside its words: the action, the worry, the type, the role, the polarity."""
    match said:
        case NextStep():
            return "" if said.action == said.quote else said.action
        case HiddenConcern():
            return said.summary
        case Feedback():
            return name(said.polarity, language)
        case Objection():
            return name(said.type, language)
        case DecisionRoleMention():
            return name(said.role, language)
        case _:
            return ""


def day_of(said: Said) -> dt.date | None:
    """The day of a step or a time point; None for everything else."""
    match said:
        case NextStep():
            return said.due
        case TimePoint():
            return said.date
        case _:
            return None


def _md_entry(one: Entry, language: Language) -> str:
    said, words = one.said, _WORDS[language]
    facts = [
        meaning(said, language),
        name(said.owner, language) if isinstance(said, NextStep) else "",
        str(day_of(said) or ""),
        clock(said.time) if said.time is not None else f"#{said.turn}",
        name("inferred", language) if said.status == "inferred" else "",
        words["changed"] if one.changed else words["confirmed"] if one.confirmed else "",
    ]
    return f"- “{_md(said.quote)}” ({' · '.join(_md(fact) for fact in facts if fact)})"


def _md(words: str) -> str:
    """Words that Markdown shows as they are."""
    for sign in "\\`*_{}[]<>#|":
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "")


def _cell(value: str | int) -> str | int:
    """A value that a spreadsheet takes: control characters are no text there."""
    if isinstance(value, int):
        return value
    return "".join(sign for sign in value if sign in "\n\t" or ord(sign) >= 32)[:32_000]
