"""The parts of a scenario made from a visit: one for each type of objection and language, without the customer's words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from coach.located import read_mapping


@lru_cache(maxsize=2)
def field_parts(language: str) -> dict[str, dict[str, Any]]:
    """By type of objection: title, goal, facts, key points and the expert's script."""
    parts: dict[str, dict[str, Any]] = read_mapping(Path(__file__).with_name(f"{language}.yaml")).data
    return parts
