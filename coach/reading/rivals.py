"""A rival called by its name is read as what it is: the rival. The names are the team's own, out of the glossary.

Before an engine reads, every such name gives way to a plain word for a rival that is exactly as long (那家竞争对手,
"the rival"), so that what is found still stands at its place; what is given back says the words as they were said.
A customer who names a rival has brought up a competitor, in whatever words: where the engine heard nothing of it, that
sentence is given as an inferred objection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from coach.conversation import Conversation, Turn
from coach.reading.engine import Check, Engine, Finding, Move, Persona, Reading, Readings
from coach.vocabulary import Language

INFERRED: Final = 0.5
"""How sure it is that a rival's name alone is an objection."""
Names = Callable[[], Sequence[str]]
"""Gives the names of rivals as they are now, the longest first."""

_MARK: Final = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_ZH: Final = {
    2: "对手",
    3: "那一家",
    4: "竞争对手",
    5: "那家老对手",
    6: "那家竞争对手",
    7: "另一家竞争对手",
    8: "另外那家竞争对手",
}
_EN: Final = ("competitor", "the rival", "they all", "rivals", "rival", "they")
"""The longest that fits is taken; blanks fill up what is left."""


class RivalsByName:
    """An engine that knows the rivals' names; in all else the engine that it stands before."""

    def __init__(self, engine: Engine, names: Names) -> None:
        self._engine = engine
        self._names = names

    @property
    def name(self) -> str:
        """The name of the engine that reads."""
        return self._engine.name

    def read(self, conversation: Conversation, first_turn: int = 1) -> Readings:
        """Readings of the turns from `first_turn` on, each with the words as they were said."""
        plain = plainly(conversation, self._names())
        found = self._engine.read(plain, first_turn)
        if plain is conversation:
            return found
        items = tuple(
            replace(one, quote=conversation.turn(one.turn).text[one.start : one.end]) for one in found.items
        )
        return replace(found, items=(*items, *self._brought_up(conversation, first_turn, found)))

    def _brought_up(self, talk: Conversation, first_turn: int, found: Readings) -> Iterator[Reading]:
        """The sentence with the rival's name, of every customer's turn in which the engine heard no competitor."""
        pattern = _pattern(tuple(self._names()))
        for turn in talk.turns[first_turn - 1 :]:
            heard = any(one.type == "competitor" for one in found.of(turn.number))
            if pattern is None or heard or found.roles.get(turn.speaker) != "customer":
                continue
            if (name := pattern.search(turn.text)) is not None:
                start, end = _sentence(turn.text, name.start(), name.end())
                quote = turn.text[start:end]
                yield Reading(turn.number, "objection", quote, start, end, INFERRED, "competitor", loose=True)

    def answer(self, checks: Sequence[Check], conversation: Conversation) -> list[Finding]:
        """One finding for each check, in order, each with the words as they were said."""
        return self.answer_each([checks], conversation)[0]

    def answer_each(
        self, kinds: Sequence[Sequence[Check]], conversation: Conversation
    ) -> list[list[Finding]]:
        """The same for several kinds of check in one round."""
        plain = plainly(conversation, self._names())
        found = self._engine.answer_each(kinds, plain)
        if plain is conversation:
            return found
        return [[_said(one, conversation) for one in findings] for findings in found]

    def telling(self, checks: Sequence[Check], conversation: Conversation) -> str:
        """The last turn's text with its idle talk blanked; nothing is idle about a rival's name."""
        plain = plainly(conversation, self._names())
        left = self._engine.telling(checks, plain)
        said = conversation.turns[-1].text
        return "".join(one if told != " " else told for one, told in zip(said, left, strict=True))

    def word(self, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
        """The sentence for `move`; nothing is changed in it."""
        return self._engine.word(move, persona, said)


def plainly(conversation: Conversation, names: Sequence[str]) -> Conversation:
    """The conversation with a plain word of the same length for every rival's name; itself when none is said."""
    pattern = _pattern(tuple(names))
    if pattern is None or not any(pattern.search(turn.text) for turn in conversation.turns):
        return conversation
    turns = tuple(
        replace(
            turn, text=pattern.sub(lambda found: stand_in(found.group(), conversation.language), turn.text)
        )
        for turn in conversation.turns
    )
    return replace(conversation, turns=turns)


def named(text: str, names: Sequence[str]) -> bool:
    """Whether a text names a rival."""
    pattern = _pattern(tuple(names))
    return pattern is not None and pattern.search(text) is not None


def stand_in(name: str, language: Language) -> str:
    """A plain word for a rival, exactly as long as `name`; the name itself where none is so short."""
    length = len(name)
    if language == "zh":
        word = _ZH.get(min(length, max(_ZH)), name)
    else:
        word = next((one for one in _EN if len(one) <= length), name)
    return word.ljust(length)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, its mark and outer blanks left out."""
    first = max((match.end() for match in _MARK.finditer(text, 0, start)), default=0)
    after = _MARK.search(text, end)
    last = after.start() if after else len(text)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _said(one: Finding, conversation: Conversation) -> Finding:
    if one.turn is None or one.start is None or one.end is None:
        return one
    return replace(one, quote=conversation.turn(one.turn).text[one.start : one.end])


def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the names; Latin ones as whole words, in any case."""
    pieces = [
        rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])" if name.isascii() else re.escape(name)
        for name in names
        if len(name) > 1
    ]
    return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None
