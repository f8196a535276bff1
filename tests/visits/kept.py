"""A visit kept in a fresh home, with a record that is written here: what people do with it does not hang on the reader."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.app import Coach, open_coach
from coach.conversation import parse_transcript
from coach.settings import Settings
from coach.store.visits import NewVisit
from coach.visits.record import FIVE_ACTIONS, Record

TALK = """\
# date: 2026-11-18
[00:02] 销售: 陈总监，上次冷库报警是怎么发现的？
[00:09] 客户: 早班推门才知道。我要的是温度一不对，半小时内有人处理。
[00:20] 销售: 我们五分钟推给值班，十五分钟没人确认就打电话给班长。
[00:31] 客户: 你们报价太贵了，比另一家高不少。
[00:40] 销售: 那我下周三之前把六个库位的方案发给您。
[00:47] 客户: 行，最后得财务的孙总点头。
"""
READ: Sequence[tuple[str, str, dict[str, Any]]] = (
    ("core_needs", "我要的是温度一不对，半小时内有人处理", {}),
    ("solution_points", "我们五分钟推给值班", {}),
    ("solution_points", "把六个库位的方案发给您", {}),
    ("next_steps", "那我下周三之前把六个库位的方案发给您", {"owner": "rep", "due": "2026-11-25"}),
    ("objections", "你们报价太贵了", {"type": "price"}),
    ("decision_roles", "财务的孙总", {"role": "finance"}),
    ("time_points", "下周三之前", {"date": "2026-11-25"}),
)
"""Field, words, and what they mean."""


def a_coach(home: Path) -> Coach:
    """A coach with the offline engine and a home of its own."""
    return open_coach(Settings(home=home, engine="offline"))


def keep(
    coach: Coach,
    talk: str = TALK,
    name: str = "=冷库.txt",
    day: dt.date | None = dt.date(2026, 11, 18),
    read: Sequence[tuple[str, str, dict[str, Any]]] = READ,
) -> str:
    """Keep a talk with this reading; the visit's id."""
    parsed = parse_transcript(talk).with_date(day)
    fields: dict[str, list[dict[str, Any]]] = {}
    for field, words, means in read:
        turn = next(turn for turn in parsed.turns if words in turn.text)
        at = turn.text.index(words)
        said = {"quote": words, "turn": turn.number, "start": at, "end": at + len(words), "time": turn.start}
        action = {"action": words} if field == "next_steps" else {}
        fields.setdefault(field, []).append({**said, **action, **means})
    made = Record.model_validate(
        {
            **fields,
            "file": name,
            "language": parsed.language,
            "visit_date": day,
            "rep_speaker": parsed.speakers[0],
            "missing": [field for field in FIVE_ACTIONS if field not in fields],
        }
    )
    sha = hashlib.sha256(f"{name}{talk}".encode()).hexdigest()
    new = NewVisit(name, sha, parsed.language, talk, visited_on=day)
    return coach.visits.save(new, engine="test", machine=made.model_dump(mode="json"))
