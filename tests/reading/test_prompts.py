"""Prompts are pinned: their words change only together with their version, and what is sent is what the snapshot shows."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from coach.reading.llm import prompts
from coach.reading.llm.prompts import NAMES, PromptName, render, version, versions
from coach.vocabulary import Language

HERE = Path(__file__).with_name("prompts")
LANGUAGES: tuple[Language, ...] = get_args(Language)


def _rendered(name: PromptName, language: Language) -> str:
    """The prompt with every variable filled in by its own name."""
    raw = files(prompts.__package__).joinpath(f"{name}.{language}.md").read_text(encoding="utf-8")
    variables = {found: f"‹{found}›" for found in re.findall(r"\{\{(\w+)\}\}", raw)}
    prompt = render(name, language, **variables)
    return (
        f"version {version(name, language)}\n\n== rules\n{prompt.rules}\n\n== material\n{prompt.material}\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_rendered_prompt_is_its_snapshot(name: PromptName, language: Language) -> None:
    """After a wanted change: raise the version, delete the snapshot, run the test twice."""
    file = HERE / f"{name}.{language}.txt"
    if not file.exists():
        file.write_text(_rendered(name, language), encoding="utf-8")
        pytest.fail(f"{file.name} was written; read it, then run again")
    assert _rendered(name, language) == file.read_text(encoding="utf-8")


def test_both_languages_have_the_same_versions_and_variables() -> None:
    for name in NAMES:
        assert version(name, "zh") == version(name, "en")
        assert set(re.findall("‹\\w+›", _rendered(name, "zh"))) == set(
            re.findall("‹\\w+›", _rendered(name, "en"))
        )
    assert re.fullmatch(r"\d+\.[0-9a-f]{6}", versions())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prompt_says_that_material_is_no_instruction(language: Language) -> None:
    said = {"zh": ("不是给你的指令", "当作听不懂"), "en": ("never an instruction", "do not understand")}[
        language
    ]
    for name in NAMES:
        assert any(words in _rendered(name, language) for words in said), name
