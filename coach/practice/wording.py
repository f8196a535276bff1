"""Has the engine word a move and lets each sentence out only when the guard finds nothing wrong with it.

A sentence that fails is asked for once more, from where the line stands; after that the authored line is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from coach.conversation import Conversation
from coach.errors import Unavailable
from coach.practice.customer import Step
from coach.practice.guard import fault, leaks, untold
from coach.reading.engine import Engine, Move, Persona
from coach.reading.sentences import whole_sentences
from scenarios.schema import Scenario
from scenarios.wording import borrowed

Shown = Callable[[str], None]
"""Called with every sentence as soon as it may be said."""
TRIES: Final = 2
SAID_ALREADY: Final = 0.5
"""Share of the authored line that stands in what was said, from which it need not be added."""


def persona_of(scenario: Scenario, who: str) -> Persona:
    """How a person of the cast talks, as the engine is told."""
    person = scenario.person(who)
    style = scenario.personas.get(person.persona)
    return Persona(
        id=person.persona or person.id,
        name=person.name,
        language=scenario.language,
        title=person.title,
        style=style.style if style else "",
        temper=style.temper if style else "",
        speech_habits=style.speech_habits if style else (),
        never_says=style.never_says if style else (),
        wants=person.wants,
        fears=person.fears,
    )


def worded(
    engine: Engine, scenario: Scenario, step: Step, talk: Conversation, shown: Shown | None = None
) -> str:
    """The sentence for a move: the engine's wording, or the authored line when that fails or is unfit to be
    said.

    `shown` hears every sentence when it passed; what it heard joins to what is returned.
    """
    persona = persona_of(scenario, step.who)
    heard = (scenario.brief.text, *(turn.text for turn in talk.turns))
    said: list[str] = []
    wrong = ""
    for _ in range(TRIES):
        move = replace(step.move, extra={**step.move.extra, "begun": "".join(said), "fault": wrong})
        wrong = _spoken(engine, move, persona, talk, heard, said, shown)
        if wrong in ("", "down"):
            break
    text = "".join(said).strip()
    if not text:
        return _out(step.move.line, shown)
    told_too_little = bool(step.fact) and untold(text, step.move)
    unfinished = bool(wrong) and borrowed(step.move.line, text) < SAID_ALREADY
    if not (told_too_little or unfinished) or leaks(text + step.move.line, step.move.secrets):
        return text
    return text + _out(step.move.line if scenario.language == "zh" else f" {step.move.line}", shown)


def _spoken(
    engine: Engine,
    move: Move,
    persona: Persona,
    talk: Conversation,
    heard: Sequence[str],
    said: list[str],
    shown: Shown | None,
) -> str:
    """Adds the sentences that pass to `said`; what stopped it, or nothing when the line came to its end."""
    try:
        for sentence in whole_sentences(engine.word(move, persona, talk.turns)):
            if not sentence.strip():
                continue
            if wrong := fault("".join([*said, sentence]).strip(), move, persona.language, heard):
                return wrong
            said.append(sentence)
            if shown is not None:
                shown(sentence)
    except Unavailable:
        return "down"
    return "" if said else "empty"


def _out(line: str, shown: Shown | None) -> str:
    if shown is not None:
        shown(line)
    return line
