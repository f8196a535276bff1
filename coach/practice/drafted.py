"""A scenario drafted by a model: one page of YAML for a trainer to change, marked as a draft, checked by the usual check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from coach.conversation import language_of

if TYPE_CHECKING:
    from coach.reading.writer import Writer

WEIGHT = 20


def drafted(material: str, writer: Writer) -> str:
    """The scenario's file as text. Raises EngineDown when the model does not deliver."""
    language = language_of([material])
    told = writer.scenario(material, language)
    page: dict[str, Any] = {
        "language": language,
        "status": "draft",
        "title": told.title,
        "brief": {"situation": told.situation, "goal": told.goal},
        "persona": {"name": told.customer, "title": told.job, "style": told.style},
        "objections": [{"line": line} for line in told.objections if line.strip()],
        "key_points": [
            {
                "statement": point.statement,
                "acts": [point.act],
                "weight": WEIGHT,
                "examples": [line for line in point.examples if line.strip()],
            }
            for point in told.key_points
        ],
    }
    head = (
        f"# {writer.name} 起草，没有人审过\n"
        if language == "zh"
        else f"# drafted by {writer.name}, reviewed by nobody\n"
    )
    return head + yaml.safe_dump(page, allow_unicode=True, sort_keys=False, width=100)
