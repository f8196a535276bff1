"""A stored visit for the tests: a transcript in which an objection is left unanswered."""

from __future__ import annotations

import hashlib
from typing import Any

from coach.app import Coach
from coach.conversation import Conversation, parse_transcript
from coach.store.visits import NewVisit
from coach.visits.record import Objection, Record, Said

TALK = """# date: 2026-11-18
销售: 罗工您好，上回说的监测方案我带来了，电池能用三年，数据自动上传。
罗志强: 王总那边比你们低 8000 块，你们太贵了，不信打 13812345678 问。
销售: 您说高，是和哪一家比？我们含三年上门，摊到每年是 4200 块。
罗志强: 上门倒是个事。不过这个事我做不了主，要厂里开会定。
销售: 好，那我先回去。
"""


def stored_visit(coach: Coach, transcript: str = TALK) -> str:
    """Keep the visit with a record written by hand, so that what is read there does not depend on the reader; its id."""
    talk = parse_transcript(transcript, language="zh")
    record = Record(
        language="zh",
        rep_speaker="销售",
        objections=(
            Objection(
                type="price",
                **_words(talk, 2, "王总那边比你们低 8000 块，你们太贵了，不信打 13812345678 问。"),
            ),
            Objection(type="decision_chain", **_words(talk, 4, "不过这个事我做不了主，要厂里开会定。")),
        ),
        solution_points=(Said(**_words(talk, 3, "我们含三年上门，摊到每年是 4200 块。")),),
    )
    visit = NewVisit(
        source_name="luo.txt",
        sha256=hashlib.sha256(transcript.encode()).hexdigest(),
        language="zh",
        transcript=transcript,
        visited_on=talk.date,
    )
    return coach.visits.save(visit, engine="by hand", machine=record.model_dump(mode="json"))


def _words(talk: Conversation, turn: int, quote: str) -> dict[str, Any]:
    start = talk.turn(turn).text.index(quote)
    return {"quote": quote, "turn": turn, "start": start, "end": start + len(quote)}
