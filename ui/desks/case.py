"""One case of the battle bank as a document to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.vocabulary import Language, name
from ui.views.deals import Case, Passage
from ui.words import say

if TYPE_CHECKING:
    from knowledge.schema import Case as Told


def case_facts(told: Told, language: Language) -> str:
    """Trade, segment and size in one short line."""
    from knowledge.loader import load_industries

    trade = load_industries().place(told.industry).name(language) if told.industry else ""
    size = name(told.size, language) if told.size else ""
    return say("dot", language).join(part for part in (trade, told.segment, size) if part)


def case_view(told: Told, language: Language) -> Case:
    """The whole case; parts that were not written are left out."""
    passages = case_passages(told, language)
    return Case(told.id, told.title, case_facts(told, language), told.outcome, passages, told.sample)


def case_passages(told: Told, language: Language) -> tuple[Passage, ...]:
    """What the case tells, part by part, without the parts that were not written."""
    return tuple(passage for passage in _passages(told, language) if _holds(passage))


def _holds(passage: Passage) -> bool:
    return bool(passage.paragraphs or passage.points or passage.dialogue)


def _passages(told: Told, language: Language) -> Iterator[Passage]:
    def head(key: str) -> str:
        return say(f"case_{key}", language)

    yield Passage(head("one"), _lines(told.one_line, told.principle))
    yield Passage(head("story"), _lines(told.background))
    yield Passage(head("conflict"), _lines(told.core_conflict))
    yield Passage(
        head("actions"),
        dialogue=tuple((act.when, _act(act.did, act.said, act.why, language)) for act in told.actions),
    )
    quote = f"“{told.turning_point.quote}”" if told.turning_point.quote else ""
    yield Passage(head("turning"), _lines(told.turning_point.what, quote, told.breakthrough))
    figures = tuple(_joined(f"{one.metric} {one.value}", one.basis, language) for one in told.result.numbers)
    yield Passage(head("result"), _lines(told.result.summary), figures)
    yield Passage(head("open"), points=told.result.still_open)
    yield Passage(head("why"), points=told.why)
    yield Passage(head("transfers"), points=told.transfers_when)
    yield Passage(head("not"), points=told.does_not_transfer)
    yield Passage(
        head("phrases"), dialogue=tuple((one.when, f"“{one.say}”") for one in told.reusable_phrases)
    )
    yield Passage(
        head("avoid"), points=tuple(_joined(one.do_not, one.because, language) for one in told.avoid)
    )
    yield Passage(head("first"), points=told.first_15_minutes)


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _act(did: str, said: str, why: str, language: Language) -> str:
    """What was done, what was said, why then; one line each."""
    because = say("because", language, why=why) if why else ""
    return "\n".join(part for part in (did, f"“{said}”" if said else "", because) if part)


def _joined(first: str, second: str, language: Language) -> str:
    if not second:
        return first
    return f"{first}（{second}）" if language == "zh" else f"{first} ({second})"
