"""The model as a writer: material goes out without orders and masked, drafts come back with only the figures they were given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, Field

from coach.reading.figures import figures
from coach.reading.llm.failures import EndpointFailed
from coach.reading.llm.orders import orders_a_draft
from coach.reading.llm.prompts import Prompt, render, versions
from coach.reading.llm.sent import Sender
from coach.reading.writer import CaseDraft, CitedSentence, ScenarioDraft
from coach.vocabulary import Language
from scenarios.wording import borrowed, sentences

if TYPE_CHECKING:
    from coach.reading.llm.endpoint import Endpoint

Shape = TypeVar("Shape", CaseDraft, ScenarioDraft)
COPIED: Final = 0.8
"""Share of a left-out sentence that stands in a draft from which the draft follows it."""


class AnswerSentence(BaseModel):
    """One sentence of an answer."""

    text: str
    passage: int = Field(description="number of the passage it comes from")


class CitedAnswer(BaseModel):
    """The model's answer to `handbook`."""

    sentences: list[AnswerSentence]


class LlmWriter:
    """Writes with the model behind an endpoint. Raises EndpointFailed, also for a draft that adds figures."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    @property
    def name(self) -> str:
        """`llm/<model>/prompts-<versions>`."""
        return f"llm/{self._endpoint.model}/prompts-{versions()}"

    def mail(self, material: str, language: Language) -> str:
        told, left_out, sender = self._told(material, language)
        said = self._endpoint.say(render("mail", language, material=told))
        _accept([said], material, left_out)
        return sender.restored(said)

    def cite(self, question: str, passages: Sequence[str], language: Language) -> tuple[CitedSentence, ...]:
        sender = Sender(language, masked=self._endpoint.masked, customers=self._endpoint.customers)
        rows = "\n".join(f"[{number}] {sender.text(text)}" for number, text in enumerate(passages, 1))
        prompt = render("handbook", language, question=sender.text(question), passages=rows)
        answer = self._endpoint.ask(prompt, CitedAnswer)
        return tuple(
            CitedSentence(sender.restored(one.text.strip()), one.passage - 1)
            for one in answer.sentences
            if 1 <= one.passage <= len(passages) and one.text.strip()
        )

    def case(self, material: str, language: Language) -> CaseDraft:
        return self._drafted(
            material, language, lambda told: render("case", language, material=told), CaseDraft
        )

    def scenario(self, material: str, language: Language) -> ScenarioDraft:
        return self._drafted(
            material, language, lambda told: render("scenario", language, material=told), ScenarioDraft
        )

    def _drafted(
        self, material: str, language: Language, asked: Callable[[str], Prompt], shape: type[Shape]
    ) -> Shape:
        told, left_out, sender = self._told(material, language)
        draft = self._endpoint.ask(asked(told), shape)
        # what the scenario's customer is asked for is invented; a case is not
        _accept(_texts(draft.model_dump()), material, left_out, invents=shape is ScenarioDraft)
        return shape.model_validate_json(sender.restored(draft.model_dump_json()))

    def _told(self, material: str, language: Language) -> tuple[str, list[str], Sender]:
        """(what is sent, the sentences left out because they give orders, who masked it)."""
        kept: list[str] = []
        left_out: list[str] = []
        for line in material.splitlines():
            for start, end in sentences(line):
                words = line[start:end]
                (left_out if orders_a_draft(words) else kept).append(words)
            kept.append("\n")
        sender = Sender(language, masked=self._endpoint.masked, customers=self._endpoint.customers)
        lines = "".join(word if word == "\n" else f"{word} " for word in kept).splitlines()
        told = "\n".join(sender.text(line.strip()) for line in lines).strip()
        if not told:
            raise EndpointFailed("refused")
        return told, left_out, sender


def _accept(texts: Iterable[str], material: str, left_out: Sequence[str], *, invents: bool = False) -> None:
    """Raises EndpointFailed("refused") for a draft with figures of its own, or one that follows an order."""
    whole = "\n".join(texts)
    if not invents and figures(whole) - figures(material):
        raise EndpointFailed("refused")
    if orders_a_draft(whole) or any(borrowed(order, whole) >= COPIED for order in left_out):
        raise EndpointFailed("refused")


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
