"""The llm engine: the model proposes readings, votes on checks and words lines; the offline engine stands behind it.

Who leads: the model proposes needs, solution points, objections, feedback and concerns of a visit, decides checks that
the offline reader leaves open, and words the customer. Sides, dates, commitments, harmful acts, and what a rep's newest
line does to a customer stay with the offline reader, which may veto. When the endpoint fails, the offline engine's
result is returned and says so (`Readings.notes`, `coach.reading.fallback`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coach.conversation import Conversation, Turn
from coach.errors import EngineDown
from coach.reading.engine import Check, Finding, Move, Persona, Readings
from coach.reading.fallback import fell_back
from coach.reading.llm.jury import TALKED_INTO, verdicts
from coach.reading.llm.prompts import versions
from coach.reading.llm.proposals import proposed
from coach.reading.llm.voice import spoken

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint
    from coach.reading.offline import OfflineEngine


class LlmEngine:
    """An engine that asks a model, and falls back to `offline` whenever the endpoint does not deliver."""

    def __init__(self, endpoint: Endpoint, offline: OfflineEngine) -> None:
        self._endpoint = endpoint
        self._offline = offline

    @property
    def name(self) -> str:
        """`llm/<model>/prompts-<versions>+<offline engine>`."""
        return f"llm/{self._endpoint.model}/prompts-{versions()}+{self._offline.name}"

    def read(self, conversation: Conversation, first_turn: int = 1) -> Readings:
        """The model's readings that hold, with the offline reader's own where it decides.

        The one newest turn of a running talk is read offline: what a line does to a customer must not waver, and
        certificates were earned with that reader.
        """
        base = self._offline.read(conversation, first_turn)
        newest = first_turn > 1 and first_turn == len(conversation.turns)
        if newest or not any(turn.text.strip() for turn in conversation.turns[first_turn - 1 :]):
            return base
        try:
            items = proposed(self._endpoint, self._offline, conversation, base, first_turn)
        except EngineDown as error:
            fell_back(_labelled(error))
            return Readings(base.items, base.roles, base.engine, (*base.notes, _labelled(error)))
        return Readings(items, base.roles, self.name, base.notes)

    def answer(self, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
        """Each check by vote where the offline reader leaves it open; all of them offline when the endpoint fails."""
        return self.answer_each([checks], conversation)[0]

    def answer_each(
        self, kinds: Sequence[Sequence[Check]], conversation: Conversation
    ) -> list[list[Finding]]:
        """The same for several kinds of check: the model votes on all of them at once, the control is asked once."""
        try:
            found = verdicts(self._endpoint, self._offline, kinds, conversation)
        except EngineDown as error:
            fell_back(_labelled(error))
            return [self._offline.answer(checks, conversation) for checks in kinds]
        if found.talked_into:
            fell_back(TALKED_INTO)
        return found.findings

    def telling(self, checks: Sequence[Check], conversation: Conversation) -> str:
        """What says nothing is told offline: a listener's patience must not waver either."""
        return self._offline.telling(checks, conversation)

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        """The model's wording, a sentence at a time; the authored line when nothing of it came.

        Raises EngineDown when it breaks off after a sentence was already given.
        """
        begun = False
        try:
            for sentence in spoken(self._endpoint, move, persona, said):
                begun = True
                yield sentence
        except EngineDown as error:
            fell_back(_labelled(error))
            if begun:
                raise
        if not begun:
            yield move.line or "…"


def _labelled(error: EngineDown) -> tuple[str, str]:
    """The sentence that labels a result: what happened, and who answered."""
    return (
        f"{error.what[0].rstrip('。')}，这里用的是离线引擎。",
        f"{error.what[1].rstrip('.')}; the offline engine answered here.",
    )
