"""Who sits on which side: labels that say so, else what the way people speak adds up to over the talk."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from coach.conversation import UNNAMED, Conversation, known_role
from coach.reading.offline.evidence import whole_turns
from coach.reading.offline.judge import Judge
from coach.vocabulary import Role

_REP_HINT: Final = re.compile(
    r"销售|业务|顾问|客户经理|售前|售后|应用工程师|sales|account|\brep\b|vendor|\bse\b|solution|consultant",
    re.IGNORECASE,
)
_BUYER_HINT: Final = re.compile(
    r"客户|采购|甲方|买|业主|customer|client|buyer|purchas|procure|prospect", re.IGNORECASE
)
_HINT: Final = 6.0
"""What a label that names a trade is worth, in the log-odds of what is said: two sure turns."""
_SURE: Final = 3.0
"""No turn counts for more than this: one strange sentence must not outweigh a talk."""
_MARGIN: Final = 1.0
"""How far the likeliest rep must lead where nobody has a name."""


def roles_of(conversation: Conversation, judge: Judge) -> dict[str, Role | None]:
    """Every speaker's side. One speaker at most is inferred to be the rep; None where nothing can be told."""
    found: dict[str, Role | None] = {label: known_role(label) for label in conversation.speakers}
    if all(found.values()) or not found:
        return found
    if "rep" in found.values():
        # The file names its rep: whoever is not named is on the other side, unless the label says otherwise.
        return {
            label: role or ("rep" if _REP_HINT.search(label) else "customer") for label, role in found.items()
        }
    return _inferred(conversation, judge, found)


def _inferred(
    conversation: Conversation, judge: Judge, found: dict[str, Role | None]
) -> dict[str, Role | None]:
    scores = dict(leanings(conversation, judge))
    open_labels = [label for label, role in found.items() if role is None]
    best = max(open_labels, key=lambda label: scores[label])
    lead = scores[best] - max((scores[label] for label in scores if label != best), default=0.0)
    if lead < _MARGIN and all(UNNAMED.fullmatch(label) for label in open_labels):
        return found
    sells = scores[best] > 0.0  # else nobody here does: buyers among themselves
    return {
        label: role or ("rep" if sells and label == best else "customer") for label, role in found.items()
    }


@lru_cache(maxsize=64)
def leanings(conversation: Conversation, judge: Judge) -> tuple[tuple[str, float], ...]:
    """How much each speaker sounds like the one who sells, in log-odds; positive sells, negative buys."""
    scores = dict.fromkeys(conversation.speakers, 0.0)
    likely = judge.sells(whole_turns(conversation.turns, conversation.language))
    for turn, odds in zip(conversation.turns, likely, strict=True):
        scores[turn.speaker] += max(-_SURE, min(_SURE, odds))
    for label in scores:
        if _REP_HINT.search(label):
            scores[label] += _HINT
        if _BUYER_HINT.search(label):
            scores[label] -= _HINT
    return tuple(scores.items())
