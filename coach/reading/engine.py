"""The engine: the one part that may be clever, and the three things it may do.

    read    which words of which turn mean what
    answer  did the rep do this: yes, no or not scored, each yes with its words
    word    put a move that code already decided into a sentence

Every reading and every yes points at its words: `conversation.turn(r.turn).text[r.start:r.end] == r.quote`.
Adapters are `coach.reading.offline` (shipped, deterministic, no network) and `coach.reading.llm`; both pass
the same contract tests. No engine ever returns a number that is stored as a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

from coach.conversation import Conversation, Turn
from coach.vocabulary import Label, Language, Role

Verdict = Literal["yes", "no", "not_scored"]


@dataclass(frozen=True, slots=True)
class Reading:
    """`quote` in turn `turn` means `label`; `type` refines objection, feedback and decision_role; `p` is 0..1.

    `loose`: what was proposed was found only nearly, or a second look weakened it; a record shows it as inferred.
    `summary` is a model's sentence for what a concern means; empty where none holds.
    """

    turn: int
    label: Label
    quote: str
    start: int
    end: int
    p: float
    type: str | None = None
    loose: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of a conversation (from `first_turn` on), in order, and who sits on which side.

    `roles` maps every speaker label to rep, customer or None (cannot be told).
    `notes` are (zh, en) sentences a person should see, such as a fallback that happened.
    """

    items: tuple[Reading, ...]
    roles: Mapping[str, Role | None]
    engine: str
    notes: tuple[tuple[str, str], ...] = ()

    def of(self, turn: int) -> tuple[Reading, ...]:
        """The readings of one turn."""
        return tuple(item for item in self.items if item.turn == turn)

    def acts(self, turn: int) -> frozenset[str]:
        """The labels that hold somewhere in one turn."""
        return frozenset(item.label for item in self.of(turn))

    @property
    def rep(self) -> str | None:
        """The label of the rep as it stands in the file; None when no rep speaks."""
        return next((label for label, role in self.roles.items() if role == "rep"), None)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A sentence that looks like the real thing and is not, with the reason."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One yes/no statement about the rep's words in a dialogue.

    `acts`: the clause must be one of these acts (empty: any). `concepts`: groups that must all be present in
    the same utterance; inside a group any phrase counts. Examples and near-misses say what is meant; word
    lists alone prove nothing. Only rep turns from `from_turn` on count (a worry is answered after it is heard).
    """

    id: str
    statement: str
    language: Language
    acts: tuple[str, ...] = ()
    concepts: tuple[tuple[str, ...], ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    from_turn: int = 1
    specific: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one check. A yes carries the exact words; `reason` says why something is not scored."""

    check: str
    verdict: Verdict
    quote: str = ""
    turn: int | None = None
    start: int | None = None
    end: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """How a customer-side person talks; what the model may imitate. Lines stay authored offline."""

    id: str
    name: str
    language: Language
    title: str = ""
    style: str = ""
    temper: str = ""
    speech_habits: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    wants: str = ""
    fears: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What the customer does next, already decided. `line` is the authored wording of it.

    `tells` are statements this move may reveal; `secrets` are words that must not occur in any wording of it.
    """

    kind: str
    line: str
    who: str = ""
    tells: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Engine(Protocol):
    """What every engine offers; see the module's docstring for the promises."""

    @property
    def name(self) -> str:
        """Name and version, stored with everything this engine reads: `offline/1`, `llm/gpt-…/prompts-1`."""
        ...

    def read(self, conversation: Conversation, first_turn: int = 1) -> Readings:
        """Readings of the turns from `first_turn` on, judged in the context of the whole conversation."""
        ...

    def answer(self, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
        """One finding for each check, in order."""
        ...

    def answer_each(
        self, kinds: Sequence[Sequence[Check]], conversation: Conversation
    ) -> list[list[Finding]]:
        """Several kinds of check in one round, each answered as `answer` would on its own; one list a kind."""
        ...

    def telling(self, checks: Sequence[Check], conversation: Conversation) -> str:
        """The last turn's text with its idle talk blanked, every offset kept; words that `checks` name stay."""
        ...

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        """The sentence for `move`, in pieces that join to the whole; never empty."""
        ...
