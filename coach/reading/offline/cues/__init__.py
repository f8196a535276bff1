"""Cues: the turns of phrase that give an act away, as pattern files per language and one way to find them.

The files map a cue's name to its patterns; both languages carry the same names, in the order of `names()`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from coach.reading.triggers import Patterns
from coach.vocabulary import Language

_FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a plain view from `start` to `end`."""

    cue: str
    start: int
    end: int


@lru_cache(maxsize=2)
def patterns(language: Language) -> dict[str, str]:
    """The cues of one language as one pattern each, by name."""
    import yaml

    raw: dict[str, list[str]] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return {name: "|".join(f"(?:{part})" for part in parts) for name, parts in raw.items()}


@lru_cache(maxsize=2)
def _searched(language: Language) -> Patterns[str]:
    return Patterns((pattern, name) for name, pattern in patterns(language).items())


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all cues, in the order of the file; features are counted in this order."""
    return tuple(patterns("zh"))


def find(plain: str, language: Language) -> list[Hit]:
    """Every cue that occurs in a plain view; a cue may occur several times."""
    return [
        Hit(name, match.start(), match.end())
        for name, match in _searched(language).matches(plain)
        if match.end() > match.start()
    ]
