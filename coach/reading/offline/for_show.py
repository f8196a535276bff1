"""For show: how far a rep has so far talked for the marks and not to the customer.

One turn says little: good reps sum up and hand words back too. Over some turns those who recite headings, report their
own deeds or hand everything back stand apart, whoever wrote them. What they then say needs more to count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from coach.conversation import Conversation, Turn
from coach.reading.offline.deeds import SHOW
from coach.reading.offline.evidence import gather
from coach.reading.offline.hollow import telling
from coach.reading.offline.judge import Judge
from coach.vocabulary import Language, Role

HONEST: Final = -0.7
"""What an honest turn says (small log-odds): a talk begins as if one had been said."""


def for_show(judge: Judge, conversation: Conversation, roles: Mapping[str, Role | None]) -> dict[int, float]:
    """By number of every rep turn: the mean of it and the rep's turns before, as small log-odds.

    Idle talk is left out: hesitating, or chatting about the traffic, is no show.
    """
    found: dict[int, float] = {}
    total, heard = HONEST, None
    for turn in conversation.turns:
        if roles.get(turn.speaker) != "rep":
            heard = turn
            continue
        total += _of_turn(judge, heard, turn, conversation.language)
        found[turn.number] = total / (len(found) + 2)
    return found


@lru_cache(maxsize=4096)
def _of_turn(judge: Judge, heard: Turn | None, turn: Turn, language: Language) -> float:
    """What one turn says by itself, in answer to what was heard before it."""
    turn = replace(turn, text=telling(judge, turn.text, language, ()))
    lines = [turn] if heard is None else [heard, turn]
    roles: dict[str, Role | None] = dict.fromkeys([one.speaker for one in lines], "customer")
    roles[turn.speaker] = "rep"
    clauses = gather(lines, roles, language, turn.number)
    return judge.deeds([clauses])[0][SHOW] if clauses else HONEST
