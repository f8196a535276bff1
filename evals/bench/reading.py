"""What reading takes: an hour of talk at once (about 900 turns), and one new reply in its context."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from coach.conversation import Conversation, Turn
    from coach.vocabulary import Language

TURNS: Final = 900
REPLIES: Final = 400
TURNS_S: Final = 2.0
REPLY_MS: Final = 15.0


def bench_reading() -> None:
    """Print the figures; nothing is asserted."""
    import numpy as np
    from rich.console import Console
    from rich.table import Table

    table = Table(title="reading, offline engine")
    for column in ("", "figure", "goal"):
        table.add_column(column, justify="right" if column else "left")
    for language in ("zh", "en"):
        talk = an_hour(language)
        loading = _whole(replace(talk, turns=talk.turns[:2]))
        table.add_row(f"loading, and two turns, {language}", f"{loading:.2f} s", "")
        table.add_row(f"{TURNS} turns, {language}", f"{_whole(talk):.2f} s", f"{TURNS_S:.1f} s")
        spent = one_by_one(language)
        for share in (50, 95):
            goal = f"{REPLY_MS:.0f} ms" if share == 95 else ""
            table.add_row(f"one reply, {language}, p{share}", f"{np.percentile(spent, share):.1f} ms", goal)
    Console(width=120).print(table)


def an_hour(language: Language) -> Conversation:
    """The marked visits of one language, one after another, as one long talk with one rep."""
    from evals.reading.examples import SETS
    from evals.sets.annotated import read_visits

    rep, customer = ("销售", "客户") if language == "zh" else ("Rep", "Customer")
    turns: list[Turn] = []
    visits = [one for one in read_visits(SETS / "visits") if one.conversation.language == language]
    for visit in visits:
        for turn in visit.conversation.turns:
            speaker = rep if turn.speaker == visit.rep else customer
            turns.append(replace(turn, number=len(turns) + 1, speaker=speaker, start=None, end=None))
    return replace(visits[0].conversation, turns=tuple(turns[:TURNS]))


def _whole(talk: Conversation) -> float:
    from coach.reading.offline import OfflineEngine
    from coach.visits.assemble import assemble

    engine = OfflineEngine()
    began = time.perf_counter()
    assemble(talk, engine.read(talk))
    return time.perf_counter() - began


def one_by_one(language: Language) -> Sequence[float]:
    """Milliseconds of each reply of the labelled sets, read as the newest turn of its context."""
    from coach.conversation import conversation
    from coach.reading.offline import OfflineEngine
    from evals.reading.examples import SETS
    from evals.sets.labelled_replies import read_replies

    engine = OfflineEngine()
    names = (
        {"rep": "销售", "customer": "客户"} if language == "zh" else {"rep": "Rep", "customer": "Customer"}
    )
    replies = [one for one in read_replies(SETS / "replies") if one.language == language][:REPLIES]
    spent = []
    for one in replies:
        lines = [(names[role], text) for role, text in one.context]
        talk = conversation([*lines, (names["rep"], one.reply)], language=language)
        began = time.perf_counter()
        engine.read(talk, first_turn=len(talk.turns))
        spent.append((time.perf_counter() - began) * 1000)
    return spent[5:]
