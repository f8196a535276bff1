"""Composure (情绪稳定性): counts signals that were declared beforehand, around provocations; says what text
cannot show.

A provocation that the rep answers without any of its watched acts is held (100). A watched act
followed, still within the window, by taking the customer in again is recovered; without that it is
slipped. Losing one's temper elsewhere costs points. Nobody provoked: no index, because there was
nothing to measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from coach.practice.state import Heard, State
from coach.vocabulary import Language
from scenarios.rubric import Composure as Scale
from scenarios.schema import Provocation, Scenario

Result = Literal["held", "recovered", "slipped"]
Word = Literal["steady", "shaken", "lost", "unknown"]

WORDS: Final[dict[Word, tuple[str, str]]] = {
    "steady": ("稳", "Steady"),
    "shaken": ("有波动", "Shaken"),
    "lost": ("失稳", "Lost it"),
    "unknown": ("未评", "Not scored"),
}
CANNOT: Final = (
    "文字练习测不到语速、停顿和音量。",
    "Text practice cannot measure pace, pauses or loudness.",
)
TEMPER_LOST: Final = frozenset({"dismiss", "pressure", "disparage"})
_TAKING_IN: Final = frozenset({"acknowledge", "explore", "restate"})


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign: `id` is the provocation or the act, `turn` the rep's turn in the conversation, `quote` its
    words.
    """

    id: str
    turn: int
    result: Result
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Composure:
    """`index` is 0-100 or None when there was no provocation to stand up to."""

    index: int | None
    signals: tuple[Signal, ...]
    word: Word

    def says(self, language: Language) -> str:
        """The word a person reads."""
        return WORDS[self.word][0 if language == "zh" else 1]


def composure(scenario: Scenario, state: State, scale: Scale) -> Composure:
    """The composure shown so far."""
    provocations = {one.id: one for one in scenario.provocations}
    signals: list[Signal] = []
    watched: set[int] = set()
    for fired in state.fired:
        provocation = provocations[fired.id]
        window = state.heard[fired.number : fired.number + provocation.recover_within_turns]
        watched.update(heard.number for heard in window)
        if window:
            signals.append(_around(provocation, window))
    values = {"held": 100.0, "recovered": scale.recovered, "slipped": scale.slipped}
    points = [values[signal.result] for signal in signals]
    elsewhere = [
        _lost(heard) for heard in state.heard if heard.number not in watched and heard.acts & TEMPER_LOST
    ]
    every = (*signals, *elsewhere)
    if not points:
        return Composure(None, every, "shaken" if elsewhere else "unknown")
    index = round(max(0.0, sum(points) / len(points) - scale.per_slip_elsewhere * len(elsewhere)))
    word: Word = (
        "steady" if index >= scale.steady_from else "lost" if index < scale.shaken_below else "shaken"
    )
    return Composure(index, every, word)


def _around(provocation: Provocation, window: tuple[Heard, ...]) -> Signal:
    watch = set(provocation.watch)
    slip = next((heard for heard in window if watch & {*heard.acts, *heard.crossed}), None)
    if slip is None:
        return Signal(provocation.id, window[0].turn, "held")
    after = [heard for heard in window if heard.number > slip.number]
    back = any(heard.acts & _TAKING_IN and not watch & {*heard.acts, *heard.crossed} for heard in after)
    return Signal(provocation.id, slip.turn, "recovered" if back else "slipped", _quote(slip, watch))


def _lost(heard: Heard) -> Signal:
    act = sorted(heard.acts & TEMPER_LOST)[0]
    return Signal(act, heard.turn, "slipped", _quote(heard, {act}))


def _quote(heard: Heard, watch: set[str]) -> str:
    return next((reading.quote for reading in heard.readings if reading.label in watch), "")
