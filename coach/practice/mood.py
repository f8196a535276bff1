"""How the customer looks right now: a face and a few words, never a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from coach.practice.state import SOFT, State, Temper
from coach.vocabulary import Language

Face = Literal["open", "listening", "guarded", "impatient", "cold", "gone"]

_WORDS: Final[dict[Face, tuple[tuple[str, str], ...]]] = {
    "open": (("放松了，愿意往下谈", "At ease, willing to go on"), ("话多起来了", "Talking more freely")),
    "listening": (
        ("戒备放下一些，愿意听", "Less on guard, listening"),
        ("在听，也在掂量", "Listening, weighing it up"),
    ),
    "guarded": (("客气，话不多", "Polite and brief"), ("留着一手，看你怎么接", "Holding back, watching you")),
    "impatient": (("开始看时间了", "Looking at the clock"), ("耐心不多了", "Running out of patience")),
    "cold": (("脸沉下来了", "The face has closed"), ("不太想谈了", "Does not want to talk")),
    "gone": (("谈话结束了", "The talk is over"), ("谈话结束了", "The talk is over")),
}


@dataclass(frozen=True, slots=True)
class Mood:
    """`face` is a stable id for the drawing, `words` what a person reads."""

    face: Face
    words: str


def mood(state: State, who: str, language: Language) -> Mood:
    """The mood of one person."""
    face = _face(state, state.people[who])
    pair = _WORDS[face][state.turns % 2]
    return Mood(face, pair[0 if language == "zh" else 1])


def _face(state: State, temper: Temper) -> Face:
    if state.ended:
        return "gone"
    if any(now.state == "hardened" for now in state.objections.values()) and temper.trust < 45:
        return "cold"
    if temper.patience < 25:
        return "impatient"
    if temper.trust >= 58:
        return "open"
    if temper.trust >= 46 or any(now.state in SOFT | {"resolved"} for now in state.objections.values()):
        return "listening" if temper.trust >= 34 else "guarded"
    return "guarded" if temper.trust >= 22 else "cold"
