"""Annotated visits: a transcript with the record marked in its own words, so that a quote cannot be inexact.

A `.visit` file is a transcript (`coach.conversation`) whose turns carry marks `{code|words}`; marks may nest:

    # date: 2026-11-18
    # rep: 销售                      label of the rep as it stands in the file; `# rep: -` when no rep speaks
    # quality: good                  good | mediocre | poor (annotation guide)
    # note: anything a reader should know
    客户: {N|我要的是温度一不对，半小时内有人知道}，{F:negative|这价我接不住}。
    客户: {A:rep:2026-11-30:发六个库位的方案|你{T:2026-11-30|月底之前}给我六个库位的方案}

    N need · S solution point · F:polarity feedback · O:type objection · C:summary hidden concern
    A:owner:due:action next step (due empty when no day was agreed) · R:role decision role · T:date time point (date may be empty)
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from coach.conversation import Conversation, parse_transcript
from coach.errors import BadContent
from coach.vocabulary import DECISION_ROLES, OBJECTION_TYPES, POLARITIES

FIELD_OF: Final = {
    "N": "core_needs",
    "S": "solution_points",
    "F": "feedback",
    "O": "objections",
    "C": "hidden_concerns",
    "A": "next_steps",
    "R": "decision_roles",
    "T": "time_points",
}
_TYPES: Final = {"F": ("polarity", POLARITIES), "O": ("type", OBJECTION_TYPES), "R": ("role", DECISION_ROLES)}
_META: Final = re.compile(r"#\s*(rep|quality|note)\s*[:：]\s*(.*)")


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One marked span: the record's field, where it stands, and its typed attributes (polarity, owner, date …)."""

    field: str
    turn: int
    start: int
    end: int
    quote: str
    attributes: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class AnnotatedVisit:
    """A conversation and what a person marked in it."""

    id: str
    conversation: Conversation
    rep: str | None
    quality: str
    items: tuple[GoldItem, ...]

    def gold(self) -> dict[str, object]:
        """The record of the marks, in the field names of `coach record --json`."""
        record: dict[str, object] = {
            "language": self.conversation.language,
            "visit_date": self.conversation.date.isoformat() if self.conversation.date else None,
            "rep_speaker": self.rep,
            "rep_quality": self.quality,
        }
        for name in FIELD_OF.values():
            record[name] = [
                {
                    "quote": item.quote,
                    "turn": item.turn,
                    "start": item.start,
                    "end": item.end,
                    **item.attributes,
                }
                for item in self.items
                if item.field == name
            ]
        return record


def read_visit(path: Path) -> AnnotatedVisit:
    """Read one `.visit` file; every fault is a BadContent that names the file and what is wrong."""
    text = path.read_text(encoding="utf-8")
    meta = {match[1]: match[2].strip() for line in text.splitlines() if (match := _META.match(line.strip()))}
    marked = parse_transcript(text, source=path.name)
    turns, items = [], []
    for turn in marked.turns:
        plain, found = _unmark(turn.text, turn.number, path)
        turns.append(replace(turn, text=plain))
        items.extend(found)
    rep = meta.get("rep", "-")
    talk = replace(marked, turns=tuple(turns))
    if rep != "-" and rep not in talk.speakers:
        raise _fault(path, f"`# rep: {rep}` is nobody's label; the labels are {', '.join(talk.speakers)}")
    return AnnotatedVisit(path.stem, talk, None if rep == "-" else rep, meta.get("quality", ""), tuple(items))


def read_visits(folder: Path) -> list[AnnotatedVisit]:
    """All visits below a folder: `.visit` files, and `NAME.txt` with `NAME.gold.json` (no gold: nothing marked)."""
    visits = [read_visit(path) for path in sorted(folder.rglob("*.visit"))]
    visits += [_from_gold(path) for path in sorted(folder.rglob("*.txt"))]
    return visits


def _unmark(text: str, turn: int, path: Path) -> tuple[str, list[GoldItem]]:
    """Text without its marks, and the marks as spans of that text."""
    plain: list[str] = []
    length = 0
    open_marks: list[tuple[str, int]] = []
    items: list[GoldItem] = []
    position = 0
    while position < len(text):
        char = text[position]
        if char == "{":
            bar = text.find("|", position)
            if bar < 0:
                raise _fault(path, f"turn {turn}: a mark without '|': {text[position : position + 30]}")
            open_marks.append((text[position + 1 : bar], length))
            position = bar + 1
            continue
        if char == "}":
            if not open_marks:
                raise _fault(path, f"turn {turn}: '}}' without a mark")
            code, start = open_marks.pop()
            quote = "".join(plain)[start:length]
            items.append(_item(code, turn, start, quote, path))
        else:
            plain.append(char)
            length += 1
        position += 1
    if open_marks:
        raise _fault(path, f"turn {turn}: the mark {{{open_marks[-1][0]}| is not closed")
    return "".join(plain), items


def _item(code: str, turn: int, start: int, quote: str, path: Path) -> GoldItem:
    letter, *values = code.split(":", 3 if code.startswith("A") else 1)
    if letter not in FIELD_OF or not quote.strip():
        raise _fault(path, f"turn {turn}: unknown or empty mark {{{code}|{quote}}}")
    attributes: dict[str, str | None] = {}
    if letter in _TYPES:
        key, allowed = _TYPES[letter]
        if not values or values[0] not in allowed:
            raise _fault(path, f"turn {turn}: {{{code}| needs one of {', '.join(allowed)}")
        attributes[key] = values[0]
    elif letter == "C":
        attributes["summary"] = values[0] if values else ""
    elif letter == "T":
        attributes["date"] = _day(values[0] if values else "", turn, path)
    elif letter == "A":
        if len(values) != 3 or values[0] not in ("rep", "customer"):
            raise _fault(path, f"turn {turn}: {{{code}| must be A:rep|customer:date or empty:action")
        attributes |= {"owner": values[0], "due": _day(values[1], turn, path), "action": values[2]}
    return GoldItem(FIELD_OF[letter], turn, start, start + len(quote), quote, attributes)


def _day(value: str, turn: int, path: Path) -> str | None:
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise _fault(path, f"turn {turn}: '{value}' is not a date (YYYY-MM-DD)") from None


def _from_gold(path: Path) -> AnnotatedVisit:
    talk = parse_transcript(path.read_text(encoding="utf-8-sig"), source=path.name)
    gold_path = path.with_suffix(".gold.json")
    gold = json.loads(gold_path.read_text(encoding="utf-8")) if gold_path.exists() else {}
    items = []
    for name in FIELD_OF.values():
        for raw in gold.get(name) or gold.get({"feedback": "feedback_keywords"}.get(name, name)) or []:
            quote = next((raw[key] for key in ("quote", "evidence", "mention", "text") if raw.get(key)), "")
            turn = raw.get("turn") or next((t.number for t in talk.turns if quote and quote in t.text), 0)
            if not quote or not 1 <= turn <= len(talk.turns):
                continue
            start = raw.get("start", talk.turn(turn).text.find(quote))
            known = {"quote", "turn", "start", "end", "evidence", "mention", "text", "status", "time"}
            attributes = {key: value for key, value in raw.items() if key not in known}
            items.append(GoldItem(name, turn, start, start + len(quote), quote, attributes))
    return AnnotatedVisit(path.stem, talk, gold.get("rep_speaker"), gold.get("rep_quality", ""), tuple(items))


def _fault(path: Path, what: str) -> BadContent:
    return BadContent((f"{path.name}：{what}", f"{path.name}: {what}"))
