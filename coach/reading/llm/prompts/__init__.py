"""Prompts are files: `<name>.<language>.md`, a version on the first line, variables in {{double braces}}.

A variable that is missing, or one that the prompt does not use, is an error: a prompt never silently loses its text.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from coach.vocabulary import Language

PromptName = Literal["read", "answer", "word"]
_VARIABLE: Final = re.compile(r"\{\{(\w+)\}\}")
_VERSION: Final = re.compile(r"<!-- version: (\S+) -->\n")


@cache
def _file(name: PromptName, language: Language) -> tuple[str, str]:
    raw = files(__package__).joinpath(f"{name}.{language}.md").read_text(encoding="utf-8")
    version = _VERSION.match(raw)
    if version is None:
        raise ValueError(f"prompt {name}.{language} has no version line")
    return version.group(1), raw[version.end() :].strip()


def version(name: PromptName, language: Language) -> str:
    """The version that is stored with everything this prompt produced."""
    return _file(name, language)[0]


def render(name: PromptName, language: Language, /, **variables: str) -> str:
    """The prompt with its variables filled in; values are put in as they are and never read for variables again."""
    text = _file(name, language)[1]
    wanted = set(_VARIABLE.findall(text))
    if wanted != variables.keys():
        raise ValueError(
            f"prompt {name}.{language}: missing {sorted(wanted - variables.keys())}, "
            f"unused {sorted(variables.keys() - wanted)}"
        )
    return _VARIABLE.sub(lambda match: variables[match.group(1)], text)
