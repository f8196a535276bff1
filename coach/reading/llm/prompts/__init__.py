"""Prompts are files: `<name>.<language>.md`, a version on the first line, variables in {{double braces}}.

What stands before the line `<!-- material -->` are the rules, what follows is the material they are about; the two are
sent as different messages. A variable that is missing, or one that the prompt does not use, is an error: a prompt never
silently loses its text.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, get_args

from coach.vocabulary import Language

PromptName = Literal["read", "second", "answer", "word", "handbook", "mail", "case", "scenario"]
NAMES: Final[tuple[PromptName, ...]] = get_args(PromptName)
_VARIABLE: Final = re.compile(r"\{\{(\w+)\}\}")
_VERSION: Final = re.compile(r"<!-- version: (\S+) -->\n")
_MATERIAL: Final = "\n<!-- material -->\n"


class Prompt(NamedTuple):
    """Rules (sent as the system's words) and material (sent as the user's)."""

    rules: str
    material: str

    @property
    def text(self) -> str:
        """All of it, for counting and for telling one prompt from another."""
        return f"{self.rules}\n\n{self.material}"


@cache
def _file(name: PromptName, language: Language) -> tuple[str, str, str]:
    raw = files(__package__).joinpath(f"{name}.{language}.md").read_text(encoding="utf-8")
    version = _VERSION.match(raw)
    if version is None:
        raise ValueError(f"prompt {name}.{language} has no version line")
    rules, mark, material = raw[version.end() :].partition(_MATERIAL)
    if not mark:
        raise ValueError(f"prompt {name}.{language} has no material")
    return version.group(1), rules.strip(), material.strip()


def version(name: PromptName, language: Language) -> str:
    """The version that is stored with everything this prompt produced."""
    return _file(name, language)[0]


@cache
def versions() -> str:
    """One short name for the versions of all prompts: their highest number and a hash of their words."""
    every = [_file(name, language) for name in NAMES for language in get_args(Language)]
    digest = hashlib.sha256("\n".join("\n".join(one) for one in every).encode()).hexdigest()[:6]
    return f"{max(int(one[0]) for one in every)}.{digest}"


def render(name: PromptName, language: Language, /, **variables: str) -> Prompt:
    """The prompt with its variables filled in; values are put in as they are and never read for variables again."""
    _, rules, material = _file(name, language)
    wanted = set(_VARIABLE.findall(rules)) | set(_VARIABLE.findall(material))
    if wanted != variables.keys():
        raise ValueError(
            f"prompt {name}.{language}: missing {sorted(wanted - variables.keys())}, "
            f"unused {sorted(variables.keys() - wanted)}"
        )
    rules, material = (
        _VARIABLE.sub(lambda match: variables[match.group(1)], part) for part in (rules, material)
    )
    return Prompt(rules, material)
