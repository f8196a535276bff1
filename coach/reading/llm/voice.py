"""The customer's voice: a move that was already decided, said by the model in a person's manner, sentence by sentence.

The model is told the move's meaning, the manner and the last turns, never what the customer keeps to himself; a
sentence that recites its own instructions is not let out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from coach.conversation import Turn
from coach.reading.engine import Move, Persona
from coach.reading.llm.failures import EndpointFailed
from coach.reading.llm.prompts import Prompt, render
from coach.reading.llm.sent import Sender
from coach.reading.sentences import whole_sentences
from scenarios.wording import bare

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint

TURNS: Final = 8
"""How many of the last turns the model hears."""
RECITED: Final = {"zh": 8, "en": 24}
"""Letters in a row out of the instructions that make a sentence a recital of them."""
_QUOTES: Final = '“”"「」 \n'


def prompt_of(move: Move, persona: Persona, said: Sequence[Turn], sender: Sender) -> Prompt:
    """What the model is asked."""
    none = "（无）" if persona.language == "zh" else "(none)"
    return render(
        "word",
        persona.language,
        name=persona.name,
        title=persona.title or none,
        style=persona.style or none,
        temper=persona.temper or none,
        habits="；".join(persona.speech_habits) or none,
        never_says="、".join(persona.never_says) or none,
        line=move.line,
        begun=move.extra.get("begun") or none,
        fault=move.extra.get("fault") or none,
        said="\n".join(f"{turn.speaker}: {sender.text(turn.text)}" for turn in said[-TURNS:]) or none,
    )


def spoken(endpoint: Endpoint, move: Move, persona: Persona, said: Sequence[Turn]) -> Iterator[str]:
    """The model's sentences as they end. Raises EndpointFailed, also between two of them."""
    sender = Sender(persona.language, masked=endpoint.masked, customers=endpoint.customers)
    prompt = prompt_of(move, persona, said, sender)
    again = 1 if move.extra.get("fault") else 0
    heard = bare(" ".join([move.line, *(turn.text for turn in said)]))
    told = bare(prompt.rules)
    begun = False
    for sentence in whole_sentences(endpoint.stream(prompt, ballot=again)):
        line = sender.restored(sentence.strip(_QUOTES))
        if not bare(line):
            continue
        if _recited(line, told, heard, RECITED[persona.language]):
            raise EndpointFailed("shape")
        yield f" {line}" if begun and persona.language == "en" else line
        begun = True
        if "\n" in sentence:
            return  # a customer says one line; what comes after it is the model's own


def _recited(line: str, told: str, heard: str, run: int) -> bool:
    """Whether a line holds a long run of the instructions that nobody has said."""
    words = bare(line)
    return any(
        words[at : at + run] in told and words[at : at + run] not in heard
        for at in range(len(words) - run + 1)
    )
