"""Signals: what speaks for and against a passage as the answer to a check, each between about 0 and 1."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from coach.reading.engine import Check
from coach.reading.offline import concepts
from coach.reading.offline.deeds import DEEDS, SHOW
from coach.reading.offline.evidence import Evidence
from coach.reading.offline.for_show import HONEST
from coach.reading.offline.nearness import contained, nearest
from coach.reading.offline.view import view
from coach.vocabulary import HARMFUL_ACTS, REPLY_ACTS

DOES: Final = "does "
DEED: Final = "deed "
NAMES: Final = (
    "near", "far", "margin", "statement", "act", "act_fits", "act_misses", "covered", "all_covered", "in_passage", "denied",
    "asks_as_asked", "tells_instead", "asks_instead", "other", "length", "echo", "harm", "specific", "salad", "no_concepts",
    "near_covered", "near_act", "past", "bias", *(DOES + act for act in REPLY_ACTS), *(DEED + deed for deed in DEEDS),
)  # fmt: skip
_ASKS: Final = frozenset({"question_mark", "question_wh", "question_a_not_a", "question_ask", "question_tag"})
_HARM: Final = ("overpromise", "disparage", "pressure", "dismiss", "evade")


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences of one rep turn: start..end of `turn_text`, what acts they were judged to hold, what deeds
    the whole turn, and how far the rep talked for show up to it.
    """

    clauses: tuple[Evidence, ...]
    acts: Mapping[str, float]
    deeds: Mapping[str, float]
    turn_text: str
    start: int
    end: int

    @property
    def turn(self) -> int:
        return self.clauses[0].clause.turn

    @property
    def words(self) -> str:
        return self.turn_text[self.start : self.end]


def signals(check: Check, checks: Sequence[Check], passage: Passage) -> list[float]:
    """The values of `NAMES`; `checks` are all that were asked together: what is nearer to another is further from this."""
    words = passage.words
    near = nearest(words, check.examples)
    far = nearest(words, tuple(miss.text for miss in check.near_misses))
    other = max(
        (nearest(words, one.examples) for one in checks if one.id != check.id and one.concepts), default=0.0
    )
    statement = contained(words, check.statement)
    act = max((passage.acts.get(label, 0.0) for label in check.acts), default=0.5)
    covered, inside, denied = _covered(check, passage)
    asking = sum("?" in example or "？" in example for example in check.examples) / max(
        1, len(check.examples)
    )
    cues = frozenset().union(*(clause.cues for clause in passage.clauses))
    asks = bool(cues & _ASKS)
    only_asks = all(clause.cues & {"question_mark"} for clause in passage.clauses)
    harm = max((passage.acts.get(label, 0.0) for label in _HARM if label not in check.acts), default=0.0)
    values = {
        "near": near,
        "far": far,
        "margin": near - far,
        "statement": statement,
        "act": act,
        "act_fits": float(act >= 0.5),
        "act_misses": float(act < 0.12),
        "covered": covered,
        "all_covered": float(covered >= 0.999),
        "in_passage": inside,
        "denied": denied,
        "asks_as_asked": float(asks and asking >= 0.6),
        "tells_instead": float(not asks and asking >= 0.6),
        "asks_instead": float(only_asks and asking == 0.0),
        "other": max(0.0, other - near),
        "length": min(len(words), 160) / 160,
        "echo": max((clause.overlap for clause in passage.clauses), default=0.0),
        "harm": max(0.0, harm - 0.4),
        "specific": float(bool(cues & {"number", "money", "percent", "time_day"})),
        "salad": float("salad_words" in cues or listed(words)),
        "no_concepts": float(not check.concepts),
        "near_covered": near * covered,
        "near_act": near * act,
        "past": float("time_past" in cues and "time_day" not in cues),
        "bias": 1.0,
        **{DOES + act: passage.acts.get(act, 0.0) for act in REPLY_ACTS},
        **{DEED + deed: passage.deeds[deed] for deed in DEEDS},
        DEED + SHOW: HONEST if forbids(check) else passage.deeds[SHOW],
    }
    return [values[name] for name in NAMES]


def forbids(check: Check) -> bool:
    """Whether the check is a red line: a promise that cannot be kept is one for show as well."""
    return bool(check.acts) and set(check.acts) <= set(HARMFUL_ACTS)


def listed(words: str) -> bool:
    """Whether the words are a list of key words rather than speech: most of many pieces lack every small word."""
    pieces = [piece for piece in _COMMAS.split(view(words).plain) if piece.strip()]
    if len(pieces) < LISTED_PIECES:
        return False
    return sum(not _SMALL_WORDS.search(piece) for piece in pieces) / len(pieces) >= LISTED_SHARE


LISTED_PIECES: Final = 6
LISTED_SHARE: Final = 0.6
_COMMAS: Final = re.compile(r"[,，、;；。.:：!?！？\n]+")
_SMALL_WORDS: Final = re.compile(
    r"[的了是我您你咱他她它在把给就会能要有吗呢吧也都这那说还]|\b(?:the|a|an|to|is|are|was|you|your|we|our|i|it|that|this|of|for|and|in|on|at|with|if|do|does|can|will|what|who|when|how|not|be|have|has)\b"
)


def _covered(check: Check, passage: Passage) -> tuple[float, float, float]:
    """Shares of the concept groups that stand undenied in the turn, in the passage itself, and only denied."""
    if not check.concepts:
        return 1.0, 1.0, 0.0
    found = concepts.hits(check.concepts, passage.turn_text)
    firm = {hit.group for hit in found if not hit.denied}
    inside = {hit.group for hit in found if not hit.denied and passage.start <= hit.start < passage.end}
    taken_back = {
        hit.group for hit in found if hit.denied and passage.start <= hit.start < passage.end
    } - inside
    count = len(check.concepts)
    return (len(firm) / count if inside else 0.0), len(inside) / count, len(taken_back) / count
