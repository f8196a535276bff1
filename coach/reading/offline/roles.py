"""Who sits on which side: labels that say so, else titles, else the way people speak (您 and offers sell, 你们 and budgets buy)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from coach.conversation import UNNAMED, Conversation, known_role
from coach.reading.offline import cues, typed
from coach.reading.offline.view import view
from coach.vocabulary import Role

_REP_HINT: Final = re.compile(
    r"销售|业务|顾问|客户经理|售前|售后|应用工程师|sales|account|\brep\b|vendor|\bse\b|solution|consultant",
    re.IGNORECASE,
)
_BUYER_HINT: Final = re.compile(
    r"客户|采购|甲方|买|业主|customer|client|buyer|purchas|procure|prospect", re.IGNORECASE
)
_MARGIN: Final = 0.5
"""How far the most rep-like speaker must lead, in cues a turn added up over the talk, to be called the rep."""


def roles_of(conversation: Conversation) -> dict[str, Role | None]:
    """Every speaker's side. One speaker at most is inferred to be the rep; None where nothing can be told."""
    found: dict[str, Role | None] = {label: known_role(label) for label in conversation.speakers}
    if all(found.values()) or not found:
        return found
    if "rep" in found.values():
        # The file names its rep: whoever is not named is on the other side, unless the label says otherwise.
        return {
            label: role or ("rep" if _REP_HINT.search(label) else "customer") for label, role in found.items()
        }
    return _inferred(conversation, found)


def _inferred(conversation: Conversation, found: dict[str, Role | None]) -> dict[str, Role | None]:
    scores = leanings(conversation)
    open_labels = [label for label, role in found.items() if role is None]
    best = max(open_labels, key=lambda label: scores[label])
    others = [scores[label] for label in scores if label != best]
    lead = scores[best] - (max(others) if others else 0.0)
    if lead < _MARGIN or (not others and scores[best] < 2 * _MARGIN):
        only_unnamed = all(UNNAMED.fullmatch(label) for label in open_labels)
        return found if only_unnamed or not others else {k: v or "customer" for k, v in found.items()}
    return {label: role or ("rep" if label == best else "customer") for label, role in found.items()}


def leanings(conversation: Conversation) -> Mapping[str, float]:
    """How much each speaker sounds like the one who sells; positive sells, negative buys."""
    language = conversation.language
    scores = dict.fromkeys(conversation.speakers, 0.0)
    names = {label: view(label).plain for label in scores}
    for turn in conversation.turns:
        plain = view(turn.text).plain
        hits = cues.find(plain, language)
        score = 0.0
        for hit in hits:
            score += _WEIGHTS.get(hit.cue, 0.0)
        scores[turn.speaker] += max(-3.0, min(3.0, score))
        # Whoever is addressed by title is the one who is courted.
        for label, name in names.items():
            if label != turn.speaker and len(name) > 1 and name in plain[: len(name) + 6]:
                scores[label] -= 0.4
                scores[turn.speaker] += 0.2
    for label in scores:
        if _REP_HINT.search(label):
            scores[label] += 6.0
        if _BUYER_HINT.search(label):
            scores[label] -= 6.0
        elif any(kind.type == "title" for kind in typed.types(names[label], language)):
            scores[label] -= 1.5
    return scores


_WEIGHTS: Final = {
    "rep_side": 1.0,
    "customer_side": -1.0,
    "offer_can": 0.2,
    "acknowledge_fair": 0.5,
    "restate_check": 0.3,
    "ask_who": 0.4,
    "prove_case": 0.3,
    "powerless": -0.8,
    "distrust": -0.5,
    "need_pain": -0.2,
    "brush_off": -0.8,
    "refuse": -0.2,
    "price_cut": 0.1,
    "absolute": 0.3,
    "negative": -0.3,
    "hesitant": -0.5,
    "leaving": -0.6,
}
