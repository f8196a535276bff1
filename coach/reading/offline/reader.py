"""The offline engine: the three things of `coach.reading.engine.Engine`, deterministic and without any network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from coach.conversation import Conversation, Turn
from coach.reading.engine import Check, Finding, Move, Persona, Readings
from coach.reading.offline import answer, spans
from coach.reading.offline.evidence import gather
from coach.reading.offline.heads import ARTEFACT
from coach.reading.offline.hollow import hushed, telling
from coach.reading.offline.judge import Judge
from coach.reading.offline.roles import roles_of

VERSION: Final = "offline/2"


def own_artefact(home: Path) -> Path:
    """Where heads lie that were taught on this user's own confirmed records (`coach reading train`)."""
    return home / "reading" / ARTEFACT.name


class OfflineEngine:
    """Reads, answers and words without asking anybody; `artefact` is the file of its trained heads."""

    def __init__(self, artefact: Path = ARTEFACT) -> None:
        self._judge = Judge(artefact)
        self._name = VERSION if artefact == ARTEFACT else f"{VERSION}+own"

    @property
    def name(self) -> str:
        return self._name

    @property
    def judge(self) -> Judge:
        """Its judgement of clauses, for an engine that lets it veto."""
        return self._judge

    def read(self, conversation: Conversation, first_turn: int = 1) -> Readings:
        """Readings of the turns from `first_turn` on, judged in the context of the whole conversation.

        Idle talk in the turns before is no context; in the turns themselves even an "Ouch." may count.
        """
        roles = roles_of(conversation, self._judge)
        quiet = hushed(self._judge, conversation, 1, before=first_turn)
        clauses = gather(quiet.turns, roles, conversation.language, first_turn)
        # A turn that is read as it falls has no talk after it to be looked at again in.
        look = self._judge.in_talk if first_turn == 1 else self._judge.probabilities
        items = spans.readings(self._judge, conversation, clauses, look(clauses))
        return Readings(tuple(items), roles, self.name)

    def answer(self, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
        """One finding for each check, in order."""
        return answer.findings(self._judge, checks, conversation)

    def answer_each(
        self, kinds: Sequence[Sequence[Check]], conversation: Conversation
    ) -> list[list[Finding]]:
        """The same for several kinds of check, each on its own."""
        return [self.answer(checks, conversation) for checks in kinds]

    def telling(self, checks: Sequence[Check], conversation: Conversation) -> str:
        """The last turn's text with its idle talk blanked, every offset kept; words that `checks` name stay."""
        return telling(self._judge, conversation.turns[-1].text, conversation.language, checks)

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        """The authored line of the move: offline, customers speak only words that a person wrote."""
        yield move.line or "…"
