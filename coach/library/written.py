"""An answer out of the handbooks in a model's words, each sentence held against the passage that it cites.

What a passage does not bear out is left out; when nothing is left, the extracts stand alone. The extracts are always
shown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from coach.errors import EngineDown, Words
from coach.library.ask import Answer, Passage
from coach.reading.figures import figures
from scenarios.wording import borrowed

if TYPE_CHECKING:
    from coach.library.library import Library
    from coach.reading.writer import Writer

BORNE_OUT: Final = 0.6
"""Share of a sentence's wording that stands in the passage it cites."""
LONGEST: Final = 1_200
"""Characters of a section that the model is given."""


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """One sentence and the section it cites."""

    text: str
    passage: Passage

    @property
    def source(self) -> str:
        """`handbook:<id>#<anchor>`."""
        return self.passage.source


@dataclass(frozen=True, slots=True)
class Written:
    """The sentences that hold; `note` says why there are none, where a model was asked in vain."""

    sentences: tuple[WrittenSentence, ...]
    engine: str = ""
    note: Words | None = None


def write(answer: Answer, library: Library, writer: Writer | None) -> Written:
    """The answer in the writer's words; empty without a writer, without passages, or when nothing holds."""
    if writer is None or answer.none:
        return Written(())
    texts = [_whole(library, passage) for passage in answer.passages]
    try:
        found = writer.cite(answer.question, texts, answer.language)
    except EngineDown as error:
        return Written((), writer.name, error.what)
    held = [
        WrittenSentence(one.text, answer.passages[one.passage])
        for one in found
        if one.passage < len(texts) and borne_out(one.text, texts[one.passage])
    ]
    return Written(tuple(held), writer.name)


def borne_out(sentence: str, passage: str) -> bool:
    """Whether a sentence says only what the passage says: its wording, and every figure of it."""
    return not figures(sentence) - figures(passage) and borrowed(sentence, passage) >= BORNE_OUT


def _whole(library: Library, passage: Passage) -> str:
    """The section's own sayings, the extract first."""
    from coach.library.sayings import sayings

    parts: Sequence[str] = [one for part in library.sections(passage.link) for one in sayings(part.text)]
    rest = [one for one in parts if one not in passage.sentences]
    return " ".join([*passage.sentences, *rest])[:LONGEST]
