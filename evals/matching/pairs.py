"""Text pairs that mean the same trouble, taken from the project's own content, for training the embedder.

Every pair carries the group it comes from (a case, a section, a synonym group …): two pairs of one group are
never negatives of each other. No query of the evaluation sets is read here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from coach.library import tokens
from evals.matching.queries import Query, read_queries
from knowledge.loader import load_cases, load_handbooks
from knowledge.schema import Case
from scenarios.loader import WAYS

_SENTENCE = re.compile(r"[。！？\n]+|(?<=[a-z])[.!?]\s")
HEARD: Final = Path(__file__).with_name("heard.jsonl")
"""Queries by hands that had seen no case, with the cases that others named for each; only teaching reads them."""
BEST: Final = 3
SCENARIOS: Final = Path(__file__).parents[2] / "scenarios"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that should lie near each other; `group` names where they come from."""

    left: str
    right: str
    group: str


def all_pairs() -> list[Pair]:
    """Every pair of the content as it is now, in a stable order."""
    cases = load_cases(faults=[])
    found = [
        *_from_cases(cases),
        *_from_stories(cases),
        *_from_heard(cases),
        *_from_handbooks(),
        *_from_synonyms(),
        *_from_scenarios(),
    ]
    return [pair for pair in dict.fromkeys(found) if pair.left.strip() and pair.right.strip()]


@lru_cache(maxsize=1)
def heard() -> tuple[Query, ...]:
    """The queries of `HEARD`."""
    return tuple(read_queries(HEARD))


def all_texts() -> list[str]:
    """Every text of the content, for the tokenizer: cases, handbooks, synonyms, scenarios."""
    texts: list[str] = []
    for case in load_cases(faults=[]):
        texts.extend(_strings(case.model_dump(mode="json")))
    for book in load_handbooks(faults=[]):
        texts.extend(f"{section.title} {section.heading}\n{section.text}" for section in book.sections)
    texts.extend(query.text for query in heard())
    texts.extend(phrase for phrases in _synonyms().values() for phrase in phrases)
    for scenario in _scenarios():
        texts.extend(_strings(scenario))
    return texts


def _from_cases(cases: Iterable[Case]) -> Iterator[Pair]:
    for case in cases:
        told = [case.one_line, *case.pain_points]
        for asked in case.asked_as:
            yield from (Pair(asked, text, case.id) for text in told)
            yield Pair(asked, " ".join(case.pain_keywords), case.id)
        for first, second in itertools.combinations(case.asked_as, 2):
            yield Pair(first, second, case.id)
        for keyword in case.pain_keywords:
            yield from (Pair(keyword, text, case.id) for text in told)
        yield Pair(case.core_conflict, case.one_line, case.id)
        yield Pair(f"{case.segment} {case.product_category}", case.one_line, case.id)
        yield from (
            Pair(phrase.when, phrase.say, f"{case.id}/{phrase.when}") for phrase in case.reusable_phrases
        )


def _from_stories(cases: Iterable[Case]) -> Iterator[Pair]:
    """Sentences of one story that stand near each other: words of one trouble keep company."""
    for case in cases:
        texts = [case.background, case.core_conflict, *(f"{a.did} {a.said} {a.why}" for a in case.actions)]
        sentences = [
            part.strip() for text in texts for part in _SENTENCE.split(text) if len(part.strip()) > 5
        ]
        for first, second in itertools.pairwise(sentences):
            yield Pair(first, second, f"{case.id}/story")
        for sentence in sentences:
            yield Pair(sentence, case.one_line, f"{case.id}/story")


def _from_heard(cases: Iterable[Case]) -> Iterator[Pair]:
    """What reps asked who had seen no case, with the cases that would help most."""
    known = {case.id: case for case in cases}
    for query in heard():
        for case, grade in sorted((query.relevant or {}).items()):
            if case not in known:
                continue
            told = known[case]
            yield Pair(query.text, told.one_line, case)
            if grade == BEST:
                yield from (Pair(query.text, text, case) for text in (*told.pain_points, *told.asked_as))


def _from_handbooks() -> Iterator[Pair]:
    for book in load_handbooks(faults=[]):
        for section in book.sections:
            for paragraph in section.text.split("\n"):
                words = paragraph.strip(" |-*>#")
                if len(words) > 8:
                    yield Pair(f"{section.title} {section.heading}".strip(), words, section.link)


def _from_synonyms() -> Iterator[Pair]:
    for name, phrases in _synonyms().items():
        for first, second in itertools.combinations(phrases, 2):
            yield Pair(first, second, f"={name}")


def _from_scenarios() -> Iterator[Pair]:
    """A key point and its examples; the ways one objection is put."""
    for number, scenario in enumerate(_scenarios()):
        for point in _dicts(scenario.get("key_points")):
            group = f"scenario{number}/{point.get('id')}"
            examples = [text for text in point.get("examples") or () if isinstance(text, str)]
            said = [str(point.get("statement", "")), *examples]
            yield from (Pair(first, second, group) for first, second in itertools.combinations(said, 2))
        for objection in _dicts(scenario.get("objections")):
            group = f"scenario{number}/{objection.get('id')}"
            lines = list(_strings(objection.get("lines")))[:6]
            yield from (Pair(first, second, group) for first, second in itertools.combinations(lines, 2))


def _scenarios() -> list[dict[str, Any]]:
    """The scenario files as they are; a file that is being written is passed over."""
    import yaml

    found = []
    for file in sorted(SCENARIOS.glob("??/*.yaml")):
        if file.name.endswith(WAYS):  # many words for few troubles would crowd the cases' words out
            continue
        try:
            data = yaml.safe_load(file.read_text(encoding="utf-8"))
        except yaml.YAMLError:
            continue
        if isinstance(data, dict):
            found.append(data)
    return found


def _synonyms() -> dict[str, list[str]]:
    import yaml

    text = Path(tokens.__file__).with_name("synonyms.yaml").read_text(encoding="utf-8")
    return {name: [str(phrase) for phrase in phrases] for name, phrases in yaml.safe_load(text).items()}


def _dicts(value: object) -> Sequence[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
