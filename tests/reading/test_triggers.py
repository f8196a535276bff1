"""Looking for literals first changes nothing but the time: the same matches, of every cue and every time."""

from __future__ import annotations

import re

import pytest

from coach.reading.offline import cues
from coach.reading.times import chinese, english
from coach.reading.triggers import Patterns, triggers
from coach.vocabulary import Language
from evals.bench.reading import an_hour


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_match_is_found_as_without_triggers(language: Language) -> None:
    times = chinese._PATTERNS if language == "zh" else [(p.lstrip(), b) for p, b in english._PATTERNS]
    every = [*cues.patterns(language).values(), *(pattern for pattern, _ in times)]
    searched = Patterns((pattern, number) for number, pattern in enumerate(every))
    alone = [re.compile(pattern) for pattern in every]
    for turn in an_hour(language).turns[:300]:
        text = turn.text.lower()
        plainly = [(n, match.span()) for n, one in enumerate(alone) for match in one.finditer(text)]
        assert [(n, match.span()) for n, match in searched.matches(text)] == plainly


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("too (?:dear|much)", {"too dear", "too much"}),
        (r"\b(?:next|this) week\b", {"next week", "this week"}),
        (r"colou?r", {"color", "colour"}),
        (r"\d+ days?", {" day", " days"}),
        (r"a{2,}", {"a"}),
        (r"[贵高]了", {"贵了", "高了"}),
        (r"(?:price|\d+)", set()),
        (r"(?:price)?", set()),
        (r"\w+", set()),
        (r"not (?!now)ever", {"not ever"}),
    ],
)
def test_what_a_match_must_hold(pattern: str, needed: set[str]) -> None:
    assert triggers(pattern) == needed


def test_a_pattern_without_literals_is_always_tried() -> None:
    searched = Patterns([(r"\d+", "number"), ("week", "week")])
    assert [(meaning, match[0]) for meaning, match in searched.matches("in 3")] == [("number", "3")]
