"""Has the engine word a move and lets the result through only when the guard finds nothing wrong with it."""

from __future__ import annotations

from coach.conversation import Conversation
from coach.errors import Unavailable
from coach.practice.customer import Step
from coach.practice.guard import fault
from coach.reading.engine import Engine, Persona
from scenarios.schema import Scenario


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


def worded(engine: Engine, scenario: Scenario, step: Step, talk: Conversation) -> str:
    """The sentence for a move: the engine's wording, or the authored line when that fails or is unfit to be
    said.
    """
    try:
        text = "".join(engine.word(step.move, persona_of(scenario, step.who), talk.turns)).strip()
    except Unavailable:
        return step.move.line
    heard = [scenario.brief.text, *(turn.text for turn in talk.turns)]
    return text if fault(text, step.move, scenario.language, heard) is None else step.move.line
